import type { FastifyRequest } from 'fastify'
import { formatInstant } from '../base/instant.ts'
import { unauthorized } from '../model/refusals.ts'
import type { Caller } from '../model/session.ts'
import { findPathXuid } from './path-user.ts'
import type { Services } from './services.ts'
import { createUnknownTokens } from './unknown-tokens.ts'

/** The scheme is matched in any letter case (RFC 9110, 11.1), user hash and token are not. */
const XBL3_HEADER = /^XBL3\.0 x=([^;\s]+);(\S+)$/i

/** In the place of a user hash: no user acts. [multiuser] */
const NO_USER = '-'
/** In the place of a user hash: all users of the token are present. [multiuser] */
const ALL_USERS = '*'

/** Finds the sessions of a token in the order of their creation: that of one user hash, or with null all of them. Expired ones are among them. */
type FindSessions = (credentials: { userHash: string | null, token: string }) => readonly Caller[]

/** Finds the session of a request to a service of Xbox Live. It throws as {@link readAuthorization} does. */
export type SessionReader = (request: Pick<FastifyRequest, 'headers' | 'params' | 'now'>) => Caller

export function createSessionReader ({ config, store }: Services): SessionReader {
  const sessions = { find: store.sessions.find, takeUnknown: createUnknownTokens(config, store.people) }
  return ({ headers: { authorization: header }, params, now }) => {
    const caller = readAuthorization({ header, user: (params as { user?: string }).user ?? '' }, sessions, now)
    // The documented rule lets an application act on its own title alone.
    return config.dialect === 'documented' && caller.anyTitle && caller.titleId !== null ? { ...caller, anyTitle: false } : caller
  }
}

/**
 * The session that an `Authorization: XBL3.0 x=<userhash>;<token>` header names: that of the user who acts.
 * With `-` no user acts, and the other claims are those of the first session. With `*` the user in the path
 * acts, if it is one of the token's, and otherwise the first user of the token.
 *
 * @param request the header, and the segment of the path that names a user.
 * @param takeUnknown makes the session of a token that the world does not know; null: such tokens are refused.
 * @param now the clock, in ms since 1970.
 * @throws 401 when the header is missing or malformed, or the session unknown or expired. No
 *   message repeats the token.
 */
export function readAuthorization (
  { header, user }: { header: string | undefined, user: string },
  { find, takeUnknown }: { find: FindSessions, takeUnknown: (() => Caller) | null },
  now: number
): Caller {
  if (header === undefined) {
    throw unauthorized('The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".')
  }
  const [, userHash, token] = XBL3_HEADER.exec(header) ?? []
  if (userHash === undefined || token === undefined) {
    throw unauthorized('The Authorization header is malformed; expected "XBL3.0 x=<userhash>;<token>".')
  }
  const isWildcard = userHash === NO_USER || userHash === ALL_USERS
  const known = find({ userHash: isWildcard ? null : userHash, token })
  // A token that the world knows is refused under a user hash that is not its own, whoever has the others.
  const isTaken = takeUnknown !== null && known.length === 0 && find({ userHash: null, token }).length === 0
  const sessions = isTaken ? [takeUnknown()] as const : requireCurrent(known, now)
  if (userHash === NO_USER) return { ...sessions[0], xuid: null, gamertag: null }
  return userHash === ALL_USERS ? chooseUser(sessions, findPathXuid(user)) : sessions[0]
}

/** The session of the user in the path, or the first one that has a user. */
function chooseUser (sessions: readonly [Caller, ...Caller[]], inPath: string | undefined): Caller {
  const present = sessions.filter(({ xuid }) => xuid !== null)
  return present.find(({ xuid }) => xuid === inPath) ?? present[0] ?? sessions[0]
}

/** The sessions that have not expired. @throws 401 when there is none. */
function requireCurrent (sessions: readonly Caller[], now: number): readonly [Caller, ...Caller[]] {
  const [known] = sessions
  if (known === undefined) {
    throw unauthorized('The token is not known, or the user hash is not the token\'s; expected those of a session of the world.')
  }
  const [first, ...others] = sessions.filter(({ expires }) => expires === null || expires > formatInstant(now))
  if (first === undefined) throw unauthorized(`The token expired at ${known.expires}.`)
  return [first, ...others]
}
