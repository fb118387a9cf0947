import type { ProgressChange } from '../model/change.ts'
import type { RefusalCode } from './codes.ts'
import type { Connection } from './connection.ts'

/** A kind of resources that can be subscribed to. */
export interface ResourceKind {
  /** The host of Xbox Live that has it, in lower case. Under the emulator's own names the first kind whose pattern fits is meant. */
  readonly host: string
  /** Matches the path in canonical spelling, without a slash at its end. */
  readonly pattern: RegExp
  /** Under what the subscriptions that a change may concern are found: the `key` of their topics. */
  readonly keysOf: (change: ProgressChange) => readonly string[]
  /** Decides whether the connection may subscribe. @param match what `pattern` has matched. @throws when the store cannot be read. */
  readonly open: (connection: Connection, match: RegExpExecArray) => RefusalCode | Topic
}

/** What one subscription is about. */
export interface Topic {
  /** Begins with a word of its kind, so that kinds do not meet. */
  readonly key: string
  /** Whose it is. */
  readonly xuid: string
  /** Decides again, before each event, whether the connection may see it. @throws when the store cannot be read. */
  readonly mayReceive: () => boolean
  /**
   * The data of the events for a change that has its key, as JSON texts. It is called for each subscription; the kind
   * keeps what several subscriptions share, so that it is written once.
   *
   * @throws when the store cannot be read.
   */
  readonly dataOf: (change: ProgressChange) => readonly string[]
}
