import { randomBytes } from 'node:crypto'
import { formatValue } from '../base/validation.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import type { Session } from '../model/session.ts'
import type { Transaction } from '../store/store.ts'

/**
 * How many sessions can be made until a reset. None is forgotten in the place of a refusal: a test has
 * its token in its hands.
 */
const MOST_SESSIONS = 10_000

/** The claims of a session, and the user hash and token that it is known by. */
export interface SessionInput extends Session {
  readonly userHash: string
  readonly token: string
}

/** A session as a test gets it. */
export interface CreatedSession extends SessionInput {
  /** What to send as the Authorization header. */
  readonly authorization: string
}

/** A token that nobody guesses. */
export const createToken = (): string => randomBytes(32).toString('base64url')

/** A user hash that no other session has. */
export const createUserHash = (): string => String(randomBytes(8).readBigUInt64BE())

/**
 * Makes a session, or changes the one with the user hash and token.
 *
 * @throws 400 when there are too many, and when the user or the title is not of the world.
 */
export function createSession ({ store, write }: Transaction, session: SessionInput): CreatedSession {
  const { userHash, token, xuid, titleId } = session
  if (store.sessions.hasAddedAtLeast(MOST_SESSIONS)) throw invalidRequest(`There are ${MOST_SESSIONS} sessions that the world did not begin with; expected a reset first.`)
  if (xuid !== null && store.people.find(xuid) === undefined) throw invalidRequest(`xuid is ${formatValue(xuid)}; expected the XUID of a user of the world.`)
  if (titleId !== null && !store.catalogue.hasTitle(titleId)) throw invalidRequest(`titleId is ${titleId}; expected the id of a title of the world.`)
  write.sessions.put(session)
  return { authorization: `XBL3.0 x=${userHash};${token}`, ...session }
}

/** @throws 404 when there is no such session. */
export function deleteSession ({ write }: Transaction, { userHash, token }: { readonly userHash: string, readonly token: string }): void {
  if (!write.sessions.remove(userHash, token)) throw notFound('There is no such session.')
}
