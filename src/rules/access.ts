import type { Claims } from '../model/session.ts'
import { DEFAULT_SANDBOX, type ServiceConfiguration } from '../model/title.ts'
import type { CrossUserRule, Person } from '../model/user.ts'
import { forbidden, gone, movedPermanently, notFound, temporarilyRedirected, xuidMismatch } from '../model/refusals.ts'

/** The sandbox whose publications the caller sees, and in which it does what it does. */
export const sandboxOf = ({ sandbox }: Claims): string => sandbox ?? DEFAULT_SANDBOX

/**
 * The caller's XUID.
 *
 * @throws 403 when the token carries no user claim, as documented for both resources.
 */
export function requireUser ({ xuid }: Claims): string {
  if (xuid === null) throw forbidden('The token carries no user claim; expected one of a user.')
  return xuid
}

/** What is read of a user: each has its own documented rule. */
export type Resource = 'list' | 'single' | 'history'

/** Where a rule says so, privacy decides who may read; elsewhere the user alone may. */
const BY_PRIVACY: Readonly<Record<CrossUserRule, readonly Resource[]>> = {
  documented: ['single', 'history'],
  strict: [],
  privacy: ['list', 'single', 'history']
}

/**
 * The user in the path, for a caller who may read it.
 *
 * The privacy table: a user may look at itself; others, and web sites whoever they act for, as the
 * user's privacy setting allows.
 *
 * @param xuid the XUID in the path.
 * @throws 403, number 8377, when the resource is the user's alone and the caller another; 403 when
 *   privacy forbids. Who does not exist is refused like one who is blocked, so that nobody learns
 *   who exists.
 */
export function requireReadable (
  { claims, xuid, rule, resource }: { claims: Claims, xuid: string, rule: CrossUserRule, resource: Resource },
  { find, hasFriend }: { find: (xuid: string) => Person | undefined, hasFriend: (person: Person, xuid: string) => boolean }
): Person {
  const caller = requireUser(claims)
  const isByPrivacy = BY_PRIVACY[rule].includes(resource)
  if (!isByPrivacy) requireSameUser(caller, xuid)
  const target = find(xuid)
  const mayLook = (person: Person): boolean => {
    if (person.xuid === caller && !(isByPrivacy && claims.thirdPartySite)) return true
    if (person.privacy === 'everyone') return true
    return person.privacy === 'friendsOnly' && !claims.thirdPartySite && hasFriend(person, caller)
  }
  if (target === undefined || !mayLook(target)) {
    throw forbidden('The privacy setting of the user in the path does not let the caller see its achievements.')
  }
  return target
}

/** @throws 403, number 8377, when the path names another user than the claim. */
export function requireSameUser (caller: string, xuid: string): void {
  if (caller !== xuid) throw xuidMismatch()
}

/**
 * A title reads its own service configuration, and public ones.
 *
 * @param configuration undefined when there is none. The refusal is the same as that of one that is
 *   not public, so that nobody learns what exists.
 * @throws 403 when the caller may not read it, 404 when the caller's sandbox does not have it.
 */
export function requireServiceConfiguration ({ titleId }: Claims, configuration: ServiceConfiguration | undefined): ServiceConfiguration {
  const isOwn = titleId !== null && configuration?.titleIds.includes(titleId)
  const isOpen = configuration?.isPublic && configuration.isPublished
  if (configuration === undefined || !(isOwn || isOpen)) {
    throw forbidden(titleId === null
      ? 'The service configuration is not public and the token carries no title claim.'
      : 'The service configuration is not public and does not belong to the title of the token.')
  }
  if (!configuration.isPublished) throw notFound('The service configuration is not published in the sandbox of the token.')
  return configuration
}

/**
 * Progress is reported by a title of its own.
 *
 * @param titleId the title that reports, as the body has it.
 * @throws 403 when it does not own the service configuration, or is not the title of the token.
 */
export function requireOwner (claims: Claims, titleId: number, configuration: ServiceConfiguration): ServiceConfiguration {
  if (!configuration.titleIds.includes(titleId)) {
    throw forbidden(`The service configuration does not belong to title ${titleId}, which the body names.`)
  }
  if (claims.titleId !== null && claims.titleId !== titleId) {
    throw forbidden(`The body names title ${titleId}, the token is one of title ${claims.titleId}.`)
  }
  return configuration
}

/**
 * What the mark of a service configuration says of its achievements.
 *
 * @param named what the path named: it is put into the places `{…}` that the location leaves for it.
 * @throws 301 when it has moved, 307 when it is elsewhere for the moment, 410 when it is retired.
 */
export function requireActive ({ status, location }: ServiceConfiguration, named: Readonly<Record<string, string | number>>): void {
  if (status === 'retired') throw gone('The service configuration is retired.')
  if (location === null) return
  const target = Object.entries(named).reduce((uri, [name, value]) => uri.replaceAll(`{${name}}`, String(value)), location)
  throw status === 'moved' ? movedPermanently(target) : temporarilyRedirected(target)
}
