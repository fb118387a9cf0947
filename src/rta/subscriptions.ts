import type { Connection } from './connection.ts'
import type { Topic } from './resource.ts'

/** A subscription of a connection. */
export interface Subscription {
  readonly subId: number
  /** As the client wrote it. */
  readonly resource: string
  readonly topic: Topic
  readonly connection: Connection
  /** The entry of the feed after which it was made, or its user shown again: it is told of what comes later. */
  after: number
  /** True once its client was not let see the user: it has to fetch again as soon as it is. */
  isHidden: boolean
  /** How many events it was sent. */
  events: number
}

/** An open connection with its subscriptions by their ids. */
export interface Subscriber {
  readonly connection: Connection
  readonly subscriptions: ReadonlyMap<number, Subscription>
}

/** All subscriptions: of each connection, by the key of their topics, and by user. */
export interface Subscriptions {
  readonly open: (connection: Connection) => Subscriber
  readonly close: (subscriber: Subscriber) => void
  /** Those that are open, in the order in which they were opened, by the id of the connection. */
  readonly subscribers: ReadonlyMap<number, Subscriber>
  readonly add: (subscription: Subscription) => void
  readonly remove: (subscription: Subscription) => void
  /** Those of a topic, or of a user by {@link userKeyOf}, in the order in which they were made; undefined when there are none. */
  readonly about: (key: string) => ReadonlySet<Subscription> | undefined
  /** How many there are. */
  readonly count: () => number
}

/** Under what all subscriptions to what is a user's are found. */
export const userKeyOf = (xuid: string): string => `user ${xuid}`

const indexKeysOf = ({ topic: { key, xuid } }: Subscription): string[] => [key, userKeyOf(xuid)]

/** @param onChange is called with each subscription that is made, and with each that ends. */
export function createSubscriptions (onChange: (what: 'added' | 'deleted', subscription: Subscription) => void): Subscriptions {
  const subscribers = new Map<number, Subscriber & { readonly subscriptions: Map<number, Subscription> }>()
  const byKey = new Map<string, Set<Subscription>>()
  let count = 0

  const remove = (subscription: Subscription): void => {
    const { connection, subId } = subscription
    subscribers.get(connection.id)?.subscriptions.delete(subId)
    for (const key of indexKeysOf(subscription)) {
      const same = byKey.get(key)
      same?.delete(subscription)
      if (same?.size === 0) byKey.delete(key)
    }
    count--
    onChange('deleted', subscription)
  }

  return {
    open (connection) {
      const subscriber = { connection, subscriptions: new Map<number, Subscription>() }
      subscribers.set(connection.id, subscriber)
      return subscriber
    },

    close ({ connection, subscriptions }) {
      for (const subscription of subscriptions.values()) remove(subscription)
      subscribers.delete(connection.id)
    },

    subscribers,

    add (subscription) {
      const { connection, subId } = subscription
      subscribers.get(connection.id)?.subscriptions.set(subId, subscription)
      for (const key of indexKeysOf(subscription)) {
        const same = byKey.get(key) ?? new Set()
        byKey.set(key, same.add(subscription))
      }
      count++
      onChange('added', subscription)
    },

    remove,
    about: (key) => byKey.get(key),
    count: () => count
  }
}
