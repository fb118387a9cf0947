import type { AchievementSystem } from './title.ts'
import type { Popularity } from './progress.ts'

/** How many achievements a user has unlocked that the same number of users have unlocked: they are equally rare. */
export interface EquallyRareUnlocks extends Popularity {
  readonly unlocks: number
}

/** A title that a user has played, and what the user has earned in it. */
export interface PlayedTitle {
  readonly titleId: number
  readonly name: string
  readonly version: string | null
  readonly serviceConfigId: string
  readonly system: AchievementSystem | null
  readonly titleType: string
  readonly platforms: readonly string[]
  /** What V1 alone shows. */
  readonly xbox360: { readonly titleType: number, readonly platforms: readonly number[] }
  readonly lastPlayed: string
  readonly lastUnlock: string
  readonly earnedAchievements: number
  readonly currentGamerscore: number
  readonly totalAchievements: number
  readonly maxGamerscore: number
  /** A number that grows with what the user does in it. */
  readonly sequence: number
  /** What the user has unlocked in it, by how many others did; empty where nobody asks. */
  readonly unlocks: readonly EquallyRareUnlocks[]
}
