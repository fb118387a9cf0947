import type { Progress } from './progress.ts'
import type { AchievementSystem } from './title.ts'

/** A text of a world: one string for all locales, or a string for each locale. */
export type LocalizedText = string | Readonly<Record<string, string>>

export interface Requirement {
  readonly id: string
  readonly target: string
  /** Null when the world does not state it; what is sent then differs between the dialects. */
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

/** An achievement as its title defines it. */
export interface AchievementDefinition {
  /** The key of the store; ascending in the order of definition. */
  readonly row: number
  readonly id: number
  readonly serviceConfigId: string
  /** The title whose document defines it. */
  readonly titleId: number
  /** The achievement system of that title; null for an Xbox 360 title. */
  readonly system: AchievementSystem | null
  /** True when the service refuses progress updates of that title. */
  readonly refusesUpdates: boolean
  readonly platform: string
  readonly platforms: readonly string[]
  readonly productId: string | null
  /** The locales in which it has texts, the default locale of the title first. */
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
  /** Members that only V1 shows. */
  readonly xbox360: { readonly imageId: number, readonly type: number, readonly platform: number }
}

/** An achievement with the progress of a user. */
export interface Achievement extends AchievementDefinition {
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
