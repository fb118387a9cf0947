import type { Database } from 'better-sqlite3'
import { fillDefaults } from '../../base/validation.ts'
import { World } from '../../world/schema.ts'
import { settleSystems } from '../../world/settle-systems.ts'
import { prepareExport } from './export.ts'
import { MUTABLE_AT_FIRST, type Mutable } from '../migrations/002-undo.ts'
import { SANDBOXED } from '../migrations/008-sandboxed-progress.ts'
import { fill } from './seed.ts'

/** The tables that change while a world is served. */
const MUTABLE: Readonly<Record<string, Mutable>> = { ...MUTABLE_AT_FIRST, ...SANDBOXED }

/** Every table of a world, those that refer to others first. */
const TABLES = [
  'user_key', 'igdb_record', 'session', 'progress', 'play', 'friendship', 'person', 'achievement_text', 'achievement', 'publication', 'title', 'service_configuration', 'world'
]

/** The whole world: out, in, and back. Whatever changes it belongs into a transaction. */
export function prepareWorldState (database: Database) {
  const exportWorld = prepareExport(database)
  const findBaseline = database.prepare<[], string | null>('SELECT baseline FROM world').pluck()
  const findSource = database.prepare<[], string>('SELECT source FROM world').pluck()
  const setBaseline = database.prepare<[string]>('UPDATE world SET baseline = ?')

  function replace (world: World, source: string): void {
    database.exec('UPDATE world SET recording = 0')
    for (const table of Object.keys(MUTABLE)) database.exec(`DELETE FROM undo_${table}`)
    for (const table of TABLES) database.exec(`DELETE FROM ${table}`)
    fill(database, world, source)
  }

  function undoChanges (): void {
    // A friend may come back before the person.
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
    // An older version kept it without the members that worlds have had since.
    else replace(settleSystems(fillDefaults(World, JSON.parse(baseline)) as World), findSource.get() as string)
  }

  return {
    /** The present state as a world that starts an identical emulator. */
    export: database.transaction(exportWorld) as () => World,

    /** Puts a checked world in the place of the one that is there; a reset goes back to it. */
    replace,

    /**
     * Puts a world in the place of the one that is there, made from it; a reset goes back to what a
     * reset went back to before.
     *
     * @param change the present state to the new one, checked.
     */
    change (change: (world: World) => World): void {
      const source = findSource.get() as string
      const changed = change(exportWorld())
      reset()
      const baseline = JSON.stringify(exportWorld())
      replace(changed, source)
      setBaseline.run(baseline)
    },

    /** Goes back to the world that was seeded or put last, at the cost of what has changed since. */
    reset
  }
}
