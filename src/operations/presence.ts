import { formatInstant } from '../base/instant.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { Presence } from '../model/user-details.ts'
import type { Transaction } from '../store/store.ts'
import { requireInstant } from './progress-setting.ts'
import { requirePerson } from './users.ts'

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
export function setPresence ({ store, write }: Transaction, { xuid, presence, now }: PresenceSetting): void {
  const person = requirePerson(store, xuid)
  if (presence === null) {
    write.people.setPresence(person, null)
    return
  }
  const { titles, timestamp } = presence
  const seen = new Set<number>()
  for (const { titleId, name } of titles) {
    if (seen.has(titleId)) throw invalidRequest(`titles names title ${titleId} twice; expected each once.`)
    seen.add(titleId)
    if (name === null && !store.catalogue.hasTitle(titleId)) throw invalidRequest(`titles names title ${titleId} without a name; expected one, because it is not of the world.`)
  }
  write.people.setPresence(person, { ...presence, timestamp: timestamp === null ? formatInstant(now) : requireInstant(timestamp) })
}
