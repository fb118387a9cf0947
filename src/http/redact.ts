import { pathOf } from './target.ts'

/** Matches a path of `/_emulator/sessions/{userHash}/{token}`, or one that looks like it. What follows contains a token. */
const SESSION_PATH = /(\/sessions?\/)[^]+/i
/** Matches the value of an Authorization header, percent-encoded or not. */
const AUTHORIZATION = /(XBL3(?:\.|%2E)0(?:\s|\+|%20)*x(?:=|%3D))(?!<userhash>)[^\s"'&/?#\\]+/gi
/** The names of query parameters that carry a secret. A continuation token is not secret. */
const SECRET_NAME = /^(code|token|access_token|refresh_token|id_token|user_token|client_secret|client_assertion|authorization|password)$/i
const QUERY_PARAMETER = /(?<=^|&)([^&=]*)=[^&]+/g
/** The percent-encoding of a visible character of ASCII. */
const ESCAPE = /%([2-7][\da-f])/gi
/** The names of headers that carry a secret, or are called as if they did. `www-authenticate` names a scheme alone. */
const SECRET_HEADER = /auth(?!enticate$)|cookie|token|ticket|secret|signature|passw|credential|session|jwt|key/
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
  return redact(SESSION_PATH.test(plain) ? plain.replace(SESSION_PATH, '$1…') : path)
}

/** A query without secrets, for the journal. */
export const redactQuery = (query: string): string =>
  redact(query.replace(QUERY_PARAMETER, (parameter, name: string) => SECRET_NAME.test(decodeVisible(name)) ? `${name}=…` : parameter))

/**
 * The value of a header without secrets, for the journal. Others may have one, too, as Referer and Location in an address.
 *
 * @param name in lower case.
 */
export function redactHeader (name: string, value: string): string {
  if (SECRET_HEADER.test(name)) return `${SCHEME.exec(value)?.[0] ?? ''}…`
  if (!ADDRESS_OR_TOKEN.test(value)) return value
  const end = value.search(/[?#]/)
  return end === -1 ? redactPath(value) : `${redactPath(value.slice(0, end))}${value.charAt(end)}${redactQuery(value.slice(end + 1))}`
}
