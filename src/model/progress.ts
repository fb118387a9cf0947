/** The progress of a user towards an achievement. */
export interface Progress {
  /** Whole percent, 0 to 100. */
  readonly percentComplete: number
  /** UTC instant with seven fraction digits; null while the achievement is locked; `ZERO_DATE` when the time is not known. */
  readonly timeUnlocked: string | null
  readonly isRevoked: boolean
  /** The current value of each requirement, by requirement id. */
  readonly current: ReadonlyMap<string, string>
}

/** The progress of a user who has done nothing. */
export const NO_PROGRESS: Progress = { percentComplete: 0, timeUnlocked: null, isRevoked: false, current: new Map() }

/** How many users have played a title, and how many of them have unlocked an achievement of it. */
export interface Popularity {
  readonly players: number
  readonly unlockers: number
}
