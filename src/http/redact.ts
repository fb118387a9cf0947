/** What follows in a path names a token: `/_emulator/sessions/{userHash}/{token}`, and what looks like it. */
const SESSION = /(\/sessions?\/)[^]+/i
const XBL3 = /(XBL3(?:\.|%2E)0(?:\s|\+|%20)*x(?:=|%3D))(?!<userhash>)[^\s"'&/?#\\]+/gi
/** Parameters that carry a secret wherever they stand; a continuation token is none. */
const SECRET = /^(code|token|access_token|refresh_token|id_token|user_token|client_secret|client_assertion|authorization|password)$/i
const PARAMETER = /(?<=^|&)([^&=]*)=[^&]+/g
const ESCAPE = /%([2-7][\da-f])/gi

const decode = (text: string): string => text.replace(ESCAPE, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16)))

/** A text without the token of an Authorization header that is in it; what only says what one looks like stays. */
export const redact = (text: string): string => text.replace(XBL3, '$1…')

/** A path as it may be logged, kept and repeated, whether it can be decoded or not. */
export function redactPath (path: string): string {
  const plain = decode(path)
  return redact(SESSION.test(plain) ? plain.replace(SESSION, '$1…') : path)
}

/** A query as it may be kept. */
export const redactQuery = (query: string): string =>
  redact(query.replace(PARAMETER, (parameter, name: string) => SECRET.test(decode(name)) ? `${name}=…` : parameter))
