import { forbidden, gone, movedPermanently, notFound, temporarilyRedirected, xuidMismatch, type XblError } from '../model/refusals.ts'
import type { Caller, Claims } from '../model/session.ts'
import { DEFAULT_SANDBOX, type ServiceConfiguration } from '../model/title.ts'
import type { CrossUserRule, StoredUser } from '../model/user.ts'

/** The sandbox of the caller, who sees the titles and the progress in it. */
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

/**
 * What is read of a user: its achievements, one of them, the titles it has played, or what changes, as it happens. Each
 * has its own documented rule; subscriptions to others are by their privacy settings [rta].
 */
export type Resource = 'list' | 'single' | 'history' | 'events'

/** The resources for which the user's privacy setting decides, by rule. The others are for the user alone. */
const BY_PRIVACY: Readonly<Record<CrossUserRule, readonly Resource[]>> = {
  documented: ['single', 'history', 'events'],
  strict: [],
  privacy: ['list', 'single', 'history', 'events']
}

/**
 * The user in the path, for a caller who may read it.
 *
 * As in the documented privacy table, users may read their own data. Others, and web sites whichever user they
 * act for, may read what the user's privacy setting allows.
 *
 * @throws 403, number 8377, when the resource is for the user alone and the caller is another; 403 when
 *   privacy forbids. A user who does not exist is refused like one whose setting is `blocked`, so that
 *   nobody learns who exists.
 */
export function requireReadable (reading: Reading, people: People): StoredUser {
  const { claims, xuid, rule, resource } = reading
  if (requireUser(claims) !== xuid && !BY_PRIVACY[rule].includes(resource)) throw xuidMismatch()
  const target = findReadable(reading, people)
  if (target === undefined) throw hiddenUser()
  return target
}

/** A caller, and what of whom it asks for. */
interface Reading {
  readonly claims: Claims
  /** The XUID in the path. */
  readonly xuid: string
  readonly rule: CrossUserRule
  readonly resource: Resource
}

/** The users of the world, and whom each has added. */
interface People {
  readonly find: (xuid: string) => StoredUser | undefined
  readonly hasFriend: (person: StoredUser, xuid: string) => boolean
}

/** The user, when there is one and the caller may read it as {@link requireReadable} says; undefined without a user claim. */
export function findReadable ({ claims: { xuid: caller, thirdPartySite }, xuid, rule, resource }: Reading, { find, hasFriend }: People): StoredUser | undefined {
  const isByPrivacy = BY_PRIVACY[rule].includes(resource)
  if (caller === null || (!isByPrivacy && caller !== xuid)) return undefined
  const target = find(xuid)
  if (target === undefined || (caller === xuid && !(isByPrivacy && thirdPartySite)) || target.privacy === 'everyone') return target
  return target.privacy === 'friendsOnly' && !thirdPartySite && hasFriend(target, caller) ? target : undefined
}

/** Whether a caller may read others' title histories by their privacy setting: {@link findReadable} decides the same of one user. */
export function readableSettings ({ thirdPartySite }: Claims, rule: CrossUserRule): { everyone: boolean, friendsOnly: boolean } {
  const everyone = BY_PRIVACY[rule].includes('history')
  return { everyone, friendsOnly: everyone && !thirdPartySite }
}

/**
 * The user whom {@link requireReadable} has let through, read again: another process may have deleted it since.
 *
 * @throws 403, as for every user who does not exist.
 */
export function requireStillThere (user: StoredUser | undefined): StoredUser {
  if (user === undefined) throw hiddenUser()
  return user
}

/** The claims of a caller, and whether it may be any title. */
export type TitleClaims = Claims & Partial<Pick<Caller, 'anyTitle'>>

const hiddenUser = (): XblError => forbidden('The privacy setting of the user in the path does not let the caller see its achievements.')

/**
 * Requires a service configuration that the caller's title may read: its own, or a public one. What may be any title
 * is taken for one that owns it.
 *
 * @param configuration undefined when there is none. The refusal is then the same as for one that is not
 *   public, so that nobody learns what exists.
 * @throws 403 when the caller may not read it, 404 when the caller's sandbox does not have it.
 */
export function requireServiceConfiguration (claims: TitleClaims, configuration: ServiceConfiguration | undefined): ServiceConfiguration {
  if (configuration !== undefined && isReadable(claims, configuration)) return configuration
  if (configuration !== undefined && isOwn(claims, configuration)) throw notFound('The service configuration is not published in the sandbox of the token.')
  throw forbidden(claims.titleId === null
    ? 'The service configuration is not public and the token carries no title claim: those have one that name a title, come of a TitleToken, or of a client id that a title has in clientIds.'
    : 'The service configuration is not public and does not belong to the title of the token.')
}

/** Whether the caller's title may read a service configuration. */
export const isReadable = (claims: TitleClaims, configuration: ServiceConfiguration): boolean =>
  configuration.isPublished && (configuration.isPublic || isOwn(claims, configuration))

const isOwn = ({ titleId, anyTitle = false }: TitleClaims, { titleIds }: ServiceConfiguration): boolean =>
  anyTitle || (titleId !== null && titleIds.includes(titleId))

/**
 * Requires that a title reports progress on achievements of its own service configuration.
 *
 * @param titleId the title that reports, as the body has it.
 * @throws 403 when it does not own the service configuration, or is not the title of the token, which may be any title.
 */
export function requireOwner (claims: TitleClaims, titleId: number, configuration: ServiceConfiguration): ServiceConfiguration {
  if (!configuration.titleIds.includes(titleId)) {
    throw forbidden(`The service configuration does not belong to title ${titleId}, which the body names.`)
  }
  if (!claims.anyTitle && claims.titleId !== null && claims.titleId !== titleId) {
    throw forbidden(`The body names title ${titleId}, the token is one of title ${claims.titleId}.`)
  }
  return configuration
}

/**
 * Requires a service configuration whose status lets its achievements be served.
 *
 * @param variables the parameters of the path, which replace `{…}` in the location.
 * @throws 301 when it has moved, 307 when it is elsewhere for the moment, 410 when it is retired.
 */
export function requireActive ({ status, location }: ServiceConfiguration, variables: Readonly<Record<string, string | number>>): void {
  if (status === 'retired') throw gone('The service configuration is retired.')
  if (location === null) return
  const target = Object.entries(variables).reduce((uri, [name, value]) => uri.replaceAll(`{${name}}`, String(value)), location)
  throw status === 'moved' ? movedPermanently(target) : temporarilyRedirected(target)
}
