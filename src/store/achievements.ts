import type { Database } from 'better-sqlite3'
import type { Achievement, Generation, Person } from '../domain.ts'
import { prepareList } from './achievement-list.ts'
import { ACHIEVEMENT_COLUMNS, readAchievementRow, type AchievementRow } from './achievement-row.ts'

/** Which achievement is meant; sandbox and generation are null when any will do. */
export interface Named {
  readonly scid: string
  readonly id: number
  readonly sandbox: string | null
  readonly generation: Generation | null
}

/** Achievements and what a person has done towards them. */
export function prepareAchievements (database: Database) {
  const findOne = database.prepare<Named & { person: number }, AchievementRow>(`
    SELECT ${ACHIEVEMENT_COLUMNS}
    FROM service_configuration c JOIN achievement a ON a.service_configuration = c.row AND a.id = :id
      JOIN title t ON t.title_id = a.title_id
      LEFT JOIN progress p ON p.person = :person AND p.achievement = a.row
    WHERE c.scid = :scid AND (:generation IS NULL OR t.generation = :generation)
      AND (:sandbox IS NULL OR EXISTS (SELECT 1 FROM publication u WHERE u.title_id = a.title_id AND u.sandbox = :sandbox))`)
  return {
    /** One achievement, if there is such, with a person's progress. */
    find (person: Person, named: Named): Achievement | undefined {
      const row = findOne.get({ person: person.row, ...named })
      return row && readAchievementRow(row)
    },

    list: prepareList(database)
  }
}
