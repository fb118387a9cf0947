import type { AchievementType } from './domain.ts'

/** What is listed, in which order, and where in it: the words that a request and the store share. */

export const ORDERS = ['Unordered', 'Title', 'UnlockTime', 'EndingSoon'] as const
export type Order = typeof ORDERS[number]

/** Which achievements of a user a caller asks for, and in which order. */
export interface ListFilter {
  /** Null: every title. */
  readonly titleIds: readonly number[] | null
  /** Null: every type. */
  readonly type: AchievementType | null
  readonly unlockedOnly: boolean
  /** Definitions alone: nothing that belongs to the user. Wins over `unlockedOnly`. */
  readonly possibleOnly: boolean
  readonly order: Order
}

/**
 * The place after one item of an ordered list.
 *
 * A list in an order that time changes is read as it stood when its first page was read: `snapshot`
 * is the number of unlocks until then (`UnlockTime`), or the instant (`EndingSoon`); 0 in the other
 * orders.
 */
export interface Position {
  readonly snapshot: number | string
  /** The item's sort key: an instant or a title id; null where the order of definition is all. */
  readonly key: number | string | null
  readonly row: number
}

/** The orders of a title history: V1's own is LastPlayed, V2's is Title. */
export const HISTORY_ORDERS = ['Title', 'UnlockTime', 'LastPlayed'] as const
export type HistoryOrder = typeof HISTORY_ORDERS[number]
