import type { Database } from 'better-sqlite3'
import type { Change } from '../model/change.ts'

/** The log of changes, with which processes that share a database file tell each other. (docs/decisions/0052-feed.md) */

/** How many transactions the log has at the most, about. */
const KEPT_TRANSACTIONS = 4096
/** How long what it keeps may be, in characters, about. */
const KEPT_LENGTH = 16 * 1024 * 1024
/** How long the changes of one transaction may be. Of longer ones the log only says that there were some. */
const LONGEST_CHANGES = 1024 * 1024
/** So often is the log shortened, in transactions. */
const LOG_TRIM_INTERVAL = 64
/** What is listed for longer than this, in ms, was listed before the machine's clock was set back, and counts as ended. */
const LONGEST_LEASE = 240_000

/** SQL: deletes what nobody will read. */
const CLEAR = 'DELETE FROM change WHERE NOT EXISTS (SELECT 1 FROM listener)'
/** SQL: deletes the listeners whose time is over. */
const REMOVE_ENDED = 'DELETE FROM listener WHERE ends NOT BETWEEN :now + 1 AND :latest'
/** SQL: the last number that a row had; null before the first. */
const FIND_NEWEST = "SELECT seq FROM sqlite_sequence WHERE name = 'change'"

/** A row of the log. */
export interface LoggedChanges {
  readonly row: number
  /** Null: they are too long to be kept. */
  readonly changes: readonly Change[] | null
}

type LogRow = Pick<LoggedChanges, 'row'> & { readonly changes: string | null }

/**
 * Prepares to read the log.
 *
 * @param onNews is called when others may have changed the database: what was read from it before may not hold any more.
 */
export function prepareChangeLog (database: Database, onNews: () => void = () => {}) {
  const findVersion = database.prepare<[], number>('PRAGMA data_version').pluck()
  const readAfter = database.prepare<[number], LogRow>('SELECT row, changes FROM change WHERE row > ? ORDER BY row')
  const isListed = database.prepare<[string], number>('SELECT 1 FROM listener WHERE id = ?').pluck()
  const findNewest = database.prepare<[], number>(FIND_NEWEST).pluck()
  return {
    /** True for a database file: other processes may write to it. One in memory needs no log. */
    isShared: !database.memory,

    /** Another number each time that another process has written. */
    version: (): number => findVersion.get() as number,

    /**
     * The rows after one, in the order of their transactions; undefined when some may be missing: the listener is not listed
     * any more, or the row was never written, as in a file that was put back to what it was before.
     */
    readAfter (listener: string, row: number): LoggedChanges[] | undefined {
      const rows = readAfter.all(row)
      if (rows.length === 0 && (findNewest.get() ?? 0) < row) return undefined
      // Asked last: who is listed still was so while the rows were read.
      if (isListed.get(listener) === undefined) return undefined
      if (rows.length > 0) onNews()
      return rows.map(({ row, changes }) => ({ row, changes: changes === null ? null : JSON.parse(changes) }))
    }
  }
}

/** Prepares to write the log, and the processes that listen. */
export function prepareChangeLogWrites (database: Database) {
  const findLastEnd = database.prepare<[], number | null>('SELECT max(ends) FROM listener').pluck()
  const removeEnded = database.prepare<{ now: number, latest: number }>(REMOVE_ENDED)
  const clear = database.prepare<[]>(CLEAR)
  const append = database.prepare<{ length: number, changes: string | null }>(`
    INSERT INTO change (total, changes) VALUES (:length + coalesce((SELECT total FROM change ORDER BY row DESC LIMIT 1), 0), :changes)`)
  const trim = database.prepare<{ row: number }>(`
    DELETE FROM change WHERE row < max(:row - ${KEPT_TRANSACTIONS - 1}, (
      SELECT row FROM change WHERE total > (SELECT total FROM change WHERE row = :row) - ${KEPT_LENGTH} ORDER BY row LIMIT 1))`)
  return {
    /**
     * True when somebody listens to the database file, so that what changes is to be logged.
     *
     * @param now the machine's clock, in ms since 1970.
     */
    isHeard (now: number): boolean {
      if (database.memory) return false
      const end = findLastEnd.get() as number | null
      if (end === null) return false
      const latest = now + LONGEST_LEASE
      if (end > now && end <= latest) return true
      removeEnded.run({ now, latest })
      clear.run()
      return findLastEnd.get() !== null
    },

    /** Logs what a transaction changes. */
    append (changes: readonly Change[]): void {
      const text = JSON.stringify(changes)
      const kept = text.length > LONGEST_CHANGES ? null : text
      const row = Number(append.run({ length: kept?.length ?? 0, changes: kept }).lastInsertRowid)
      if (row % LOG_TRIM_INTERVAL === 0) trim.run({ row })
    },

    ...prepareListenerWrites(database)
  }
}

function prepareListenerWrites (database: Database) {
  const removeEnded = database.prepare<{ now: number, latest: number }>(REMOVE_ENDED)
  const put = database.prepare<{ listener: string, ends: number }>('INSERT INTO listener (id, ends) VALUES (:listener, :ends)')
  const renew = database.prepare<{ listener: string, ends: number }>('UPDATE listener SET ends = :ends WHERE id = :listener')
  const remove = database.prepare<[string]>('DELETE FROM listener WHERE id = ?')
  const clear = database.prepare<[]>(CLEAR)
  const findNewest = database.prepare<[], number>(FIND_NEWEST).pluck()
  return {
    /**
     * Lists a process that listens, until an instant in ms since 1970.
     *
     * @returns the last row of the log before it listens.
     */
    join ({ listener, now, ends }: { readonly listener: string, readonly now: number, readonly ends: number }): number {
      removeEnded.run({ now, latest: now + LONGEST_LEASE })
      clear.run()
      put.run({ listener, ends })
      return findNewest.get() ?? 0
    },

    /** Lists it for longer; does nothing when it is not listed any more. */
    renew (listener: string, ends: number): void { renew.run({ listener, ends }) },

    /** The last one deletes the log. */
    leave (listener: string): void {
      remove.run(listener)
      clear.run()
    }
  }
}
