import type { Database } from 'better-sqlite3'
import { UserError } from '../base/user-error.ts'
import { world } from './migrations/001-world.ts'
import { undo } from './migrations/002-undo.ts'
import { igdb } from './migrations/003-igdb.ts'
import { signIn } from './migrations/004-sign-in.ts'
import { signInByUser } from './migrations/005-sign-in-by-user.ts'
import { endedSessions } from './migrations/006-ended-sessions.ts'
import { achievementSystem } from './migrations/007-achievement-system.ts'
import { sandboxedProgress } from './migrations/008-sandboxed-progress.ts'
import { sessionsByToken } from './migrations/009-sessions-by-token.ts'
import { neighbours } from './migrations/010-neighbours.ts'
import { grants } from './migrations/011-grants.ts'
import { xal } from './migrations/012-xal.ts'
import { changes } from './migrations/013-changes.ts'
import { notificationEndpoints } from './migrations/014-notification-endpoints.ts'
import { deletedUsers } from './migrations/015-deleted-users.ts'

/** All migrations: the number of one is its position, from 1. A released migration never changes what it does. */
const MIGRATIONS = [world, undo, igdb, signIn, signInByUser, endedSessions, achievementSystem, sandboxedProgress, sessionsByToken, neighbours, grants, xal, changes, notificationEndpoints, deletedUsers]

/** `XBLA`: marks a file as a database of this program (https://sqlite.org/pragma.html#pragma_application_id). */
export const APPLICATION_ID = 0x58424C41

/** A database file that cannot be served; the message says what to do. */
export class DatabaseError extends UserError {
  override name = 'DatabaseError'
}

/**
 * Brings a database to the newest schema, each migration in a transaction of its own.
 *
 * @throws {DatabaseError} when the file belongs to another program or to a newer version of this one.
 */
export function migrate (database: Database): void {
  const read = (pragma: string): number => database.pragma(pragma, { simple: true }) as number
  const step = database.transaction(() => {
    const version = read('user_version')
    if (version === 0 && read('application_id') === 0 && countTables(database) === 0) {
      database.pragma(`application_id = ${APPLICATION_ID}`)
    }
    if (read('application_id') !== APPLICATION_ID) {
      throw new DatabaseError(`${database.name} is a database of another program; give --database a file of its own`)
    }
    if (version > MIGRATIONS.length) {
      throw new DatabaseError(`${database.name} has schema ${version}, this version knows ${MIGRATIONS.length}; update the emulator or give --database a new file`)
    }
    const migration = MIGRATIONS[version]
    if (migration === undefined) return false
    database.exec(migration)
    database.pragma(`user_version = ${version + 1}`)
    return true
  })
  // Immediate, so that a second process that opens the file at the same time waits, and then has nothing to do.
  while (step.immediate());
}

function countTables (database: Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() as number
}
