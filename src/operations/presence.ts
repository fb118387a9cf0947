import { formatInstant } from '../base/instant.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { Presence } from '../model/user-details.ts'
import type { Store } from '../store/store.ts'
import { requireInstant } from './progress-setting.ts'
import type { ToldTransaction } from './told-transaction.ts'
import { requirePerson } from './users.ts'

/** What a title reports of its user. */
export interface PresenceReport {
  /** The user of the token. */
  readonly xuid: string
  /** The titles that the user is in, the one in front last; their names are not known. */
  readonly titles: Presence['titles']
  /** The clock, in ms since 1970. */
  readonly now: number
}

/** What a title reports that its user has left. */
export interface PresenceEnding {
  readonly xuid: string
  /** Null: every title. */
  readonly titleId: number | null
  readonly now: number
}

const DEFAULT_DEVICE = 'XboxOne'
/** How many titles a presence keeps: whoever reports ever other ones must not let it grow. */
const MOST_PRESENT_TITLES = 10

export interface PresenceSetting {
  readonly xuid: string
  /** Null: offline, and nobody knows since when. One without a timestamp has been so since `now`. */
  readonly presence: Presence | null
  /** The clock, in ms since 1970. */
  readonly now: number
}

/**
 * Sets where a user is.
 *
 * @throws 404 when there is no such user; 400 for an instant that does not exist, for a title that occurs twice, and for
 *   one without a name that the world does not have.
 */
export function setPresence ({ store, write, tell }: ToldTransaction, { xuid, presence, now }: PresenceSetting): void {
  const person = requirePerson(store, xuid)
  const next = presence && withTimestamp(store, presence, now)
  if (write.people.setPresence(person, next)) tell(() => [{ kind: 'user', xuid, what: 'presence' }])
}

/** A presence with its timestamp. @throws 400 as `setPresence` does. */
function withTimestamp ({ catalogue }: Store, presence: Presence, now: number): Presence {
  const { titles, timestamp } = presence
  const seen = new Set<number>()
  for (const { titleId, name } of titles) {
    if (seen.has(titleId)) throw invalidRequest(`titles names title ${titleId} twice; expected each once.`)
    seen.add(titleId)
    if (name === null && !catalogue.hasTitle(titleId)) throw invalidRequest(`titles names title ${titleId} without a name; expected one, because it is not of the world.`)
  }
  return { ...presence, timestamp: timestamp === null ? formatInstant(now) : requireInstant(timestamp) }
}

/**
 * Puts titles in front. The device stays what it was.
 *
 * @throws 404 when the world does not have the user any more; 400 for a title that occurs twice.
 */
export function reportPresence (transaction: ToldTransaction, { xuid, titles, now }: PresenceReport): void {
  const { store } = transaction
  const presence = readPresence(store, xuid)
  const entered = new Set(titles.map(({ titleId }) => titleId))
  const others = presence === null || presence.state === 'Offline' ? [] : presence.titles.filter(({ titleId }) => !entered.has(titleId))
  const named = titles.map((title) => ({ ...title, name: presentNameOf(title.titleId, presence, store) }))
  const present = [...others, ...named].slice(-MOST_PRESENT_TITLES)
  setPresence(transaction, {
    xuid, presence: { state: stateIn(present), deviceType: presence?.deviceType ?? DEFAULT_DEVICE, titles: present, timestamp: formatInstant(now) }, now
  })
}

/**
 * Takes a title away, or all of them. Who has none left is offline since then, and was last in the one in front.
 *
 * @throws 404 when the world does not have the user any more.
 */
export function endPresence (transaction: ToldTransaction, { xuid, titleId, now }: PresenceEnding): void {
  const presence = readPresence(transaction.store, xuid)
  if (presence === null || presence.state === 'Offline') return
  const others = titleId === null ? [] : presence.titles.filter((title) => title.titleId !== titleId)
  const left = others.length === 0 ? { state: 'Offline' as const, titles: presence.titles.slice(-1) } : { state: stateIn(others), titles: others }
  setPresence(transaction, { xuid, presence: { ...presence, ...left, timestamp: formatInstant(now) }, now })
}

const stateIn = (titles: Presence['titles']): Presence['state'] => titles.some(({ state }) => state === 'Active') ? 'Online' : 'Away'

function readPresence (store: Store, xuid: string): Presence | null {
  requirePerson(store, xuid)
  return store.people.findDetails(xuid)?.presence ?? null
}

/** The name with which a presence has a title: that of the world need not be repeated, and a title of no world has a name made of its id. */
function presentNameOf (titleId: number, presence: Presence | null, { catalogue }: Store): string | null {
  if (catalogue.hasTitle(titleId)) return null
  return presence?.titles.find((title) => title.titleId === titleId)?.name ?? `Title ${titleId}`
}
