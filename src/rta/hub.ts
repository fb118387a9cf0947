import type { RealTimeSubscription } from '../http/real-time.ts'
import type { Services } from '../http/services.ts'
import type { FeedEntry } from '../operations/feed.ts'
import type { Connection, Conversation } from './connection.ts'
import { createConversation } from './conversation.ts'
import { createEventDelivery, type EventDelivery } from './delivery.ts'
import { createResources } from './resources.ts'
import type { FaultEffects } from './subscription-faults.ts'
import { createSubscriptions } from './subscriptions.ts'

/** What is spoken on all connections, and who is told of what. (docs/decisions/0054-subscriptions.md) */
export interface Hub {
  /** Begins what is spoken on a connection that was opened. */
  readonly converse: (connection: Connection) => Conversation
  /** The subscriptions of a connection, in the order in which they were made; empty for one that is not open. */
  readonly list: (connectionId: number) => RealTimeSubscription[]
  /** How many they are. */
  readonly count: (connectionId: number) => number
  /**
   * Tells the clients of connections that they may have missed something, behind the events that are on their way.
   *
   * @returns how many of the connections are open.
   */
  readonly resync: (connectionIds: Iterable<number>) => number
  /** Ends all subscriptions: nothing is sent any more. */
  readonly stop: () => void
}

/** What is otherwise in a test. */
export interface HubOptions {
  /** How many changes may wait to be told. */
  readonly mostWaiting?: number
  /** The machine's time in ms. */
  readonly now?: () => number
  /** How many subscriptions all connections may have. */
  readonly mostInAll?: number
}

/** Begins without connections. The feed is followed only while there are subscriptions. */
export function createHub (services: Services, { refusalOf, fateOf }: FaultEffects, { mostWaiting, mostInAll, now }: HubOptions = {}): Hub {
  const { feed } = services
  const resources = createResources(services)
  const subscriptions = createSubscriptions((what, subscription) => {
    const { connection: { id, caller: { xuid } }, resource } = subscription
    if (what === 'deleted') delivery.forget(subscription)
    feed.publish([{ kind: 'subscription', what, connection: id, xuid, resource }])
  })
  const delivery: EventDelivery = createEventDelivery(subscriptions, fateOf, mostWaiting)

  const onEntry = ({ id, change }: FeedEntry): void => {
    if (change.kind === 'progress') delivery.tell(id, change, resources.keysOf(change))
    else if (change.kind === 'user') delivery.follow(id, change)
    else if (change.kind === 'world' || change.kind === 'missed') delivery.resyncSubscribed()
  }

  let unfollow: (() => void) | null = null
  const follow = (): void => {
    if (subscriptions.count() > 0) {
      unfollow ??= feed.listen(onEntry)
    } else {
      unfollow?.()
      unfollow = null
    }
  }

  const context = { feed, resources, subscriptions, refusalOf, follow, mostInAll, now }
  const find = (id: number) => subscriptions.subscribers.get(id)
  return {
    converse: (connection) => createConversation(context, connection),

    list: (id) => [...find(id)?.subscriptions.values() ?? []].map(({ subId, resource, events }) => ({ subId, resource, events })),

    count: (id) => find(id)?.subscriptions.size ?? 0,

    resync (connectionIds) {
      const connections = [...connectionIds].flatMap((id) => find(id)?.connection ?? [])
      delivery.resync(connections)
      return connections.length
    },

    stop () {
      for (const subscriber of subscriptions.subscribers.values()) subscriptions.close(subscriber)
      follow()
      delivery.clear()
    }
  }
}
