import type { Database } from 'better-sqlite3'
import { UNTOUCHED, type Achievement, type Definition, type Generation, type Person } from '../domain.ts'
import { prepareList, type KeptLists } from './achievement-list.ts'
import type { Cache } from './cache.ts'
import { DEFINITION_COLUMNS, PROGRESS_COLUMNS, readDefinition, readProgress, type DefinitionRow, type ProgressRow } from './achievement-row.ts'

/** Which achievement is meant; sandbox and generation are null when any will do. */
export interface Named {
  readonly scid: string
  readonly id: number
  readonly sandbox: string | null
  readonly generation: Generation | null
}

/** What is the same for every user: kept as long as no other world is seeded. */
interface Kept extends KeptLists {
  /** Achievements by how they are named. */
  readonly named: Cache<Definition | undefined>
}

/** Achievements and what a person has done towards them. */
export function prepareAchievements (database: Database, kept: Kept) {
  const findOne = database.prepare<Named, DefinitionRow>(`
    SELECT ${DEFINITION_COLUMNS}
    FROM service_configuration c JOIN achievement a ON a.service_configuration = c.row AND a.id = +:id
      JOIN title t ON t.title_id = a.title_id
    WHERE c.scid = +:scid AND (+:generation IS NULL OR t.generation = +:generation)
      AND (+:sandbox IS NULL OR EXISTS (SELECT 1 FROM publication u WHERE u.title_id = a.title_id AND u.sandbox = +:sandbox))`)
  const findProgress = database.prepare<{ person: number, achievement: number }, ProgressRow>(`
    SELECT ${PROGRESS_COLUMNS} FROM progress p WHERE person = +:person AND achievement = +:achievement`)
  const define = database.prepare<{ row: number }, DefinitionRow>(`
    SELECT ${DEFINITION_COLUMNS}
    FROM achievement a JOIN title t USING (title_id) JOIN service_configuration c ON c.row = a.service_configuration
    WHERE a.row = +:row`)

  const findDefinition = (named: Named): Definition | undefined => {
    const { scid, id, sandbox, generation } = named
    return kept.named(`${scid} ${id} ${generation} ${sandbox}`, () => {
      const row = findOne.get(named)
      return row && readDefinition(row)
    })
  }

  const find = (person: Person, named: Named): Achievement | undefined => {
    const definition = findDefinition(named)
    if (definition === undefined) return undefined
    const row = findProgress.get({ person: person.row, achievement: definition.row })
    return { ...definition, progress: row === undefined ? UNTOUCHED : readProgress(row) }
  }
  const findAtOnce = database.transaction(find) as typeof find

  return {
    /** One achievement, if there is such, with a person's progress. */
    find: (person: Person, named: Named): Achievement | undefined => (database.inTransaction ? find : findAtOnce)(person, named),

    /** How an achievement is defined that a list has. */
    define: (row: number): Definition => readDefinition(define.get({ row }) as DefinitionRow),

    list: prepareList(database, kept)
  }
}
