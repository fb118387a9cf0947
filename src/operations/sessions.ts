import { randomBytes } from 'node:crypto'
import { formatValue } from '../base/validation.ts'
import { TITLE_CLAIM_EXPECTED } from '../model/app-titles.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import type { Session } from '../model/session.ts'
import type { Credentials } from '../store/sessions.ts'
import { canBeClaimed } from './title-claim.ts'
import type { ToldTransaction } from './told-transaction.ts'

/**
 * How many sessions can be created before a reset is needed. Further ones are refused. Old ones are not deleted
 * instead, because a test may still use their tokens.
 */
const MOST_SESSIONS = 10_000

export type SessionInput = Session & Credentials

/** A session, and the value of the Authorization header that names it. */
export type CreatedSession = SessionInput & { readonly authorization: string }

/** A token that cannot be guessed. */
export const createToken = (): string => randomBytes(32).toString('base64url')

/** A random user hash, which no other session has. */
export const createUserHash = (): string => String(randomBytes(8).readBigUInt64BE())

/**
 * Creates a session, or changes the one with the user hash and token.
 *
 * @throws 400 when there are too many, and when the world does not have the user, or the title, which may be that of a published application, too.
 */
export function createSession ({ store, write, tell }: ToldTransaction, session: SessionInput): CreatedSession {
  const { userHash, token, xuid, titleId } = session
  if (store.sessions.hasAddedAtLeast(MOST_SESSIONS)) throw invalidRequest(`There are ${MOST_SESSIONS} sessions that the world did not begin with; expected a reset first.`)
  if (xuid !== null && store.people.find(xuid) === undefined) throw invalidRequest(`xuid is ${formatValue(xuid)}; expected the XUID of a user of the world.`)
  if (titleId !== null && !canBeClaimed(store, titleId)) throw invalidRequest(`titleId is ${titleId}; expected ${TITLE_CLAIM_EXPECTED}.`)
  const before = store.sessions.find({ userHash, token })
  if (write.sessions.put(session)) {
    tell(() => [
      ...before.map((old) => ({ kind: 'session', what: 'deleted', xuid: old.xuid, titleId: old.titleId } as const)),
      { kind: 'session', what: 'created', xuid, titleId }
    ])
  }
  return withAuthorization(session)
}

/** A session with the value of the Authorization header that names it. */
export const withAuthorization = (session: SessionInput): CreatedSession =>
  ({ authorization: `XBL3.0 x=${session.userHash};${session.token}`, ...session })

/** @throws 404 when there is no such session. */
export function deleteSession ({ write, tell }: ToldTransaction, { userHash, token }: Credentials): void {
  const holder = write.sessions.remove(userHash, token)
  if (holder === undefined) throw notFound('There is no such session.')
  tell(() => [{ kind: 'session', what: 'deleted', ...holder }])
}
