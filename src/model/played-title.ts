import type { Popularity } from './progress.ts'
import type { AchievementSystem } from './title.ts'

/** A group of equally rare achievements, which the same number of users have unlocked, and how many of them a user has unlocked. */
export interface EquallyRareUnlocks extends Popularity {
  readonly unlocks: number
}

/** A title that a user has played, with what the user has earned in it. */
export interface PlayedTitle {
  readonly titleId: number
  readonly name: string
  readonly version: string | null
  readonly serviceConfigId: string
  readonly system: AchievementSystem | null
  readonly titleType: string
  readonly platforms: readonly string[]
  /** Members that only V1 shows. */
  readonly xbox360: { readonly titleType: number, readonly platforms: readonly number[] }
  readonly lastPlayed: string
  readonly lastUnlock: string
  readonly earnedAchievements: number
  readonly currentGamerscore: number
  readonly totalAchievements: number
  readonly maxGamerscore: number
  /** V1's number of what the user has done in the title; it grows with every unlock. */
  readonly sequence: number
  /** The unlocked achievements, grouped by how rare they are; empty when the request does not need them. */
  readonly unlocks: readonly EquallyRareUnlocks[]
}
