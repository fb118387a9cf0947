import type { Database } from 'better-sqlite3'
import type { ProgressKey } from './progress.ts'

/** An unlock, by the row of its achievement, and its place among those of the person in the title. */
interface PlaceRow {
  readonly achievement: number
  readonly place: number
}

type Whose = Pick<ProgressKey, 'person' | 'sandbox'>

/** Places, by the rows of the achievements. */
export type FindPlaces = (whose: Whose, achievements: readonly number[]) => ReadonlyMap<number, number>

/**
 * Prepares to number what a person has unlocked of a title in a sandbox by time: the first is 0, and what was unlocked
 * offline, nobody knows when, comes before the rest. Of two at the same time, the one that a list by time
 * has first has the greater number.
 *
 * @returns what finds the places of unlocks. It reads all that the person has unlocked, once.
 */
export function preparePlaces (database: Database): FindPlaces {
  const find = database.prepare<Whose & { achievements: string }, PlaceRow>(`
    WITH asked AS MATERIALIZED (SELECT value AS achievement FROM json_each(:achievements)),
      placed AS (
        SELECT p.achievement, row_number() OVER (PARTITION BY a.title_id ORDER BY p.time_unlocked, p.achievement DESC) - 1 AS place
        FROM achievement a JOIN progress p ON p.person = +:person AND p.sandbox = +:sandbox AND p.achievement = a.row
        WHERE p.time_unlocked IS NOT NULL
          AND a.title_id IN (SELECT b.title_id FROM asked JOIN achievement b ON b.row = asked.achievement)
      )
    SELECT achievement, place FROM placed WHERE achievement IN asked`)
  return ({ person, sandbox }, achievements) => new Map(find.all({ person, sandbox, achievements: JSON.stringify(achievements) }).map(({ achievement, place }) => [achievement, place]))
}
