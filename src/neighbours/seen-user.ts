import type { FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import type { Services } from '../http/services.ts'
import { notFound } from '../model/refusals.ts'
import type { UserDetails } from '../model/user-details.ts'
import { findReadable, sandboxOf } from '../rules/access.ts'
import type { Store } from '../store/store.ts'

/** A user as the caller may see it. What the caller may not see is as if the user had not said it. */
export interface SeenUser extends UserDetails {
  /** True when the caller may see what the user does: gamerscore, presence, friends. */
  readonly isReadable: boolean
  /** What the user has unlocked in the caller's sandbox; 0 when the caller may not see it. */
  readonly sumGamerscore: () => number
}

/**
 * The user with a canonical XUID as the caller of a request may see it; undefined when there is none. Names and picture
 * are for everybody. Everything else is for whom the user's privacy setting lets see its title history.
 */
export function findSeen (request: Pick<FastifyRequest, 'session'>, xuid: string, services: Services): SeenUser | undefined {
  const details = services.store.people.findDetails(xuid)
  return details && toSeen(request, details, services)
}

/** As {@link findSeen}. @throws 404 when there is none. */
export const requireSeen = (request: Pick<FastifyRequest, 'session'>, xuid: string, services: Services): SeenUser =>
  toSeen(request, requireDetails(xuid, services.store.people), services)

/** The user with a canonical XUID. @throws 404 when there is none: who has a profile is known to everybody. */
export function requireDetails (xuid: string, { findDetails }: Pick<Store['people'], 'findDetails'>): UserDetails {
  const details = findDetails(xuid)
  if (details === undefined) throw notFound(`No user has the XUID ${formatValue(xuid)}.`)
  return details
}

function toSeen ({ session }: Pick<FastifyRequest, 'session'>, details: UserDetails, { config: { crossUser }, store: { people } }: Services): SeenUser {
  const isReadable = findReadable({ claims: session, xuid: details.xuid, rule: crossUser, resource: 'history' }, people) !== undefined
  if (!isReadable) return { ...details, profile: { ...details.profile, realName: '', bio: '', location: '' }, presence: null, isReadable, sumGamerscore: () => 0 }
  return { ...details, isReadable, sumGamerscore: () => people.sumGamerscore({ person: details, sandbox: sandboxOf(session) }) }
}
