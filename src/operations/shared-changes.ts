import { randomUUID } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { Change, LocalChange } from '../model/change.ts'
import { retryBriefly } from '../store/retry-while-busy.ts'
import type { Store, Transact } from '../store/store.ts'

/** How long a process is listed as a listener, in ms. One that has died without a word is logged for until then. */
const LISTED_FOR = 120_000
/** How often it is listed anew, in ms. */
const RENEWAL_INTERVAL = 20_000

const MISSED: LocalChange = { kind: 'missed' }

/** The log of changes of a database file, as a process that listens to it reads it. */
export interface SharedChanges {
  /** Begins. It waits some ms for another process that writes; if that takes longer, `poll` tries again, and tells that something may have been missed. */
  readonly join: () => void
  /** Publishes what was logged since the last time, by this process and others. */
  readonly catchUp: () => void
  /** The same, when another process has written; it is called many times a second. */
  readonly poll: () => void
  /** Ends. It waits as `join` does: processes on one file are often ended together. */
  readonly leave: () => void
}

/**
 * @param machine the machine's clock, which all processes share.
 * @param publish gets what others and this process have logged, in the order of the transactions.
 */
export function createSharedChanges ({ changes: log, transact }: { readonly changes: Store['changes'], readonly transact: Transact }, machine: Clock, publish: (changes: ReadonlyArray<Change | LocalChange>) => void): SharedChanges {
  let listener = ''
  /** The last row that was read; null while the process is not listed. */
  let position: number | null = null
  let version: number | undefined
  let renewal = 0

  function enter (): void {
    const now = machine.now()
    listener = randomUUID()
    version = undefined
    renewal = now + RENEWAL_INTERVAL
    position = null
    position = transact(({ write }) => write.changes.join({ listener, now, ends: now + LISTED_FOR }))
  }

  /** First listed, then told: what is read anew after that is followed by all later changes. */
  function rejoin (): void {
    attempt(enter)
    if (position !== null) publish([MISSED])
  }

  function renew (now: number): void {
    transact(({ write }) => { write.changes.renew(listener, now + LISTED_FOR) })
    renewal = now + RENEWAL_INTERVAL
  }

  /** @returns false when the log cannot be read now. */
  function catchUp (): boolean {
    if (position === null) return false
    const after = position
    const found = attempt(() => ({ rows: log.readAfter(listener, after) }))
    if (found === undefined) {
      // This process may have written, which moves no version: the next poll reads all the same.
      version = undefined
      return false
    }
    if (found.rows === undefined) {
      rejoin()
      return position !== null
    }
    const told: Array<Change | LocalChange> = []
    for (const { row, changes } of found.rows) {
      if (changes === null || row !== position + 1) told.push(MISSED)
      for (const change of changes ?? []) told.push(change)
      position = row
    }
    publish(told)
    return true
  }

  return {
    join: () => { attempt(() => retryBriefly(enter)) },
    catchUp,

    poll: () => {
      if (position === null) return rejoin()
      const now = machine.now()
      // Also when the machine's clock was set back: then it would take long until the next time.
      if (now >= renewal || now < renewal - RENEWAL_INTERVAL) attempt(() => renew(now))
      const found = attempt(log.version)
      if (found !== undefined && found !== version && catchUp()) version = found
    },

    leave: () => {
      if (position !== null) attempt(() => retryBriefly(() => transact(({ write }) => { write.changes.leave(listener) })))
      position = null
    }
  }
}

/**
 * Undefined for what fails: another process writes for long, the file was deleted, the disk is full. Nothing waits for it,
 * and the next attempt follows soon.
 */
function attempt<T> (work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
