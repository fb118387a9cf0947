/** The sandbox of a token without a sandbox claim, and of a title for which a world does not state a sandbox. */
export const DEFAULT_SANDBOX = 'RETAIL'

/** Titles of the Xbox 360 and of later consoles are served under different contract versions. */
export const GENERATIONS = ['modern', 'xbox360'] as const
export type Generation = typeof GENERATIONS[number]

export const SERVICE_CONFIGURATION_STATUSES = ['active', 'moved', 'redirected', 'retired'] as const
export type ServiceConfigurationStatus = typeof SERVICE_CONFIGURATION_STATUSES[number]

/** A service configuration as one sandbox sees it. */
export interface ServiceConfiguration {
  /** True when other titles than its own may read it. */
  readonly isPublic: boolean
  readonly status: ServiceConfigurationStatus
  /** The Location of the redirect; not null when `status` is `moved` or `redirected`. */
  readonly location: string | null
  /** The titles that share it, in any sandbox. */
  readonly titleIds: readonly number[]
  /** True when at least one of those titles is published in the caller's sandbox. */
  readonly isPublished: boolean
}

export interface TitleAssociation {
  readonly name: string
  readonly id: number
  readonly version: string | null
}

/**
 * How achievements of a title are unlocked: by the progress that the title reports (title-managed, Achievements
 * 2017), or by rules on the events that it sends (event-based, Achievements 2013). Xbox 360 titles use neither.
 */
export const ACHIEVEMENT_SYSTEMS = ['titleManaged', 'eventBased'] as const
export type AchievementSystem = typeof ACHIEVEMENT_SYSTEMS[number]

/** A title as a list of titles has it. */
export interface ListedTitle {
  readonly titleId: number
  readonly name: string
  /** In lower case. */
  readonly serviceConfigId: string
  readonly generation: Generation
  readonly achievementSystem: AchievementSystem | null
  /** Where it is published. In another sandbox it has no achievements. */
  readonly sandboxes: readonly string[]
  /** How many achievements it defines. */
  readonly achievementCount: number
  /** What they are worth in all. */
  readonly gamerscore: number
}
