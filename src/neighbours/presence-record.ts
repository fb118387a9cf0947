import type { FastifyRequest } from 'fastify'
import type { Services } from '../http/services.ts'
import type { Presence, PresenceTitle } from '../model/user-details.ts'
import { sandboxOf } from '../rules/access.ts'
import type { SeenUser } from './seen-user.ts'

/** How much of a presence is told: each level contains the one before it. [people] */
export const PRESENCE_LEVELS = ['user', 'device', 'title', 'all'] as const
export type PresenceLevel = typeof PRESENCE_LEVELS[number]

/** A title of a presence whose name is known, or empty. */
export type NamedTitle = PresenceTitle & { readonly name: string, readonly isGame: boolean }

/** A presence whose titles have their names. */
export type NamedPresence = Omit<Presence, 'titles'> & { readonly titles: readonly NamedTitle[] }

/**
 * The presence of a user as the caller sees it; null when nothing is known of it, or the caller may not see it. A title
 * that the world does not name there has the name that it has in the caller's sandbox, and an empty one where it has none.
 */
export function readNamedPresence ({ session }: Pick<FastifyRequest, 'session'>, { presence }: Pick<SeenUser, 'presence'>, { store }: Pick<Services, 'store'>): NamedPresence | null {
  if (presence === null) return null
  const sandbox = sandboxOf(session)
  const titles = presence.titles.map((title) => {
    const published = store.catalogue.findPublished({ titleId: title.titleId, sandbox })
    return { ...title, name: title.name ?? published?.name ?? '', isGame: published?.isGame === true }
  })
  return { ...presence, titles }
}

/** Which devices and titles a request asks for. An empty set: any. Device types are in lower case. */
export interface PresenceFilter {
  readonly level: PresenceLevel
  readonly deviceTypes: ReadonlySet<string>
  readonly titleIds: ReadonlySet<number>
}

/**
 * A presence record. Of whom nothing is known, or nothing that was asked for, is Offline.
 *
 * @param presence null when nothing is known, or the caller may not see it.
 */
export function toPresenceRecord (xuid: string, presence: NamedPresence | null, { level, deviceTypes, titleIds }: PresenceFilter) {
  if (presence === null) return { xuid, state: 'Offline' as const }
  if (presence.state === 'Offline') return { xuid, state: presence.state, ...toLastSeen(presence) }
  const titles = titleIds.size === 0 ? presence.titles : presence.titles.filter(({ titleId }) => titleIds.has(titleId))
  const isAsked = (deviceTypes.size === 0 || deviceTypes.has(presence.deviceType.toLowerCase())) && (titleIds.size === 0 || titles.length > 0)
  if (!isAsked) return { xuid, state: 'Offline' as const }
  if (level === 'user') return { xuid, state: presence.state }
  const device = { type: presence.deviceType, ...level !== 'device' && { titles: titles.map((title) => toTitleRecord(title, { level, timestamp: presence.timestamp })) } }
  return { xuid, state: presence.state, devices: [device] }
}

/** Where an offline user was last: nothing is said when nobody knows when, or in which title. */
function toLastSeen ({ deviceType, titles, timestamp }: NamedPresence) {
  const title = titles.at(-1)
  return title !== undefined && timestamp !== null && { lastSeen: { deviceType, titleId: String(title.titleId), titleName: title.name, timestamp } }
}

/** A title as a record has it. Without rich presence there is no `activity`: one client takes it for a list [people-clients], all others for an object. */
function toTitleRecord ({ titleId, name, state, placement, richPresence }: NamedTitle, { level, timestamp }: { level: PresenceLevel, timestamp: string | null }) {
  return {
    id: String(titleId),
    name,
    placement,
    state,
    ...timestamp !== null && { lastModified: timestamp },
    ...level === 'all' && richPresence !== null && { activity: { richPresence } }
  }
}
