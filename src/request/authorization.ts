import type { Session } from '../domain.ts'
import { unauthorized } from '../errors.ts'
import { formatInstant } from '../instant.ts'

/** The scheme is matched in any letter case, as RFC 9110 has it; the rest to the letter. */
const XBL3 = /^XBL3\.0 x=([^;\s]+);(\S+)$/i

/**
 * The session that an `Authorization: XBL3.0 x=<userhash>;<token>` header names.
 *
 * @param find looks a session up; also finds one that has expired.
 * @param now the clock, in ms since 1970.
 * @throws 401 when the header is missing or malformed, or the session unknown or expired. No
 *   message repeats the token.
 */
export function readAuthorization (
  header: string | undefined, find: (credentials: { userHash: string, token: string }) => Session | undefined, now: number
): Session {
  if (header === undefined) {
    throw unauthorized('The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".')
  }
  const [, userHash, token] = XBL3.exec(header) ?? []
  if (userHash === undefined || token === undefined) {
    throw unauthorized('The Authorization header is malformed; expected "XBL3.0 x=<userhash>;<token>".')
  }
  const session = find({ userHash, token })
  if (session === undefined) {
    throw unauthorized('The token is not known, or the user hash is not the token\'s; expected those of a session of the world.')
  }
  if (session.expires !== null && session.expires <= formatInstant(now)) {
    throw unauthorized(`The token expired at ${session.expires}.`)
  }
  return session
}
