import type { Database } from 'better-sqlite3'
import type { CacheFactory } from '../base/cache.ts'
import type { Achievement, AchievementDefinition } from '../model/achievement.ts'
import { NO_PROGRESS, type Progress } from '../model/progress.ts'
import type { Generation } from '../model/title.ts'
import { DEFINITION_COLUMNS, PROGRESS_COLUMNS, readDefinition, readProgress, type DefinitionRow, type ProgressRow } from './achievement-row.ts'
import { prepareList } from './lists/achievement-list.ts'
import { prepareUnlockSequences } from './lists/unlock-sequence.ts'
import type { ProgressKey } from './progress.ts'

/** The ids of an achievement, and the sandbox and generation in which to find it; null means any. */
export interface AchievementKey {
  readonly scid: string
  readonly id: number
  readonly sandbox: string | null
  readonly generation: Generation | null
}

export interface AchievementInSandbox extends AchievementKey {
  readonly sandbox: string
}

/** How many definitions are cached. */
const CACHED_DEFINITIONS = 1000

/** Prepares to read achievements: their definitions, and the progress of users on them. */
export function prepareAchievements (database: Database, cache: CacheFactory) {
  const findDefinition = prepareFindDefinition(database, cache)
  const readOne = database.prepare<{ row: number }, DefinitionRow>(`
    SELECT ${DEFINITION_COLUMNS}
    FROM achievement a JOIN title t USING (title_id) JOIN service_configuration c ON c.row = a.service_configuration
    WHERE a.row = +:row`)
  const findProgress = prepareFindProgressOf(database)
  const find = prepareFind(findProgress, findDefinition)
  const findInTransaction = database.transaction(find) as typeof find
  const findUnlockSequences = prepareUnlockSequences(database)
  return {
    /**
     * Finds an achievement, with the progress of a person in the sandbox; undefined when there is none.
     *
     * @param person a row of `person`.
     */
    find: (person: number, key: AchievementInSandbox): Achievement | undefined => (database.inTransaction ? find : findInTransaction)(person, key),

    /** The progress of a person on an achievement. */
    findProgress,

    /** Finds the definition of an achievement; undefined when there is none. */
    findDefinition,

    /** Reads the definition of an achievement that a list has. */
    readDefinition: (row: number): AchievementDefinition => readDefinition(readOne.get({ row }) as DefinitionRow),

    findUnlockSequences,

    list: prepareList(database, cache, findUnlockSequences)
  }
}

type FindDefinition = (key: AchievementKey) => AchievementDefinition | undefined

function prepareFindDefinition (database: Database, cache: CacheFactory): FindDefinition {
  const find = database.prepare<AchievementKey, DefinitionRow>(`
    SELECT ${DEFINITION_COLUMNS}
    FROM service_configuration c JOIN achievement a ON a.service_configuration = c.row AND a.id = +:id
      JOIN title t ON t.title_id = a.title_id
    WHERE c.scid = +:scid AND (+:generation IS NULL OR t.generation = +:generation)
      AND (+:sandbox IS NULL OR EXISTS (SELECT 1 FROM publication u WHERE u.title_id = a.title_id AND u.sandbox = +:sandbox))`)
  return cache.definitions({ name: 'definitions', size: CACHED_DEFINITIONS }, (key: AchievementKey): AchievementDefinition | undefined => {
    const row = find.get(key)
    return row && readDefinition(row)
  })
}

/** Prepares to find the progress of a person on an achievement. */
function prepareFindProgressOf (database: Database): (key: ProgressKey) => Progress {
  const find = database.prepare<ProgressKey, ProgressRow>(`
    SELECT ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND sandbox = +:sandbox AND achievement = +:achievement`)
  return (key) => {
    const row = find.get(key)
    return row === undefined ? NO_PROGRESS : readProgress(row)
  }
}

function prepareFind (findProgress: (key: ProgressKey) => Progress, findDefinition: FindDefinition): (person: number, key: AchievementInSandbox) => Achievement | undefined {
  return (person, key) => {
    const definition = findDefinition(key)
    if (definition === undefined) return undefined
    return { ...definition, progress: findProgress({ person, sandbox: key.sandbox, achievement: definition.row }) }
  }
}
