import type { Database } from 'better-sqlite3'
import type { EquallyRareUnlocks } from '../../model/played-title.ts'
import type { Generation } from '../../model/title.ts'
import { playersInSandboxOf, unlockersInSandboxOf } from '../player-counts.ts'

type RarityRow = EquallyRareUnlocks & { readonly configuration: number }

/** A person and sandbox, and rows of `service_configuration`. */
export interface RarityRequest {
  readonly person: number
  readonly sandbox: string
  readonly generation: Generation
  readonly configurations: readonly number[]
}

const REQUESTED = 'SELECT value FROM json_each(:configurations)'

/**
 * Prepares to count the unlocks of a person by rarity, that is, by how many users have the same unlock; for each
 * service configuration.
 *
 * @param isListed SQL: whether an achievement `a` counts.
 */
export function prepareUnlockRarity (database: Database, isListed: string): (request: RarityRequest) => ReadonlyMap<number, readonly EquallyRareUnlocks[]> {
  const find = database.prepare<Omit<RarityRequest, 'configurations'> & { configurations: string }, RarityRow>(`
    WITH unlocked AS (
      SELECT a.service_configuration, ${unlockersInSandboxOf('a.row')} AS unlockers
      FROM progress p JOIN achievement a ON a.row = p.achievement
      WHERE p.person = :person AND p.sandbox = :sandbox AND p.time_unlocked IS NOT NULL AND a.service_configuration IN (${REQUESTED}) AND ${isListed}
    ), player_counts AS (
      SELECT service_configuration, count(*) AS players FROM (${playersInSandboxOf(REQUESTED)}) GROUP BY service_configuration
    )
    SELECT service_configuration AS configuration, players, unlockers, count(*) AS unlocks
    FROM unlocked JOIN player_counts USING (service_configuration) GROUP BY service_configuration, unlockers`)
  return ({ person, sandbox, generation, configurations }) =>
    Map.groupBy(find.all({ person, sandbox, generation, configurations: JSON.stringify(configurations) }), ({ configuration }) => configuration)
}
