import type { WorldProgress } from '../world/schema.ts'

/** How far a user is with an achievement, for a person. */
export function stateOf ({ percentComplete, timeUnlocked, isRevoked }: WorldProgress): string {
  const state = timeUnlocked === null ? `locked, ${percentComplete} percent` : `unlocked ${timeUnlocked}`
  return isRevoked ? `${state}, revoked` : state
}
