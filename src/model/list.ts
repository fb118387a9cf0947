import type { AchievementType } from './achievement.ts'
import type { Generation } from './title.ts'

/** What is listed, in which order, and where in it: the words that a request and the store share. */

/** The orders that a request can name. */
export const ORDERS = ['Unordered', 'Title', 'UnlockTime', 'EndingSoon'] as const
/**
 * The orders of lists whose request names none: `Id`, by achievement id, one service configuration after
 * the other; `Earned`, V1's list of what was earned, the highest title id first, in a title the newest first.
 */
export const UNNAMED_ORDERS = ['Id', 'Earned'] as const
export type Order = typeof ORDERS[number] | typeof UNNAMED_ORDERS[number]

/** Which achievements of a user a caller asks for, and in which order. */
export interface ListFilter {
  /** Ascending, each once; null: every title. */
  readonly titleIds: readonly number[] | null
  /** Null: every type. */
  readonly type: AchievementType | null
  readonly unlockedOnly: boolean
  /** Definitions alone: nothing that belongs to the user. `unlockedOnly` is false beside it. */
  readonly possibleOnly: boolean
  readonly order: Order
}

/** A list of achievements: whose and of what, in which order. A continuation token belongs to one of them. */
export interface AchievementList {
  readonly resource: 'achievements' | 'titleachievements'
  /** Canonical decimal. */
  readonly xuid: string
  readonly generation: Generation
  readonly filter: ListFilter
}

/**
 * The place after one item of an ordered list.
 *
 * A list in an order that time changes is read as it stood when its first page was read: `snapshot`
 * is the number of unlocks until then (`UnlockTime`, `Earned`), or the instant (`EndingSoon`); 0 in the
 * other orders.
 */
export interface Position {
  readonly snapshot: number | string
  /** The item's sort key: an instant or an id; null where the order of definition is all. */
  readonly key: number | string | null
  readonly row: number
}

/** The orders of a title history: V1's own is LastPlayed, V2's is Title. */
export const HISTORY_ORDERS = ['Title', 'UnlockTime', 'LastPlayed'] as const
export type HistoryOrder = typeof HISTORY_ORDERS[number]

/** A title history: whose, of which titles, in which order. A continuation token belongs to one of them. */
export interface HistoryList {
  readonly resource: 'history'
  /** Canonical decimal. */
  readonly xuid: string
  readonly generation: Generation
  /** Ascending, each once; null: every title. */
  readonly titleIds: readonly number[] | null
  /** Titles of one of these platforms, as V1 has them; null: of all. */
  readonly platforms: readonly number[] | null
  /** Titles of one of these types, as V1 has them; null: of all. */
  readonly types: readonly number[] | null
  readonly order: HistoryOrder
}

/** Where a page is in its list. */
export interface Paging {
  /** Null: from the start. */
  readonly after: Position | null
  /** How many items to leave out after that. */
  readonly skip: number
  /** How many items to read at most; at least 1. */
  readonly limit: number
}
