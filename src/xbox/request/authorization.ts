import type { Session } from '../../model/session.ts'
import { unauthorized } from '../../model/refusals.ts'
import { formatInstant } from '../../base/instant.ts'
import { findUser } from '../../http/ids.ts'

/** The scheme is matched in any letter case, as RFC 9110 has it; the rest to the letter. */
const XBL3 = /^XBL3\.0 x=([^;\s]+);(\S+)$/i

/** In the place of a user hash: no user acts, and all users of the token are present. [multiuser] */
const NOBODY = '-'
const EVERYBODY = '*'

/** The sessions of a token, first made first: that of a user hash, or all of them; one may have expired. */
type FindSessions = (credentials: { userHash: string | null, token: string }) => readonly Session[]

/**
 * The session that an `Authorization: XBL3.0 x=<userhash>;<token>` header names: one user of the token
 * acts, and the others are stripped. With `-` all are, and what remains is the first session's. With `*`
 * nobody in particular acts: it is the user in the path, if that is one of the token's, or the first one.
 *
 * @param request the header, and the segment of the path that names a user.
 * @param find looks sessions up.
 * @param now the clock, in ms since 1970.
 * @throws 401 when the header is missing or malformed, or the session unknown or expired. No
 *   message repeats the token.
 */
export function readAuthorization ({ header, user }: { header: string | undefined, user: string }, find: FindSessions, now: number): Session {
  if (header === undefined) {
    throw unauthorized('The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".')
  }
  const [, userHash, token] = XBL3.exec(header) ?? []
  if (userHash === undefined || token === undefined) {
    throw unauthorized('The Authorization header is malformed; expected "XBL3.0 x=<userhash>;<token>".')
  }
  const isOfAll = userHash === NOBODY || userHash === EVERYBODY
  const sessions = requireCurrent(find({ userHash: isOfAll ? null : userHash, token }), now)
  if (userHash === NOBODY) return { ...sessions[0], xuid: null }
  return userHash === EVERYBODY ? chooseUser(sessions, findUser(user)) : sessions[0]
}

/** The session of the user in the path, or the first one that has a user. */
function chooseUser (sessions: readonly [Session, ...Session[]], inPath: string | undefined): Session {
  const present = sessions.filter(({ xuid }) => xuid !== null)
  return present.find(({ xuid }) => xuid === inPath) ?? present[0] ?? sessions[0]
}

/** Those of the sessions that have not expired. */
function requireCurrent (sessions: readonly Session[], now: number): readonly [Session, ...Session[]] {
  const [known] = sessions
  if (known === undefined) {
    throw unauthorized('The token is not known, or the user hash is not the token\'s; expected those of a session of the world.')
  }
  const [first, ...others] = sessions.filter(({ expires }) => expires === null || expires > formatInstant(now))
  if (first === undefined) throw unauthorized(`The token expired at ${known.expires}.`)
  return [first, ...others]
}
