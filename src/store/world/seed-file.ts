import { existsSync, rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { draftOf } from '../../base/draft-file.ts'
import { DatabaseError } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import type { PersonRows } from './seed-users.ts'
import { seedStepwise, type Seeds } from './seed.ts'

/** How many users are written in one transaction. */
const BATCH = 10_000

/** SQLite's own files beside a database that is open. */
const SIDE_FILES = ['-wal', '-shm', '-journal']

/**
 * Makes a database file of a world that may be larger than the memory. It has its name once it is complete.
 *
 * @param source where the world comes from, as messages name it.
 * @param mayReplace whether a database of that name may be replaced.
 * @param report is called now and then with how many users and sessions are written: each user counts twice.
 * @param signal ends the work; nothing is left of it then.
 * @throws {DatabaseError} when the file is open somewhere.
 * @throws an error with the code EEXIST when there is such a file, and it may not be replaced.
 */
export async function seedFile (file: string, world: Seeds, { source, mayReplace, report, signal }: {
  source: string, mayReplace: boolean, report: (done: number) => void, signal: AbortSignal
}): Promise<void> {
  const draft = draftOf(file, mayReplace)
  requireClosed(draft.target)
  try {
    const database = openDraftDatabase(draft.path, file)
    try {
      // Nobody else has the file, and an incomplete one is deleted: there is nothing to recover.
      database.pragma('journal_mode = OFF')
      database.pragma('synchronous = OFF')
      await writeInBatches(database, seedStepwise(database, world, { source, people: keepRows(database) }), { report, signal })
      database.pragma('journal_mode = WAL')
    } finally {
      database.close()
    }
    requireClosed(draft.target)
    draft.publish()
  } finally {
    for (const suffix of ['', ...SIDE_FILES]) rmSync(draft.path + suffix, { force: true })
  }
}

function openDraftDatabase (path: string, file: string): Database {
  try {
    return openDatabase(path)
  } catch (error) {
    // Nobody has chosen the name of the draft.
    throw Object.assign(error as Error, { message: (error as Error).message.replace(path, file) })
  }
}

/** A log of another database beside the new one would be read as its own. */
function requireClosed (file: string): void {
  const open = SIDE_FILES.map((suffix) => file + suffix).find(existsSync)
  if (open !== undefined) throw new DatabaseError(`${file} is open in another process, or was not closed: there is ${open}; end that process, or give --database another file`)
}

async function writeInBatches (database: Database, steps: Iterator<void>, { report, signal }: { report: (done: number) => void, signal: AbortSignal }): Promise<void> {
  let done = 0
  database.exec('BEGIN IMMEDIATE')
  while (steps.next().done !== true) {
    done++
    if (done % BATCH !== 0) continue
    database.exec('COMMIT; BEGIN IMMEDIATE')
    report(done)
    // Meanwhile, a signal can come.
    await setImmediate()
    signal.throwIfAborted()
  }
  database.exec('COMMIT')
}

/** The rows of people, which the database itself knows: a million would take much memory. */
function keepRows (database: Database): PersonRows {
  const find = database.prepare<[string], number>('SELECT row FROM person WHERE xuid = ?').pluck()
  return { get: (xuid) => find.get(xuid), set: () => {} }
}
