import type { WorldTitle } from '../schema.ts'
import { createSessions, createUsersOf } from './generated-users.ts'

/** How many users are made, and with which numbers. */
export interface PartSize {
  readonly users: number
  /** Others for each. */
  readonly seed: number
}

/**
 * Users with what they have done in the titles of a world, and a token for each, as a part of a world. They have the XUIDs
 * and tokens of `world generate`, so that another seed gives the same users something else to have done.
 */
export function generatePart (titles: readonly WorldTitle[], size: PartSize): { users: object[], sessions: object[] } {
  const played = titles.map(({ titleId, serviceConfigId, achievements }) => ({ titleId, serviceConfigId, achievements: achievements.length, idAt: (place: number) => achievements[place]?.id as number }))
  return {
    users: [...createUsersOf({ ...size, titles: played.length }, (index) => played[index] as typeof played[number])],
    sessions: [...createSessions(size)]
  }
}
