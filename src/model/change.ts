import type { Progress } from './progress.ts'

/** The progress of a user on an achievement, as JSON. */
export type ToldProgress = Omit<Progress, 'current'> & {
  /** The current value of each requirement that has one. */
  readonly requirements: ReadonlyArray<{ readonly id: string, readonly current: string }>
}

/** An achievement on which the progress of a user has changed. */
export interface AchievementChange {
  readonly id: number
  readonly before: ToldProgress
  readonly after: ToldProgress
}

/** The progress of a user has changed, on one achievement or several of one service configuration at once. */
export interface ProgressChange {
  readonly kind: 'progress'
  readonly xuid: string
  readonly sandbox: string
  /** In lower case. */
  readonly serviceConfigId: string
  readonly achievements: readonly AchievementChange[]
}

/** Something else of a user has changed. */
export interface UserChange {
  readonly kind: 'user'
  readonly xuid: string
  readonly what: 'created' | 'settings' | 'privacy' | 'friends' | 'presence' | 'plays' | 'deleted'
}

/**
 * A session was added, or deleted by itself; one that is given other claims is both, deleted first. It is named by its
 * claims: a token is secret. Those of a user who is deleted, or of a world that is replaced, go without a word of their own.
 */
export interface SessionChange {
  readonly kind: 'session'
  readonly what: 'created' | 'deleted'
  readonly xuid: string | null
  readonly titleId: number | null
}

/** Anything may have changed. */
export interface WorldChange {
  readonly kind: 'world'
  readonly what: 'replaced' | 'merged' | 'reset'
}

/** What the operations change. It is JSON, so that processes that share a database file can tell each other. */
export type Change = ProgressChange | UserChange | SessionChange | WorldChange

/** What has changed in this process alone. */
export type LocalChange =
  | { readonly kind: 'clock', readonly now: string, readonly isFrozen: boolean, readonly offset: number }
  | { readonly kind: 'fault', readonly what: 'added' | 'changed' | 'deleted', readonly id: number }
  /** A fault of real-time activity. Its ids count for themselves. */
  | { readonly kind: 'rtaFault', readonly what: 'added' | 'changed' | 'deleted', readonly id: number }
  /** How many requests a user and title may send; null: any number. */
  | { readonly kind: 'rateLimit', readonly limits: { readonly burst: number, readonly sustain: number } | null }
  /** A client of real-time activity has subscribed to a resource, or its subscription has ended. `connection` is the id of the connection. */
  | { readonly kind: 'subscription', readonly what: 'added' | 'deleted', readonly connection: number, readonly xuid: string | null, readonly resource: string }
  /** The journal was emptied, or keeps answers from now on, or does so no longer. */
  | { readonly kind: 'journal', readonly what: 'cleared' | 'settings', readonly answers: boolean }
  /** Changes of other processes may be missing here: whoever follows the feed reads anew what it needs. */
  | { readonly kind: 'missed' }
