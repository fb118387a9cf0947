import type { Database } from 'better-sqlite3'
import type { World } from '../../world/schema.ts'
import { MUTABLE_TABLES, type MutableTable } from '../migrations/002-undo.ts'
import { SANDBOXED_TABLES } from '../migrations/008-sandboxed-progress.ts'
import { NEIGHBOUR_TABLES } from '../migrations/010-neighbours.ts'
import { readBaseline } from './baseline.ts'
import { seedInTransaction } from './seed.ts'

/** The tables that change while a world is served. */
const MUTABLE: Readonly<Record<string, MutableTable>> = { ...MUTABLE_TABLES, ...SANDBOXED_TABLES, ...NEIGHBOUR_TABLES }

/** Every table of a world, and that of the users who were deleted from it; each comes before the tables that it refers to. */
const WORLD_TABLES = [
  'deleted_user', 'user_key', 'igdb_record', 'session', 'progress', 'play', 'friendship', 'person', 'achievement_text', 'achievement', 'publication', 'title_client', 'title', 'service_configuration', 'world'
]

/**
 * Prepares to replace the whole world, and to reset it.
 *
 * @param exportWorld exports the present state.
 */
export function prepareWorldWrites (database: Database, exportWorld: () => World) {
  const findBaseline = database.prepare<[], string | null>('SELECT baseline FROM world').pluck()
  const findSource = database.prepare<[], string>('SELECT source FROM world').pluck()
  const setBaseline = database.prepare<[string]>('UPDATE world SET baseline = ?')

  function reset (): void {
    const baseline = findBaseline.get()
    if (baseline == null) undoChanges(database)
    else replaceTables(database, readBaseline(baseline), findSource.get() as string)
  }

  return {
    /**
     * Replaces the world. Later resets go back to the new one.
     *
     * @param world a checked world.
     * @param source where it comes from, as messages name it.
     */
    replace: (world: World, source: string): void => replaceTables(database, world, source),

    /**
     * Replaces the world by one that is made from it. Later resets go back to the same world as before.
     *
     * @param change makes a new, checked world from the present one.
     */
    change (change: (world: World) => World): void {
      const source = findSource.get() as string
      const changed = change(exportWorld())
      reset()
      const baseline = JSON.stringify(exportWorld())
      replaceTables(database, changed, source)
      setBaseline.run(baseline)
    },

    /**
     * Replaces the world, and what later resets go back to.
     *
     * @param start null: the world itself.
     */
    restore (world: World, start: World | null, source: string): void {
      replaceTables(database, world, source)
      if (start !== null) setBaseline.run(JSON.stringify(start))
    },

    /** The world that a reset goes back to. The time depends on the size of the world. */
    exportStart (): World {
      const baseline = findBaseline.get()
      if (baseline != null) return readBaseline(baseline)
      database.exec('SAVEPOINT start')
      try {
        undoChanges(database)
        return exportWorld()
      } finally {
        database.exec('ROLLBACK TO start; RELEASE start')
      }
    },

    /** Goes back to the world that was last seeded or replaced. The time depends on how much has changed since, not on the size of the world. */
    reset
  }
}

function replaceTables (database: Database, world: World, source: string): void {
  database.exec('UPDATE world SET recording = 0')
  for (const table of Object.keys(MUTABLE)) database.exec(`DELETE FROM undo_${table}`)
  for (const table of WORLD_TABLES) database.exec(`DELETE FROM ${table}`)
  seedInTransaction(database, world, source)
}

/** Restores the changed rows from the undo log (migrations/002-undo.ts). */
function undoChanges (database: Database): void {
  // A friendship may be restored before its people.
  database.pragma('defer_foreign_keys = ON')
  database.exec('UPDATE world SET recording = 0')
  for (const [table, { key, rest }] of Object.entries(MUTABLE)) {
    const columns = [...key, ...rest].join(', ')
    database.exec(`
      DELETE FROM ${table} WHERE (${key.join(', ')}) IN (SELECT ${key.join(', ')} FROM undo_${table});
      INSERT INTO ${table} (${columns}) SELECT ${columns} FROM undo_${table} WHERE existed;
      DELETE FROM undo_${table}`)
  }
  database.exec('DELETE FROM deleted_user; UPDATE world SET recording = 1, unlocks = 0')
}
