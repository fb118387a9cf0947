import type { Database } from 'better-sqlite3'
import type { Achievement, Definition, Generation, Person } from '../domain.ts'
import { prepareList, type KeptLists } from './achievement-list.ts'
import { DEFINITION_COLUMNS, PROGRESS_COLUMNS, readDefinition, readProgress, type DefinitionRow, type ProgressRow } from './achievement-row.ts'

/** Which achievement is meant; sandbox and generation are null when any will do. */
export interface Named {
  readonly scid: string
  readonly id: number
  readonly sandbox: string | null
  readonly generation: Generation | null
}

/**
 * Achievements and what a person has done towards them.
 *
 * @param lists keeps what lists have in common for every user.
 */
export function prepareAchievements (database: Database, lists: KeptLists) {
  const findOne = database.prepare<Named & { person: number }, DefinitionRow & ProgressRow>(`
    SELECT ${DEFINITION_COLUMNS}, ${PROGRESS_COLUMNS}
    FROM service_configuration c JOIN achievement a ON a.service_configuration = c.row AND a.id = +:id
      JOIN title t ON t.title_id = a.title_id
      LEFT JOIN progress p ON p.person = +:person AND p.achievement = a.row
    WHERE c.scid = +:scid AND (+:generation IS NULL OR t.generation = +:generation)
      AND (+:sandbox IS NULL OR EXISTS (SELECT 1 FROM publication u WHERE u.title_id = a.title_id AND u.sandbox = +:sandbox))`)
  const define = database.prepare<{ row: number }, DefinitionRow>(`
    SELECT ${DEFINITION_COLUMNS}
    FROM achievement a JOIN title t USING (title_id) JOIN service_configuration c ON c.row = a.service_configuration
    WHERE a.row = +:row`)
  return {
    /** One achievement, if there is such, with a person's progress. */
    find (person: Person, named: Named): Achievement | undefined {
      const row = findOne.get({ person: person.row, ...named })
      return row && { ...readDefinition(row), progress: readProgress(row) }
    },

    /** How an achievement is defined that a list has. */
    define: (row: number): Definition => readDefinition(define.get({ row }) as DefinitionRow),

    list: prepareList(database, lists)
  }
}
