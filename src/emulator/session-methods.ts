import { SessionBody } from '../control/body-schemas.ts'
import { requireNamedUser } from '../control/named-user.ts'
import { toSessionInput } from '../control/session-routes.ts'
import { requireValid } from '../http/body.ts'
import { EVERY } from '../model/list.ts'
import type { Claims } from '../model/session.ts'
import { withAuthorization, type CreatedSession } from '../operations/sessions.ts'
import type { Credentials } from '../store/sessions.ts'
import { requireName, requireObject, type MethodContext } from './context.ts'

/** What a token claims, and until when. */
export type SessionClaims = Partial<Claims> & { readonly expires?: string }

export interface SessionMethods {
  /** The value of an Authorization header for claims; a fresh token each time, 10,000 until a reset. */
  readonly authorization: (claims: SessionClaims) => string
  /** The same, with all that the token is made of; a user hash and token that are given are kept. */
  readonly createSession: (claims: SessionClaims & Partial<Credentials>) => CreatedSession
  /** The tokens of a user, or all: those of the world, those that were made since, and those of sign-ins. */
  readonly sessions: (user?: string) => CreatedSession[]
  /** Ends a token. */
  readonly deleteSession: (session: Credentials) => void
}

export function sessionMethods ({ served: { services: { store } }, change }: MethodContext): SessionMethods {
  const createSession = (claims: unknown): CreatedSession => change('session.create', () => toSessionInput(requireValid(SessionBody, claims)))
  return {
    authorization: (claims) => createSession(claims).authorization,
    createSession,
    sessions: (user) => {
      const person = user === undefined ? null : requireNamedUser(store, requireName(user))
      return store.world.listSessions({ person, after: 0, limit: EVERY }).map(({ session }) => withAuthorization(session))
    },
    deleteSession: (session) => {
      const { userHash, token } = requireObject(session, 'The session')
      change('session.delete', () => ({ userHash: String(userHash), token: String(token) }))
    }
  }
}
