import type { Feed } from '../operations/feed.ts'
import { RTA_CODES } from './codes.ts'
import type { Connection, Conversation } from './connection.ts'
import { readFrame, refused, RESYNC, subscribed, unsubscribed, type ClientMessage } from './frames.ts'
import type { Topic } from './resource.ts'
import type { Resources } from './resources.ts'
import type { FaultEffects } from './subscription-faults.ts'
import type { Subscriber, Subscriptions } from './subscriptions.ts'
import { createThrottle } from './throttle.ts'

/** How many subscriptions a connection may have. A client of a whole list of friends has one of each of them and title. */
const MOST_SUBSCRIPTIONS = 1000
/** How many there may be in all: each takes about a kilobyte. */
const MOST_IN_ALL = 200_000

/** Invalid frame payload data: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const INVALID_DATA = 1007

/** What all conversations share. */
export interface ConversationContext {
  readonly feed: Pick<Feed, 'newest'>
  readonly resources: Pick<Resources, 'open'>
  readonly subscriptions: Subscriptions
  readonly refusalOf: FaultEffects['refusalOf']
  /** Is called when there may be subscriptions for the first time, or none any more. */
  readonly follow: () => void
  /** The machine's time in ms, by which it is counted how many subscriptions are asked for in ten seconds. */
  readonly now?: (() => number) | undefined
  /** How many subscriptions all connections may have. */
  readonly mostInAll?: number | undefined
}

/** Begins what is spoken on a connection. */
export function createConversation (context: ConversationContext, connection: Connection): Conversation {
  const { subscriptions, follow, now } = context
  const subscriber = subscriptions.open(connection)
  const subscribe = prepareSubscribe(context, subscriber, createThrottle(now))
  let isOver = false

  const end = (): void => {
    if (isOver) return
    isOver = true
    subscriptions.close(subscriber)
    follow()
  }

  const unsubscribe = ({ seq, subId }: Extract<ClientMessage, { kind: 'unsubscribe' }>): void => {
    const subscription = subId === null ? undefined : subscriber.subscriptions.get(subId)
    if (subscription !== undefined) {
      subscriptions.remove(subscription)
      follow()
    }
    connection.send(unsubscribed(seq, subscription === undefined ? RTA_CODES.unknown : RTA_CODES.success))
  }

  return {
    receive (text) {
      if (isOver) return
      const frame = readFrame(text)
      switch (frame.kind) {
        case 'subscribe': return subscribe(frame)
        case 'unsubscribe': return unsubscribe(frame)
        case 'unknown': return
        case 'malformed':
          end()
          connection.close(INVALID_DATA, frame.reason)
      }
    },

    end
  }
}

/** Prepares to answer what asks for a subscription. */
function prepareSubscribe ({ feed, resources, subscriptions, refusalOf, follow, mostInAll = MOST_IN_ALL }: ConversationContext, subscriber: Subscriber, isTooMuch: () => boolean) {
  const { connection } = subscriber
  let made = 0

  /** The code of the refusal, or what the subscription is about. What costs least is decided first, but for what a test wants. */
  const decide = (resource: string | null): number | Topic => {
    const ordered = refusalOf({ xuid: connection.caller.xuid, resource: resource ?? '' })
    if (ordered !== null) return ordered
    if (isTooMuch()) return RTA_CODES.throttled
    if (!connection.hasProtocol) return RTA_CODES.noData
    if (resource === null) return RTA_CODES.unknown
    if (subscriber.subscriptions.size >= MOST_SUBSCRIPTIONS) return RTA_CODES.limitReached
    // Others have them, and may end them: clients ask again.
    if (subscriptions.count() >= mostInAll) return RTA_CODES.unavailable
    try {
      return resources.open(connection, resource)
    } catch {
      // The database is locked, or cannot be read. Clients ask again.
      return RTA_CODES.unavailable
    }
  }

  return ({ seq, resource }: Extract<ClientMessage, { kind: 'subscribe' }>): void => {
    const topic = decide(resource)
    if (typeof topic === 'number') return connection.send(refused(seq, topic))
    const subId = made++
    subscriptions.add({ subId, resource: resource as string, topic, connection, after: feed.newest(), isHidden: false, events: 0 })
    follow()
    connection.send(subscribed(seq, subId))
    if (connection.hasMissed && subId === 0) connection.send(RESYNC)
  }
}
