/** The sandbox that a token without such a claim sees, and where a title is published unless a world says otherwise. */
export const DEFAULT_SANDBOX = 'RETAIL'

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

/**
 * How a title's achievements are unlocked: by what the title reports (Achievements 2017), or by rules on
 * the events that it sends (Achievements 2013). Titles of the Xbox 360 have neither.
 */
export const ACHIEVEMENT_SYSTEMS = ['titleManaged', 'eventBased'] as const
export type AchievementSystem = typeof ACHIEVEMENT_SYSTEMS[number]
