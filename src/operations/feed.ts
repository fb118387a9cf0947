import { inspect } from 'node:util'
import { systemClock, type Clock } from '../base/clock.ts'
import { systemTimers, type Timers } from '../base/timers.ts'
import type { Change, LocalChange } from '../model/change.ts'
import type { Store, Transact } from '../store/store.ts'
import { createKeptEntries, type FeedEntry } from './kept-entries.ts'
import { createSharedChanges } from './shared-changes.ts'

export type { FeedEntry } from './kept-entries.ts'

/** How often it is asked, while somebody listens, whether another process has written to the database file, in ms. */
const POLL_INTERVAL = 25
/** How long entries are kept after the last listener has ended, in ms: it may come back, and ask for what it has not heard. */
const LINGER = 60_000

/**
 * What has changed, in the order of the transactions: every transaction that was committed, and no other, of this process
 * and of others on the same database file. (docs/decisions/0052-feed.md)
 */
export interface Feed {
  /**
   * Calls a listener with each entry from now on: for a change of this process right after its transaction, for one of
   * another process some ms later. What listens must not throw, and does its work later if it is long: the request that
   * made the change waits for it.
   *
   * @returns ends it.
   */
  readonly listen: (listener: (entry: FeedEntry) => void) => () => void
  /**
   * The entries with a greater id, oldest first; undefined when some of them are not known: they are not kept any more, or
   * nobody listened. The last thousands are kept while somebody listens, and for a minute after.
   */
  readonly after: (id: number) => readonly FeedEntry[] | undefined
  /** The id of the last entry, 0 before the first one: what is committed after this call has a greater one. */
  readonly newest: () => number
  /** Tells the listeners of this process alone. */
  readonly publish: (changes: ReadonlyArray<Change | LocalChange>) => void
  /** How operations tell it what they have changed. */
  readonly transactions: ChangePublisher
  /** Ends it: nobody is told anything any more. */
  readonly close: () => void
}

/** Takes what operations have changed. */
export interface ChangePublisher {
  /** True when somebody in this process wants to hear of a change that is not logged. */
  readonly areHeard: () => boolean
  /** Takes what a transaction has changed, after its commit. */
  readonly publish: (changes: readonly Change[]) => void
}

/** What a feed is made of besides the emulator's clock. */
export interface FeedSources {
  /** The database, if it may be a file that other processes write to. */
  readonly log?: { readonly changes: Store['changes'], readonly transact: Transact }
  /** The machine's clock. */
  readonly machine?: Clock
  readonly timers?: Timers
}

export function createFeed (clock: Clock, { log, machine = systemClock, timers = systemTimers }: FeedSources = {}): Feed {
  const entries = createKeptEntries(clock)
  const listeners = new Set<Listening>()
  const deliver = createDelivery(listeners, entries.add)
  const shared = log?.changes.isShared === true ? createSharedChanges(log, machine, deliver) : undefined
  let isActive = false
  let isClosed = false
  let cancelTimer = (): void => {}

  function begin (): void {
    cancelTimer()
    if (isActive) shared?.catchUp()
    else {
      isActive = true
      entries.start()
      shared?.join()
    }
    if (shared !== undefined) cancelTimer = timers.every(POLL_INTERVAL, shared.poll)
  }

  function stop (): void {
    cancelTimer()
    if (!isActive) return
    isActive = false
    entries.stop()
    shared?.leave()
  }

  return {
    listen: (listener) => {
      if (isClosed) return () => {}
      if (listeners.size === 0) begin()
      const listening = { listener, since: entries.newest() }
      listeners.add(listening)
      return () => {
        if (!listeners.delete(listening) || listeners.size > 0) return
        cancelTimer()
        cancelTimer = timers.after(LINGER, stop)
      }
    },

    after: (id) => {
      if (isActive) shared?.catchUp()
      return entries.after(id)
    },

    newest: () => {
      if (isActive) shared?.catchUp()
      return entries.newest()
    },

    publish: (changes) => {
      if (!isActive) return
      shared?.catchUp()
      deliver(changes)
    },

    transactions: {
      areHeard: () => isActive && shared === undefined,
      publish: (changes) => {
        if (!isActive) return
        if (shared === undefined) deliver(changes)
        else shared.catchUp()
      }
    },

    close: () => {
      isClosed = true
      listeners.clear()
      stop()
    }
  }
}

interface Listening {
  readonly listener: (entry: FeedEntry) => void
  /** The last entry before it listened. */
  readonly since: number
}

/**
 * Calls listeners with changes. Those that a listener makes come after those that it is told of, so that all are told in
 * the same order.
 */
function createDelivery (listeners: ReadonlySet<Listening>, toEntry: (change: Change | LocalChange) => FeedEntry): (changes: ReadonlyArray<Change | LocalChange>) => void {
  const waiting: FeedEntry[] = []
  let isDelivering = false
  return (changes) => {
    for (const change of changes) waiting.push(toEntry(change))
    if (isDelivering) return
    isDelivering = true
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      for (const listening of [...listeners]) {
        if (listeners.has(listening) && listening.since < entry.id) call(listening.listener, entry)
      }
    }
    isDelivering = false
  }
}

/** A listener that throws is a mistake of this program. Its transaction is committed, and the others are told all the same. */
function call (listener: Listening['listener'], entry: FeedEntry): void {
  try {
    listener(entry)
  } catch (error) {
    process.emitWarning(inspect(error))
  }
}
