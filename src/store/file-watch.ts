import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { unavailable } from '../model/refusals.ts'

/** How often the file is checked while nothing is written, in ms. */
const CHECK_INTERVAL = 1000

/** Identifies the file that a name refers to: it changes when the file is deleted, replaced or renamed. All names without a file give the same text. */
export function identityOf (name: string): string {
  const { dev, ino } = statSync(name, { bigint: true, throwIfNoEntry: false }) ?? {}
  return `${dev} ${ino}`
}

export interface FileWatch {
  /** Checks the file before a write, which takes a hundred times as long. @throws 503 while the file is not the one that was opened. */
  readonly requireSameFile: () => void
  readonly close: () => void
}

/**
 * Notices when the file of a database, or its write-ahead log, is deleted or replaced. SQLite would go on writing
 * to the file that it has open, which has no name any more and is lost with the process.
 *
 * @param warn gets a line when that happens, and when the file is back.
 */
export function watchFile (database: Database, warn: (line: string) => void): FileWatch {
  if (database.memory) return { requireSameFile: (): void => {}, close: (): void => {} }
  const file = resolve(database.name.trim())
  // SQLite puts the write-ahead log beside the file that a symbolic link leads to.
  const names = [file, `${realpathSync(file)}-wal`]
  const atOpening = names.map(identityOf).join()
  const lost = `${file} was deleted or replaced while it was served: nothing more is written, as that would be lost. Put it back, or start again.`
  let isLost = false

  const check = (): void => {
    if ((names.map(identityOf).join() !== atOpening) === isLost) return
    isLost = !isLost
    warn(isLost ? lost : `${file} is back, and written again.`)
  }
  const timer = setInterval(check, CHECK_INTERVAL).unref()
  return {
    requireSameFile (): void {
      check()
      if (isLost) throw unavailable(lost)
    },

    close: (): void => clearInterval(timer)
  }
}
