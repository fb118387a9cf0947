import { pathOf } from './target.ts'

/** A path of `/_emulator/sessions/{userHash}/{token}`, or one that looks like it. What follows contains a token. */
const SESSION = /(\/sessions?\/)[^]+/i
const XBL3 = /(XBL3(?:\.|%2E)0(?:\s|\+|%20)*x(?:=|%3D))(?!<userhash>)[^\s"'&/?#\\]+/gi
/** The names of query parameters that carry a secret. A continuation token is not secret. */
const SECRET = /^(code|token|access_token|refresh_token|id_token|user_token|client_secret|client_assertion|authorization|password)$/i
const PARAMETER = /(?<=^|&)([^&=]*)=[^&]+/g
const ESCAPE = /%([2-7][\da-f])/gi

const decode = (text: string): string => text.replace(ESCAPE, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16)))

/** Removes the token of an Authorization header from a text. The placeholder `XBL3.0 x=<userhash>;<token>` of messages stays. */
export const redact = (text: string): string => text.replace(XBL3, '$1…')

/** The path of a target without secrets, for the log, the journal and messages. It need not be decodable. */
export function redactPath (target: string): string {
  const path = pathOf({ url: target })
  const plain = decode(path)
  return redact(SESSION.test(plain) ? plain.replace(SESSION, '$1…') : path)
}

/** A query without secrets, for the journal. */
export const redactQuery = (query: string): string =>
  redact(query.replace(PARAMETER, (parameter, name: string) => SECRET.test(decode(name)) ? `${name}=…` : parameter))
