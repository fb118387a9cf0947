import type { Database } from 'better-sqlite3'
import type { Generation } from '../model/title.ts'
import type { EquallyRareUnlocks } from '../model/played-title.ts'
import { playersInSandboxOf, unlockersInSandboxOf } from './popularity.ts'

type Found = EquallyRareUnlocks & { readonly configuration: number }

/** Whose unlocks, and of which rows of `service_configuration`. */
export interface UnlocksOf {
  readonly person: number
  readonly sandbox: string
  readonly generation: Generation
  readonly configurations: readonly number[]
}

const ASKED = 'SELECT value FROM json_each(:configurations)'

/**
 * Prepares to tell what a person has unlocked by how many others did, for each service configuration.
 *
 * @param shown SQL that says which achievements `a` count.
 */
export function prepareRareUnlocks (database: Database, shown: string): (of: UnlocksOf) => ReadonlyMap<number, readonly EquallyRareUnlocks[]> {
  const find = database.prepare<Omit<UnlocksOf, 'configurations'> & { configurations: string }, Found>(`
    WITH unlocked AS (
      SELECT a.service_configuration, ${unlockersInSandboxOf('a.row')} AS unlockers
      FROM progress p JOIN achievement a ON a.row = p.achievement
      WHERE p.person = :person AND p.sandbox = :sandbox AND p.time_unlocked IS NOT NULL AND a.service_configuration IN (${ASKED}) AND ${shown}
    ), crowds AS (
      SELECT service_configuration, count(*) AS players FROM (${playersInSandboxOf(ASKED)}) GROUP BY service_configuration
    )
    SELECT service_configuration AS configuration, players, unlockers, count(*) AS unlocks
    FROM unlocked JOIN crowds USING (service_configuration) GROUP BY service_configuration, unlockers`)
  return ({ person, sandbox, generation, configurations }) =>
    Map.groupBy(find.all({ person, sandbox, generation, configurations: JSON.stringify(configurations) }), ({ configuration }) => configuration)
}
