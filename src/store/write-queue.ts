import BetterSqlite3, { type Database } from 'better-sqlite3'
import { unavailable, type XblError } from '../model/refusals.ts'

/** How long a write waits for another process that writes to the same file, in ms. */
export const LONGEST_WAIT = 5000
/** How long to wait between two attempts of the first waiting write, in ms. */
const WRITE_RETRY_INTERVAL = 20
/** How many writes may wait; further ones are refused at once. */
const MOST_WAITING = 1000

/** A write that waits for its turn. */
interface Waiting {
  readonly work: () => unknown
  readonly resolve: (value: any) => void
  readonly reject: (error: unknown) => void
  /** When it is refused, as `performance.now()` counts. */
  readonly deadline: number
}

/** True for the error that SQLite gives while another process holds a lock: https://sqlite.org/rescode.html#busy */
export const isBusy = (error: unknown): boolean => /^SQLITE_BUSY/.test(String(Object(error).code))

/** 503: another process has held the lock for too long. */
export const databaseBusy = (): XblError =>
  unavailable('Another process is writing to the database file, and has not ended in time; nothing was changed.', { 'retry-after': String(LONGEST_WAIT / 1000) })

/**
 * Lets writes wait for another process that writes to the same file. SQLite itself would wait within a call, which
 * blocks the event loop. Here a write that finds the file locked fails, and is tried again later; waiting writes
 * keep the order in which they came.
 */
export class WriteQueue {
  readonly #database: Database
  readonly #longestWait: number
  readonly #lock: () => void
  readonly #waiting: Waiting[] = []
  /** True while the queue runs a write. */
  #hasTurn = false
  #isClosing = false
  #timer: NodeJS.Timeout | undefined

  /** @param longestWait how long a write waits, in ms. */
  constructor (database: Database, longestWait: number = LONGEST_WAIT) {
    this.#database = database
    this.#longestWait = longestWait
    this.#lock = database.transaction(() => {}).immediate
    if (!database.memory) database.pragma('busy_timeout = 0')
  }

  /** Is called before every write: throws the error of a locked file when the write would overtake waiting ones. */
  readonly requireTurn = (): void => {
    if (!this.#hasTurn && this.#waiting.length > 0) throw new BetterSqlite3.SqliteError('other writes are waiting', 'SQLITE_BUSY')
  }

  /**
   * Runs work that writes at most once, in one transaction, and before it awaits anything.
   *
   * @returns the result of the work, or a promise of it when the work has to wait.
   * @throws 503 when another process writes for too long, or too many writes wait.
   */
  run<T> (work: () => T): T | Promise<T> {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (this.#isClosing || this.#waiting.length >= MOST_WAITING) throw databaseBusy()
      return new Promise((resolve, reject) => {
        this.#waiting.push({ work, resolve, reject, deadline: performance.now() + this.#longestWait })
        if (this.#waiting.length === 1) this.#timer = setTimeout(this.#retryFirst, WRITE_RETRY_INTERVAL)
      })
    }
  }

  /** Runs work that writes, at once. It blocks the process while another one writes. @throws 503 as `run` does. */
  runNow<T> (work: () => T): T {
    if (this.#database.memory) return work()
    this.#database.pragma(`busy_timeout = ${this.#longestWait}`)
    this.#hasTurn = true
    let result: T
    try {
      result = work()
    } catch (error) {
      throw isBusy(error) ? databaseBusy() : error
    } finally {
      this.#hasTurn = false
      this.#database.pragma('busy_timeout = 0')
    }
    return result
  }

  /** Tries every waiting write once more, and refuses those that still find the file locked. Later writes do not wait. */
  close (): void {
    this.#isClosing = true
    clearTimeout(this.#timer)
    for (const write of this.#waiting.splice(0)) this.#retry(write)
  }

  /** Retries one write in each turn of the event loop, so that requests that only read are answered in between. */
  readonly #retryFirst = (): void => {
    const isDone = this.#retry(this.#waiting[0] as Waiting)
    if (isDone) this.#waiting.shift()
    if (this.#waiting.length > 0) this.#timer = setTimeout(this.#retryFirst, isDone ? 0 : WRITE_RETRY_INTERVAL)
  }

  /** Tries a waiting write again. @returns false when it has to wait longer. */
  #retry ({ work, resolve, reject, deadline }: Waiting): boolean {
    this.#hasTurn = true
    try {
      if (this.#isFree()) {
        resolve(work())
        return true
      }
    } catch (error) {
      if (!isBusy(error)) {
        reject(error)
        return true
      }
    } finally {
      this.#hasTurn = false
    }
    if (!this.#isClosing && performance.now() < deadline) return false
    reject(databaseBusy())
    return true
  }

  /** Tells whether a write would get the lock. Asked first, as work may do much before it writes, such as checking a large world. */
  #isFree (): boolean {
    try {
      this.#lock()
      return true
    } catch (error) {
      return !isBusy(error)
    }
  }
}
