import type { AchievementSystem } from './achievement-system.ts'

/**
 * The types that the stages of a request hand to each other.
 *
 * Identifiers are strings, title ids are numbers: a XUID has 64 bits and never passes through a
 * JavaScript number.
 */

/** The sandbox that a token without such a claim sees, and where a title is published unless a world says otherwise. */
export const DEFAULT_SANDBOX = 'RETAIL'

/** What a token says about its bearer. A claim that the token does not carry is null. */
export interface Claims {
  /** The user's XUID, canonical decimal. */
  readonly xuid: string | null
  readonly titleId: number | null
  readonly sandbox: string | null
  /** ISO 3166 country of the user's IP address, e.g. `US`. */
  readonly location: string | null
  /** True when the caller is a web site that acts for the user, not a title. */
  readonly thirdPartySite: boolean
}

/** Claims, and the instant at which the token ends (null: never). */
export interface Session extends Claims {
  readonly expires: string | null
}

export const PRIVACY_SETTINGS = ['everyone', 'friendsOnly', 'blocked'] as const
export type Privacy = typeof PRIVACY_SETTINGS[number]

/** A user as the store knows it; `row` is the store's own key. */
export interface Person {
  readonly row: number
  readonly xuid: string
  readonly privacy: Privacy
}

/** How a user is known to others. */
export interface Profile {
  readonly xuid: string
  readonly gamertag: string
}

/** What a client is given on its way to an XSTS token. */
export type TokenKind = 'code' | 'access' | 'refresh' | 'user'

/** Which of the two ways in which the service is known to answer. */
export const DIALECTS = ['documented', 'live'] as const
export type Dialect = typeof DIALECTS[number]

/**
 * Who may read a user's list, single achievement and title history: what is documented for each, the user
 * alone, or whom the user's privacy setting allows. Of the history nothing is documented but that it is
 * of the user in the path [history]: privacy decides.
 */
export const CROSS_USER_RULES = ['documented', 'strict', 'privacy'] as const
export type CrossUserRule = typeof CROSS_USER_RULES[number]

/** Titles of the Xbox 360 are served under other contract versions than those of later consoles. */
export const GENERATIONS = ['modern', 'xbox360'] as const
export type Generation = typeof GENERATIONS[number]

export const STATUSES = ['active', 'moved', 'redirected', 'retired'] as const
export type Status = typeof STATUSES[number]

/** A service configuration as one sandbox sees it. */
export interface ServiceConfiguration {
  /** True when titles other than its own may read it. */
  readonly isPublic: boolean
  readonly status: Status
  /** Where it went; set when `status` is `moved` or `redirected`. */
  readonly location: string | null
  /** The titles that share it, in any sandbox. */
  readonly titleIds: readonly number[]
  /** True when one of those titles is published in the caller's sandbox. */
  readonly isPublished: boolean
}

export interface TitleAssociation {
  readonly name: string
  readonly id: number
  readonly version: string | null
}

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

/** How many of a title's players unlocked an achievement. */
export interface Popularity {
  readonly players: number
  readonly unlockers: number
}
