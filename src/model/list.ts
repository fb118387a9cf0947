import type { AchievementType } from './achievement.ts'
import type { Generation } from './title.ts'

/** What a request can ask the store for: which list, in which order, and which page of it. */

/** In the place of how many entries of a list are read: all of them, as SQLite reads a limit below 0. */
export const EVERY = -1

/** The orders that a request can name. */
export const ACHIEVEMENT_ORDERS = ['Unordered', 'Title', 'UnlockTime', 'EndingSoon'] as const
/**
 * The orders of lists whose request does not name an order. `Id`: by service configuration, then by achievement id.
 * `Earned`, for V1's list of earned achievements: by title, the highest id first, then by time, the newest first.
 */
export const UNNAMED_ORDERS = ['Id', 'Earned'] as const
export type AchievementOrder = typeof ACHIEVEMENT_ORDERS[number] | typeof UNNAMED_ORDERS[number]

/** Which achievements of a user a request asks for, and in which order. */
export interface AchievementFilter {
  /** Ascending, each once; null: every title. */
  readonly titleIds: readonly number[] | null
  /** Null: every type. */
  readonly type: AchievementType | null
  readonly unlockedOnly: boolean
  /** Definitions only, without the user's progress. `unlockedOnly` is false with it. */
  readonly possibleOnly: boolean
  readonly order: AchievementOrder
}

/** A list of achievements. A continuation token is valid for one such list. */
export interface AchievementList {
  readonly resource: 'achievements' | 'titleachievements'
  /** Canonical decimal. */
  readonly xuid: string
  readonly generation: Generation
  readonly filter: AchievementFilter
}

/**
 * The position after an item in an ordered list.
 *
 * All pages of a list are read as they were when the first page was read. For that, `snapshot` is the
 * number of unlocks at that time (`UnlockTime`, `Earned`), or the time itself, an instant (`EndingSoon`); 0 in
 * the other orders, which time does not change.
 */
export interface ListPosition {
  readonly snapshot: number | string
  /** The sort key of the item: an instant or an id; null in the order of definition. */
  readonly key: number | string | null
  readonly row: number
}

/** The orders of a title history. The default of V1 is LastPlayed, that of V2 is Title. */
export const HISTORY_ORDERS = ['Title', 'UnlockTime', 'LastPlayed'] as const
export type HistoryOrder = typeof HISTORY_ORDERS[number]

/** A title history of a user. A continuation token is valid for one such list. */
export interface HistoryList {
  readonly resource: 'history'
  /** Canonical decimal. */
  readonly xuid: string
  readonly generation: Generation
  /** Ascending, each once; null: every title. */
  readonly titleIds: readonly number[] | null
  /** V1's numbers of platforms; a title has at least one of them. Null: every platform. */
  readonly platforms: readonly number[] | null
  /** V1's numbers of title types. Null: every type. */
  readonly types: readonly number[] | null
  readonly order: HistoryOrder
}

/** Which part of a list to read. */
export interface PageRange {
  /** Null: from the start. */
  readonly after: ListPosition | null
  /** How many items to skip after that position. */
  readonly skip: number
  /** How many items to read at most; at least 1. */
  readonly limit: number
}
