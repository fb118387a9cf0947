/** What a user has done towards one achievement. */
export interface Progress {
  /** Whole percent, 0 to 100. */
  readonly percentComplete: number
  /** Seven-digit UTC instant; null while it is locked; `ZERO_DATE` when it is not known. */
  readonly timeUnlocked: string | null
  readonly isRevoked: boolean
  /** Requirement id to its current value. */
  readonly current: ReadonlyMap<string, string>
}

/** What a user has done who has done nothing. */
export const UNTOUCHED: Progress = { percentComplete: 0, timeUnlocked: null, isRevoked: false, current: new Map() }

/** How many of a title's players unlocked an achievement. */
export interface Popularity {
  readonly players: number
  readonly unlockers: number
}
