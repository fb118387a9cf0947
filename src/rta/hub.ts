import type { RealTimeSubscription } from '../http/real-time.ts'
import type { Services } from '../http/services.ts'
import type { Connection, Conversation } from './connection.ts'

/** What is spoken on all connections, and who is told of what. */
export interface Hub {
  /** Begins what is spoken on a connection that was opened. */
  readonly converse: (connection: Connection) => Conversation
  /** The subscriptions of a connection, in the order in which they were made; empty for one that is not open. */
  readonly list: (connectionId: number) => RealTimeSubscription[]
  /** Tells the clients of connections that they may have missed something. @returns how many are told. */
  readonly resync: (connectionIds: Iterable<number>) => number
  /** Ends all: nothing is sent any more. */
  readonly stop: () => void
}

/** What a test does to subscriptions and events. */
export interface HubDisturbances {
  /** The code with which the next subscription of a user to a resource is refused; null: by the rules. */
  readonly refusalOf: (asked: DisturbedResource) => number | null
  /** What happens to an event. @returns `delay` in ms. */
  readonly fateOf: (asked: DisturbedResource) => { readonly drop: boolean, readonly delay: number }
}

/** The user of a connection, and the resource as the client wrote it. */
export interface DisturbedResource {
  readonly xuid: string | null
  readonly resource: string
}

/** Disturbs nothing. */
const UNDISTURBED: HubDisturbances = { refusalOf: () => null, fateOf: () => ({ drop: false, delay: 0 }) }

export function createHub (services: Services, disturbances: HubDisturbances = UNDISTURBED): Hub {
  throw new Error(`not yet ${String(services)} ${String(disturbances)}`)
}
