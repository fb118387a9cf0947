import type { Services } from '../http/services.ts'
import type { ProgressChange } from '../model/change.ts'
import { achievementResource } from './achievement-resource.ts'
import { RTA_CODES, type RefusalCode } from './codes.ts'
import type { Connection } from './connection.ts'
import { notifyResource } from './notify/notification-resource.ts'
import type { ResourceKind, Topic } from './resource.ts'
import { createResourceUriReader } from './resource-uri.ts'

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
    achievementResource(services),
    notifyResource(services)
  ]
  const readUri = createResourceUriReader(services.config)
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
