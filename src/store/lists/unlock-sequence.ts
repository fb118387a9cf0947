import type { Database } from 'better-sqlite3'
import type { ProgressKey } from '../progress.ts'

interface SequenceRow {
  readonly achievement: number
  readonly sequence: number
}

type Owner = Pick<ProgressKey, 'person' | 'sandbox'>

/** Finds the sequence numbers of a person's unlocks, by the rows of their achievements. */
export type FindUnlockSequences = (owner: Owner, achievements: readonly number[]) => ReadonlyMap<number, number>

/**
 * Prepares to find the sequence number that V1 gives an unlock: its position among all unlocks of the person in
 * the same title and sandbox, by time, from 0. Unlocks at an unknown time, which were made offline, come first.
 * Of two unlocks at the same time, the one that a list by time has first has the greater number.
 *
 * @returns a function that reads all unlocks of the person in the titles of the achievements.
 */
export function prepareUnlockSequences (database: Database): FindUnlockSequences {
  const find = database.prepare<Owner & { achievements: string }, SequenceRow>(`
    WITH asked AS MATERIALIZED (SELECT value AS achievement FROM json_each(:achievements)),
      numbered AS (
        SELECT p.achievement, row_number() OVER (PARTITION BY a.title_id ORDER BY p.time_unlocked, p.achievement DESC) - 1 AS sequence
        FROM achievement a JOIN progress p ON p.person = +:person AND p.sandbox = +:sandbox AND p.achievement = a.row
        WHERE p.time_unlocked IS NOT NULL
          AND a.title_id IN (SELECT b.title_id FROM asked JOIN achievement b ON b.row = asked.achievement)
      )
    SELECT achievement, sequence FROM numbered WHERE achievement IN asked`)
  return ({ person, sandbox }, achievements) => new Map(find.all({ person, sandbox, achievements: JSON.stringify(achievements) }).map(({ achievement, sequence }) => [achievement, sequence]))
}
