import type { AchievementOrder } from './list.ts'
import type { Generation, ListedTitle } from './title.ts'

/** Which achievements of a title are listed, by what a user has done. `locked`: all that are not unlocked, begun or not. */
export const ACHIEVEMENT_STATES = ['all', 'unlocked', 'inProgress', 'locked', 'secret', 'revoked'] as const
export type AchievementStateFilter = typeof ACHIEVEMENT_STATES[number]

/** A title, with what a user has done in it in a sandbox. Its achievements are those that a client in the sandbox is told. */
export interface UserTitle extends Omit<ListedTitle, 'achievementCount' | 'gamerscore'> {
  /** The URL of a picture that the world has of it; null: none. */
  readonly picture: string | null
  readonly achievements: number
  readonly unlocked: number
  readonly inProgress: number
  readonly gamerscore: number
  readonly totalGamerscore: number
  /** Null: never, as far as anybody knows. */
  readonly lastPlayed: string | null
  /** Null: never; the zero date: nobody knows when. */
  readonly lastUnlock: string | null
}

/** A title by itself, with what a picker of filters, sandboxes and locales offers. */
export interface UserTitleDetails extends UserTitle {
  readonly locked: number
  readonly secret: number
  readonly revoked: number
  /** In which its achievements have texts; the title's own first. */
  readonly locales: readonly string[]
}

/** Which titles of a user are read: those that were active last come first, then those never played, by title id. */
export interface UserTitlesRequest {
  /** A row of `person`. */
  readonly person: number
  readonly sandbox: string
  /** What is part of the name, or is the title id; null: anything. */
  readonly search: string | null
  /** The title after which the page begins; null: the start. */
  readonly after: number | null
  /** How many at most; `EVERY` for all. */
  readonly limit: number
}

/** Which achievements of a title are read, with the progress of a user. */
export interface UserAchievementsFilter {
  readonly titleId: number
  readonly generation: Generation
  readonly state: AchievementStateFilter
  readonly order: AchievementOrder
  /** What is part of a name or a description in any locale, or is the id; null: anything. */
  readonly search: string | null
}

/** An unlock of a user, for a time line. */
export interface UserUnlock {
  readonly titleId: number
  readonly titleName: string
  /** In lower case. */
  readonly serviceConfigId: string
  readonly id: number
  /** In the default locale of the title. */
  readonly name: string
  readonly gamerscore: number
  readonly timeUnlocked: string
  readonly isRevoked: boolean
}

/** An unlock's place in the list of unlocks: its time, and the row of its achievement. */
export interface UnlockPosition {
  readonly time: string
  readonly row: number
}
