import type { Database } from 'better-sqlite3'
import type { Achievement, Definition } from '../model/achievement.ts'
import { UNTOUCHED } from '../model/progress.ts'
import type { Generation } from '../model/title.ts'
import { prepareList } from './lists/achievement-list.ts'
import type { Keep } from '../base/cache.ts'
import { DEFINITION_COLUMNS, PROGRESS_COLUMNS, readDefinition, readProgress, type DefinitionRow, type ProgressRow } from './achievement-row.ts'
import { preparePlaces } from './places.ts'
import type { ProgressKey } from './progress.ts'

/** Which achievement is meant; sandbox and generation are null when any will do. */
export interface Named {
  readonly scid: string
  readonly id: number
  readonly sandbox: string | null
  readonly generation: Generation | null
}

/** Which achievement is meant, as one sandbox sees it. */
export interface NamedInSandbox extends Named {
  readonly sandbox: string
}

/** How many definitions are kept by how they are named. */
const KEPT = 1000

/** Achievements and what a person has done towards them. */
export function prepareAchievements (database: Database, keep: Keep) {
  const findOne = database.prepare<Named, DefinitionRow>(`
    SELECT ${DEFINITION_COLUMNS}
    FROM service_configuration c JOIN achievement a ON a.service_configuration = c.row AND a.id = +:id
      JOIN title t ON t.title_id = a.title_id
    WHERE c.scid = +:scid AND (+:generation IS NULL OR t.generation = +:generation)
      AND (+:sandbox IS NULL OR EXISTS (SELECT 1 FROM publication u WHERE u.title_id = a.title_id AND u.sandbox = +:sandbox))`)
  const findProgress = database.prepare<ProgressKey, ProgressRow>(`
    SELECT ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND sandbox = +:sandbox AND achievement = +:achievement`)
  const define = database.prepare<{ row: number }, DefinitionRow>(`
    SELECT ${DEFINITION_COLUMNS}
    FROM achievement a JOIN title t USING (title_id) JOIN service_configuration c ON c.row = a.service_configuration
    WHERE a.row = +:row`)

  const findDefinition = keep.definitions({ name: 'named', size: KEPT }, (named: Named): Definition | undefined => {
    const row = findOne.get(named)
    return row && readDefinition(row)
  })

  const find = (person: number, named: NamedInSandbox): Achievement | undefined => {
    const definition = findDefinition(named)
    if (definition === undefined) return undefined
    const row = findProgress.get({ person, sandbox: named.sandbox, achievement: definition.row })
    return { ...definition, progress: row === undefined ? UNTOUCHED : readProgress(row) }
  }
  const findPlaces = preparePlaces(database)
  const findAtOnce = database.transaction(find) as typeof find

  return {
    /**
     * One achievement, if there is such, with a person's progress in the sandbox.
     *
     * @param person a row of `person`.
     */
    find: (person: number, named: NamedInSandbox): Achievement | undefined => (database.inTransaction ? find : findAtOnce)(person, named),

    /** How an achievement is defined, if there is such. */
    findDefinition,

    /** How an achievement is defined that a list has. */
    define: (row: number): Definition => readDefinition(define.get({ row }) as DefinitionRow),

    /** The places of a person's unlocks, by the rows of their achievements. */
    findPlaces,

    list: prepareList(database, keep, findPlaces)
  }
}
