import { pathOf } from './target.ts'

/** Matches a path of `/_emulator/sessions/{userHash}/{token}`, or one that looks like it. What follows contains a token. */
const SESSION_PATH = /(\/sessions?\/)[^]+/i
/** Matches the value of an Authorization header, however often it is percent-encoded. A token may contain a slash. */
const AUTHORIZATION = /(XBL3(?:\.|%(?:25)*2E)0(?:\s|\+|%(?:25)*20)*x(?:=|%(?:25)*3D))(?!<userhash>)[^\s"'&?#\\]+/gi

/** What the names of headers and parameters have that carry a secret, or are called as if they did. `www-authenticate` names a scheme alone. */
const SECRET_WORD = /assertion|auth(?!enticate$)|bearer|cookie|credential|csrf|dpop|jwt|key|nonce|pass|pwd|secret|session|signature|ticket|token|xsrf/i

/** The names of parameters that carry a secret without such a word, and the one that has a word and none: a continuation token is not secret. */
const SECRET_PARAMETER = /^[\s+]*(?:(?:device_)?code(?:_verifier)?|ppft)$/i
const OPEN_PARAMETER = /^continuationToken$/i

/** What begins a parameter, also in an address that is the value of another one, and therefore percent-encoded once or more. */
const PARAMETER_SEPARATOR = /([&?#]|%(?:25)*(?:26|3F|23))/i
/** What begins parameters that a client has put into the path by mistake. */
const QUERY_IN_PATH = /&|%(?:25)*(?:26|3F|23)/i
const QUESTION_MARK = /^(?:\?|%(?:25)*3F)$/i
const QUERY_PARAMETER = /^([^]*?)(=|%(?:25)*3D)[^]/i

/** The percent-encoding of a visible character of ASCII. */
const ESCAPE = /%([2-7][\da-f])/gi
/** The schemes of an Authorization header that are shown: the first word of a header that has none is a secret itself. */
const SCHEME = /^(?:XBL3\.0 x=|(?:Bearer|Basic) )(?=.)/i

/** What the value of a header has if it has an address or a token in it. A request may have thousands of headers. */
const ADDRESS_OR_TOKEN = /[/?#%]|XBL3/i

const decodeVisible = (text: string): string => text.replace(ESCAPE, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16)))

/** Removes the token of an Authorization header from a text. The placeholder `XBL3.0 x=<userhash>;<token>` of messages stays. */
export const redact = (text: string): string => text.replace(AUTHORIZATION, '$1…')

/** The path of a target without secrets, for the log, the journal and messages. It need not be decodable. */
export function redactPath (target: string): string {
  const path = pathOf({ url: target })
  const plain = decodeVisible(path)
  if (SESSION_PATH.test(plain)) return redact(plain.replace(SESSION_PATH, '$1…'))
  const query = path.search(QUERY_IN_PATH)
  return query === -1 ? redact(path) : `${redact(path.slice(0, query))}${redactQuery(path.slice(query))}`
}

/** A query without secrets, for the log and the journal; what looks like one, as a fragment, too. */
export function redactQuery (query: string): string {
  let shown = ''
  let separator = ''
  /** How deeply encoded the separator before a secret is: the secret ends at the next one that is not deeper. */
  let secretDepth = 0
  for (const [index, part] of query.split(PARAMETER_SEPARATOR).entries()) {
    if (index % 2 === 1) {
      separator = part
      continue
    }
    const depth = Math.max(1, separator.length)
    if (secretDepth > 0 && (depth > secretDepth || QUESTION_MARK.test(separator))) continue
    const [, name = '', equals] = QUERY_PARAMETER.exec(part) ?? []
    const isSecret = equals !== undefined && isSecretParameter(decodeVisible(name))
    secretDepth = isSecret ? depth : 0
    shown += `${separator}${isSecret ? `${name}${equals}…` : part}`
  }
  return redact(shown)
}

const isSecretParameter = (name: string): boolean => SECRET_PARAMETER.test(name) || (SECRET_WORD.test(name) && !OPEN_PARAMETER.test(name))

/**
 * The value of a header without secrets, for the journal. Others may have one, too, as Referer and Location in an address.
 *
 * @param name in lower case.
 */
export function redactHeader (name: string, value: string): string {
  if (SECRET_WORD.test(name)) return `${SCHEME.exec(value)?.[0] ?? ''}…`
  if (!ADDRESS_OR_TOKEN.test(value)) return value
  const end = value.search(/[?#]/)
  return end === -1 ? redactPath(value) : `${redactPath(value.slice(0, end))}${value.charAt(end)}${redactQuery(value.slice(end + 1))}`
}

/** The query and the fragment of an address in a frame. */
const QUERY_IN_FRAME = /[?#][^\s"\\]*/g

/** The text of a frame of a WebSocket without secrets, for the journal. */
export const redactFrame = (text: string): string => redact(text).replace(QUERY_IN_FRAME, (query) => `${query.charAt(0)}${redactQuery(query.slice(1))}`)
