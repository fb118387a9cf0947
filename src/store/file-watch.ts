import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { unavailable } from '../model/refusals.ts'

/** How often somebody looks who does not write, in ms. */
const INTERVAL = 1000

/** Which file a name means now: another one once it was deleted, replaced or renamed. The same for all that is not there. */
export function identityOf (name: string): string {
  const { dev, ino } = statSync(name, { bigint: true, throwIfNoEntry: false }) ?? {}
  return `${dev} ${ino}`
}

/**
 * Notices when the file of a database, or its write-ahead log, was deleted or replaced: what is written
 * then goes into a file that has no name any more, and is lost with the process.
 *
 * @param tell is told when that happens, and when the file is back.
 */
export function watchFile (database: Database, tell: (line: string) => void) {
  if (database.memory) return { require: (): void => {}, close: (): void => {} }
  const file = resolve(database.name.trim())
  // SQLite puts it beside the file that a symbolic link leads to.
  const names = [file, `${realpathSync(file)}-wal`]
  const opened = names.map(identityOf).join()
  const lost = `${file} was deleted or replaced while it was served: nothing more is written, as that would be lost. Put it back, or start again.`
  let isLost = false

  const look = (): void => {
    if ((names.map(identityOf).join() !== opened) === isLost) return
    isLost = !isLost
    tell(isLost ? lost : `${file} is back, and written again.`)
  }
  const timer = setInterval(look, INTERVAL).unref()
  return {
    /** Looks before a write, which takes a hundredth of its time. @throws 503 while the file is not the one that was opened. */
    require (): void {
      look()
      if (isLost) throw unavailable(lost)
    },

    close: (): void => clearInterval(timer)
  }
}
