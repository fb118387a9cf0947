import type { Services } from '../http/services.ts'
import type { ProgressChange } from '../model/change.ts'
import { achievementResource } from './achievement-resource.ts'
import { RTA_CODES, type RefusalCode } from './codes.ts'
import type { Connection } from './connection.ts'
import { readResourceUri } from './resource-uri.ts'

/** A kind of resources that can be subscribed to. */
export interface ResourceKind {
  /** The host of Xbox Live that has it, in lower case. Under the emulator's own names the first kind whose pattern fits is meant. */
  readonly host: string
  /** Matches the path in canonical spelling, without a slash at its end. */
  readonly pattern: RegExp
  /** Under what the subscriptions that a change may concern are found: the `key` of their topics. */
  readonly keysOf: (change: ProgressChange) => readonly string[]
  /** Decides whether the connection may subscribe. @param match what `pattern` has matched. */
  readonly open: (connection: Connection, match: RegExpExecArray) => RefusalCode | Topic
}

/** What one subscription is about. */
export interface Topic {
  /** Begins with a word of its kind, so that kinds do not meet. */
  readonly key: string
  /** Decides again, before each event, whether the connection may see it. */
  readonly mayReceive: () => boolean
  /**
   * The data of the events for a change that has its key, as JSON texts. Is called for each subscription; the kind
   * keeps what several subscriptions share, so that it is written once.
   */
  readonly dataOf: (change: ProgressChange) => readonly string[]
}

/** All that can be subscribed to. */
export interface Resources {
  /** Decides whether a connection may subscribe to a resource. @throws when the store cannot be read. */
  readonly open: (connection: Connection, uri: string) => RefusalCode | Topic
  /** The keys of the topics that a change may concern. */
  readonly keysOf: (change: ProgressChange) => string[]
}

/** What can be subscribed to: a line for each kind of resources. */
export function createResources (services: Services): Resources {
  const kinds: readonly ResourceKind[] = [
    achievementResource(services)
  ]
  const readUri = readResourceUri(services.config)
  return {
    open: (connection, uri) => {
      const asked = readUri(uri)
      if (asked === undefined) return RTA_CODES.unknown
      for (const { host, pattern, open } of kinds) {
        const match = asked.isOwnName || asked.host === host ? pattern.exec(asked.path) : null
        if (match !== null) return open(connection, match)
      }
      return RTA_CODES.unknown
    },

    keysOf: (change) => kinds.flatMap(({ keysOf }) => keysOf(change))
  }
}
