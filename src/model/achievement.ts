import type { Progress } from './progress.ts'
import type { AchievementSystem } from './title.ts'

/** A text of a world: one string for every locale, or one string for each. */
export type LocalizedText = string | Readonly<Record<string, string>>

export interface Requirement {
  readonly id: string
  readonly target: string
  /** Null: nobody said, and each dialect has a word of its own for that. */
  readonly operationType: string | null
  readonly valueType: string
  readonly ruleParticipationType: string
}

export interface MediaAsset {
  readonly name: string
  readonly type: string
  readonly url: string
}

export interface Reward {
  readonly name: LocalizedText | null
  readonly description: LocalizedText | null
  readonly value: string
  readonly type: string
  readonly valueType: string
  readonly mediaAsset: MediaAsset | null
}

export interface TimeWindow {
  readonly startDate: string
  readonly endDate: string
}

/** An achievement as it is defined, with its title's part. */
export interface Definition {
  /** The store's key, in the order of definition. */
  readonly row: number
  readonly id: number
  readonly serviceConfigId: string
  /** The title whose document defines it. */
  readonly titleId: number
  /** Of that title; null for an Xbox 360 title. */
  readonly system: AchievementSystem | null
  /** True when that title's updates are refused. */
  readonly refusesUpdates: boolean
  readonly platform: string
  readonly platforms: readonly string[]
  readonly productId: string | null
  /** The locales that its texts exist in, the title's default first. */
  readonly locales: readonly string[]
  readonly isSecret: boolean
  readonly achievementType: string
  readonly participationType: string
  readonly timeWindow: TimeWindow | null
  readonly requirements: readonly Requirement[]
  readonly mediaAssets: readonly MediaAsset[]
  readonly rewards: readonly Reward[]
  readonly estimatedTime: string | null
  readonly deeplink: string | null
  /** The sum of its Gamerscore rewards. */
  readonly gamerscore: number
  /** What V1 alone shows. */
  readonly xbox360: { readonly imageId: number, readonly type: number, readonly platform: number }
}

/** An achievement, and what a user has done towards it. */
export interface Achievement extends Definition {
  readonly progress: Progress
}

/** The texts of an achievement in one locale. */
export interface AchievementText {
  readonly name: string
  readonly description: string
  readonly lockedDescription: string
}

export const ACHIEVEMENT_TYPES = ['Persistent', 'Challenge'] as const
export type AchievementType = typeof ACHIEVEMENT_TYPES[number]
