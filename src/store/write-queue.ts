import BetterSqlite3, { type Database } from 'better-sqlite3'
import { unavailable, type XblError } from '../model/refusals.ts'

/** How long a write waits for another process that writes to the same file, in ms. */
export const LONGEST_WAIT = 5000
/** Between two looks whether the file is free, in ms. */
const PAUSE = 20
/** How many writes wait at most; the next one is refused at once. */
const MOST_WAITING = 1000

/** A write that waits for its turn. */
interface Waiting {
  readonly work: () => unknown
  readonly resolve: (value: any) => void
  readonly reject: (error: unknown) => void
  /** As `performance.now()`. */
  readonly deadline: number
}

/** True for an error of SQLite that says that another process holds a lock: https://sqlite.org/rescode.html#busy */
export const isBusy = (error: unknown): boolean => /^SQLITE_BUSY/.test(String(Object(error).code))

/** 503 for whoever has waited long enough. */
export const databaseBusy = (): XblError =>
  unavailable('Another process is writing to the database file, and has not ended in time; nothing was changed.', { 'retry-after': String(LONGEST_WAIT / 1000) })

/**
 * Lets writes wait for another process that writes to the same file. SQLite itself waits in the middle
 * of a call, and the whole event loop with it; here a write that finds the lock taken is done again,
 * in the order in which they came, and everything else goes on in between.
 *
 * @param longestWait ms.
 */
export function createWriteQueue (database: Database, longestWait: number = LONGEST_WAIT) {
  const waiting: Waiting[] = []
  let isTurn = false
  let isClosing = false
  let timer: NodeJS.Timeout
  const lock = database.transaction(() => {}).immediate
  if (!database.memory) database.pragma('busy_timeout = 0')

  /** Asks first: what a handler does before it writes may be much, such as checking a large world. */
  const isFree = (): boolean => {
    try {
      lock()
      return true
    } catch (error) {
      return !isBusy(error)
    }
  }

  /** Lets a write try again. False while it goes on waiting. */
  function settle ({ work, resolve, reject, deadline }: Waiting): boolean {
    isTurn = true
    try {
      if (isFree()) {
        resolve(work())
        return true
      }
    } catch (error) {
      if (!isBusy(error)) {
        reject(error)
        return true
      }
    } finally {
      isTurn = false
    }
    if (!isClosing && performance.now() < deadline) return false
    reject(databaseBusy())
    return true
  }

  /** One write a turn of the event loop, so that what only reads is answered between two of them. */
  const next = (): void => {
    const isSettled = settle(waiting[0] as Waiting)
    if (isSettled) waiting.shift()
    if (waiting.length > 0) timer = setTimeout(next, isSettled ? 0 : PAUSE)
  }

  return {
    /** Throws, as SQLite would, before a write that would overtake others. */
    admit (): void {
      if (!isTurn && waiting.length > 0) throw new BetterSqlite3.SqliteError('other writes are waiting', 'SQLITE_BUSY')
    },

    /**
     * Does something that may write, at most once, in one transaction, before it first awaits anything.
     *
     * @returns what it returns, or a promise of it when it has to wait.
     * @throws 503 when another process writes for too long, or too many are waiting already.
     */
    run<T> (work: () => T): T | Promise<T> {
      try {
        return work()
      } catch (error) {
        if (!isBusy(error)) throw error
        if (isClosing || waiting.length >= MOST_WAITING) throw databaseBusy()
        return new Promise((resolve, reject) => {
          waiting.push({ work, resolve, reject, deadline: performance.now() + longestWait })
          if (waiting.length === 1) timer = setTimeout(next, PAUSE)
        })
      }
    },

    /** Does something that may write, at once: while another process writes, this one stands still. @throws 503 as `run`. */
    runNow<T> (work: () => T): T {
      if (database.memory) return work()
      database.pragma(`busy_timeout = ${longestWait}`)
      isTurn = true
      let result: T
      try {
        result = work()
      } catch (error) {
        throw isBusy(error) ? databaseBusy() : error
      } finally {
        isTurn = false
        database.pragma('busy_timeout = 0')
      }
      return result
    },

    /** Lets everything that waits try once more, and refuses it then; nothing waits any more. */
    close (): void {
      isClosing = true
      clearTimeout(timer)
      for (const each of waiting.splice(0)) settle(each)
    }
  }
}

export type WriteQueue = ReturnType<typeof createWriteQueue>
