import type { Database } from 'better-sqlite3'
import { fillDefaults } from '../../base/validation.ts'
import { World } from '../../world/schema.ts'
import { applyAchievementSystems } from '../../world/achievement-systems.ts'
import { MUTABLE_TABLES, type MutableTable } from '../migrations/002-undo.ts'
import { SANDBOXED_TABLES } from '../migrations/008-sandboxed-progress.ts'
import { seedInTransaction } from './seed.ts'

/** The tables that change while a world is served. */
const MUTABLE: Readonly<Record<string, MutableTable>> = { ...MUTABLE_TABLES, ...SANDBOXED_TABLES }

/** Every table of a world; each comes before the tables that it refers to. */
const WORLD_TABLES = [
  'user_key', 'igdb_record', 'session', 'progress', 'play', 'friendship', 'person', 'achievement_text', 'achievement', 'publication', 'title', 'service_configuration', 'world'
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

  function replace (world: World, source: string): void {
    database.exec('UPDATE world SET recording = 0')
    for (const table of Object.keys(MUTABLE)) database.exec(`DELETE FROM undo_${table}`)
    for (const table of WORLD_TABLES) database.exec(`DELETE FROM ${table}`)
    seedInTransaction(database, world, source)
  }

  function undoChanges (): void {
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
    database.exec('UPDATE world SET recording = 1, unlocks = 0')
  }

  function reset (): void {
    const baseline = findBaseline.get()
    if (baseline == null) undoChanges()
    // The defaults are for a world that an older version stored, without the members that are new since.
    else replace(applyAchievementSystems(fillDefaults(World, JSON.parse(baseline)) as World), findSource.get() as string)
  }

  return {
    /** Replaces the world by another, checked one, to which later resets go back. */
    replace,

    /**
     * Replaces the world by one that is made from it. Later resets go back to the same world as before.
     *
     * @param change makes the new world, checked, of the present one.
     */
    change (change: (world: World) => World): void {
      const source = findSource.get() as string
      const changed = change(exportWorld())
      reset()
      const baseline = JSON.stringify(exportWorld())
      replace(changed, source)
      setBaseline.run(baseline)
    },

    /** Goes back to the world that was last seeded or put, in time for what has changed since. */
    reset
  }
}
