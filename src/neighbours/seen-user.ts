import type { FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import type { Services } from '../http/services.ts'
import { notFound, type XblError } from '../model/refusals.ts'
import type { UserDetails } from '../model/user-details.ts'
import { findReadable, sandboxOf } from '../rules/access.ts'

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
export function findSeen ({ session }: Pick<FastifyRequest, 'session'>, xuid: string, { config: { crossUser }, store: { people } }: Services): SeenUser | undefined {
  const details = people.findDetails(xuid)
  if (details === undefined) return undefined
  const isReadable = findReadable({ claims: session, xuid, rule: crossUser, resource: 'history' }, people) !== undefined
  if (!isReadable) return { ...details, profile: { ...details.profile, realName: '', bio: '', location: '' }, presence: null, isReadable, sumGamerscore: () => 0 }
  return { ...details, isReadable, sumGamerscore: () => people.sumGamerscore({ person: details, sandbox: sandboxOf(session) }) }
}

/** As {@link findSeen}. @throws 404 when there is none: who has a profile is known to everybody. */
export function requireSeen (request: Pick<FastifyRequest, 'session'>, xuid: string, services: Services): SeenUser {
  const user = findSeen(request, xuid, services)
  if (user === undefined) throw unknownUser(xuid)
  return user
}

/** 404 for the XUID of nobody. */
export const unknownUser = (xuid: string): XblError => notFound(`No user has the XUID ${formatValue(xuid)}.`)

/** The three forms of a modern gamertag. Whose world gives none has the classic one, which needs no suffix. */
export function modernNamesOf ({ gamertag, profile: { modernGamertag, modernGamertagSuffix: suffix } }: Pick<UserDetails, 'gamertag' | 'profile'>) {
  const name = modernGamertag ?? gamertag
  return { modernGamertag: name, modernGamertagSuffix: suffix, uniqueModernGamertag: suffix === '' ? name : `${name}#${suffix}` }
}
