/** How far a user is with an achievement. */
export interface State {
  readonly percentComplete: number
  /** Null for what is locked. */
  readonly timeUnlocked: string | null
  readonly isRevoked: boolean
}

/** The same, for a person. */
export function stateOf ({ percentComplete, timeUnlocked, isRevoked }: State): string {
  const state = timeUnlocked === null ? `locked, ${percentComplete} percent` : `unlocked ${timeUnlocked}`
  return isRevoked ? `${state}, revoked` : state
}
