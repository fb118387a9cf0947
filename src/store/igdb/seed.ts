import type { Database } from 'better-sqlite3'
import { WorldIgdb } from '../../world/schema-igdb.ts'
import type { World } from '../../world/schema.ts'
import { DERIVE_RECORDS } from '../migrations/003-igdb.ts'

/** The members in the order of the schema: an export contains their JSON as it is stored. */
const MEMBERS = [...Object.keys(WorldIgdb.properties), 'url', 'cloudinaryId', 'width', 'height']

/**
 * Fills the tables of the IGDB host: a record of every achievement, derived from the seeded tables, with the
 * members that the world sets; and the user keys.
 *
 * @param achievements the row of each achievement, by `{scid}/{id}`.
 */
export function seedIgdb (database: Database, { titles, userKeys }: Pick<World, 'titles' | 'userKeys'>, achievements: ReadonlyMap<string, number>): void {
  database.exec(DERIVE_RECORDS)
  const setMembers = prepareSetMembers(database)
  for (const { serviceConfigId, achievements: defined } of titles) {
    for (const { id, igdb } of defined) {
      if (igdb !== null) setMembers(igdb, achievements.get(`${serviceConfigId}/${id}`) as number)
    }
  }
  const insertKey = database.prepare('INSERT INTO user_key (user_key) VALUES (?)')
  for (const key of userKeys) insertKey.run(key)
}

/** Prepares to set the members of a record to the values that the world has for them. */
function prepareSetMembers (database: Database) {
  const update = database.prepare(`
    UPDATE igdb_record SET id = coalesce(:id, id), category = :category, created_at = :createdAt, updated_at = :updatedAt,
      icon = coalesce(:icon, icon), game = :game, rank = :rank, external_id = coalesce(:externalId, external_id),
      owners = :owners, owners_percentage = :ownersPercentage, tags = :tags, language = :language, given = :given
    WHERE achievement = :achievement`)
  return (igdb: WorldIgdb, achievement: number): void => {
    const { icon, tags, createdAt, updatedAt, ...rest } = igdb
    update.run({
      ...rest,
      achievement,
      createdAt,
      updatedAt: updatedAt ?? createdAt,
      icon: icon && iconJson(icon),
      tags: tags.length === 0 ? null : JSON.stringify(tags),
      given: JSON.stringify(igdb, MEMBERS)
    })
  }
}

/** An icon as the wire has it, without members that have no value. */
function iconJson ({ url, cloudinaryId, width, height }: NonNullable<WorldIgdb['icon']>): string {
  return JSON.stringify({ url, cloudinary_id: cloudinaryId ?? undefined, width: width ?? undefined, height: height ?? undefined })
}
