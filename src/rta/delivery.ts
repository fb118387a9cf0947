import type { ProgressChange, UserChange } from '../model/change.ts'
import type { Connection } from './connection.ts'
import { createDelays } from './delays.ts'
import { createFanOut } from './fan-out.ts'
import { eventOf, RESYNC } from './frames.ts'
import type { FaultEffects } from './subscription-faults.ts'
import { userKeyOf, type Subscription, type Subscriptions } from './subscriptions.ts'

/** Tells subscribers of changes, after the turn in which these happened, and in their order. */
export interface EventDelivery {
  /** Tells those who are subscribed to one of the keys. @param id the place of the change in the feed. */
  readonly tell: (id: number, change: ProgressChange, keys: readonly string[]) => void
  /**
   * Follows who may see a user. Whoever may again is told that something may be missing, and not of what was to be told
   * before: it may be of the time when the user was hidden, or of another user who had the same XUID.
   */
  readonly follow: (id: number, change: UserChange) => void
  /** Tells everybody who has subscriptions that something may be missing. */
  readonly resyncSubscribed: () => void
  /** Tells connections the same, those without subscriptions, too. */
  readonly resync: (connections: readonly Connection[]) => void
  /** Forgets what a subscription that has ended was to be told. */
  readonly forget: (subscription: Subscription) => void
  /** Forgets all changes that wait. */
  readonly clear: () => void
}

/** What changes who may see a user. One who is deleted is hidden. */
const CHANGES_OF_SIGHT: ReadonlySet<UserChange['what']> = new Set(['created', 'deleted', 'privacy', 'friends'])

export function createEventDelivery ({ about, subscribers }: Pick<Subscriptions, 'about' | 'subscribers'>, fateOf: FaultEffects['fateOf'], mostWaiting?: number): EventDelivery {
  const delays = createDelays()

  function * resyncSubscribed (): Generator<void> {
    // Clients are told to fetch what there is: what is late came before it, and may be of another world.
    delays.clear()
    for (const { connection, subscriptions } of subscribers.values()) {
      if (subscriptions.size > 0) connection.send(RESYNC)
      yield
    }
  }

  function * resyncEach (connections: readonly Connection[]): Generator<void> {
    for (const { send } of connections) yield send(RESYNC)
  }

  function * tellEach (same: Iterable<Subscription>, id: number, change: ProgressChange): Generator<void> {
    const textOf = createEventTexts()
    for (const subscription of same) {
      // Whoever has subscribed since is found as well, and fetches what there is.
      if (subscription.after >= id) continue
      yield tryToTell(subscription, ({ topic }) => {
        if (!topic.mayReceive()) subscription.isHidden = true
        else for (const data of topic.dataOf(change)) pass(subscription, textOf(subscription.subId, data))
      })
    }
  }

  const pass = (subscription: Subscription, text: string): void => {
    const { connection, resource } = subscription
    const { drop, delay } = fateOf({ xuid: connection.caller.xuid, resource })
    if (drop) return
    let isLate = false
    delays.send(subscription, delay, () => tryToTell(subscription, ({ topic }) => {
      if (!isLate || topic.mayReceive()) sendEvent(subscription, text)
      else subscription.isHidden = true
    }))
    isLate = true
  }

  const { add, clear } = createFanOut(resyncSubscribed, mostWaiting)
  return {
    tell (id, change, keys) {
      for (const key of keys) {
        const same = about(key)
        if (same !== undefined) add(tellEach(same, id, change))
      }
    },

    follow (id, { xuid, what }) {
      const shown = new Set<Connection>()
      for (const subscription of CHANGES_OF_SIGHT.has(what) ? about(userKeyOf(xuid)) ?? [] : []) {
        const { connection, isHidden, topic } = subscription
        try {
          // One whom another process has deleted may be there again.
          subscription.isHidden = what === 'deleted' || !topic.mayReceive()
        } catch {
          shown.add(connection)
        }
        if (!isHidden || subscription.isHidden) continue
        subscription.after = id
        delays.forget(subscription)
        shown.add(connection)
      }
      if (shown.size > 0) add(resyncEach([...shown]))
    },

    resyncSubscribed: () => { add(resyncSubscribed()) },
    resync: (connections) => { add(resyncEach(connections)) },
    forget: delays.forget,

    clear
  }
}

function sendEvent (subscription: Subscription, text: string): void {
  subscription.events++
  subscription.connection.send(text)
}

/** Makes the text of an event once for all subscriptions of one number. */
function createEventTexts (): (subId: number, data: string) => string {
  const texts = new Map<string, string[]>()
  return (subId, data) => {
    const byNumber = texts.get(data) ?? []
    texts.set(data, byNumber)
    const text = byNumber[subId] ?? eventOf(subId, data)
    byNumber[subId] = text
    return text
  }
}

/** Does what reads the store for a subscription. When that fails, its client may miss something, and is told so. */
function tryToTell (subscription: Subscription, work: (subscription: Subscription) => void): void {
  try {
    work(subscription)
  } catch {
    subscription.connection.send(RESYNC)
  }
}
