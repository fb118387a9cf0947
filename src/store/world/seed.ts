import type { Database } from 'better-sqlite3'
import { readInstant } from '../../base/instant.ts'
import type { TimeWindow } from '../../model/achievement.ts'
import { completeReward, orderMediaAsset } from '../../world/complete-reward.ts'
import type { World, WorldAchievement, WorldSession, WorldTitle, WorldUser } from '../../world/schema.ts'
import { readTexts } from '../../world/texts.ts'
import { seedIgdb } from '../igdb/seed.ts'
import { json, toBit } from './rows.ts'
import { seedSessions, seedUsers, type AchievementRows, type PersonRows } from './seed-users.ts'

/**
 * Fills an empty database with a world, in one transaction.
 *
 * @param source where the world comes from, as messages name it.
 */
export function seed (database: Database, world: World, source: string): void {
  database.transaction(() => seedInTransaction(database, world, source)).immediate()
}

/**
 * The same as `seed`, within a transaction that has begun. A nested transaction would be a savepoint, and for a
 * database in memory SQLite goes through all pages saved so far at the end of each statement: replacing a world of
 * 25,000 users took 16 s instead of 1.
 */
export function seedInTransaction (database: Database, world: World, source: string): void {
  const steps = seedStepwise(database, world, { source, people: new Map() })
  while (steps.next().done !== true);
}

/** What is seeded: a world, or one whose users and sessions are made while they are read. Users are read twice. */
export interface Seeds extends Pick<World, 'titles' | 'userKeys'> {
  readonly users: Iterable<WorldUser>
  readonly sessions: Iterable<WorldSession>
}

/**
 * Fills an empty database as `seed` does, and yields after each user and session: whoever runs it may end the
 * transaction there and begin another one.
 *
 * @param people where the rows of people are kept by XUID.
 */
export function * seedStepwise (database: Database, world: Seeds, { source, people }: { source: string, people: PersonRows }): Generator<void> {
  database.prepare('INSERT INTO world (only, source, stamp) VALUES (1, ?, hex(randomblob(16)))').run(source)
  const achievements = seedTitles(database, world.titles)
  // To sort a million rows takes less time than to insert them into an index one by one.
  const createIndexes = dropIndexes(database)
  yield * seedUsers(database, world, { achievements, people })
  createIndexes()
  yield * seedSessions(database, world.sessions, people)
  seedIgdb(database, world, achievements)
  database.prepare('UPDATE world SET recording = 1').run()
}

/** Drops the indexes of progress. @returns a function that builds them again. */
function dropIndexes (database: Database): () => void {
  const indexes = database.prepare<[], { name: string, sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'progress' AND sql IS NOT NULL").all()
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`)
  return () => { for (const { sql } of indexes) database.exec(sql) }
}

function seedTitles (database: Database, titles: readonly WorldTitle[]): AchievementRows {
  const insertConfiguration = database.prepare(`
    INSERT INTO service_configuration (scid, is_public, status, location) VALUES (?, ?, ?, ?)`)
  const insertTitle = database.prepare(`
    INSERT INTO title (title_id, ordinal, service_configuration, name, version, generation, title_type, platform, platforms, product_id, default_locale,
      v1_title_type, v1_platforms, achievement_system, refuses_updates, hub)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertPublication = database.prepare('INSERT INTO publication (sandbox, title_id) VALUES (?, ?)')
  const insertClient = database.prepare('INSERT INTO title_client (client_id, title_id, ordinal) VALUES (?, ?, ?)')
  const insertAchievement = prepareInsertAchievement(database)
  const configurations = new Map<string, number>()
  const achievements = new Map<string, number>()
  for (const [ordinal, title] of titles.entries()) {
    const { serviceConfigId: scid } = title
    const configuration = configurations.get(scid) ??
      Number(insertConfiguration.run(scid, toBit(title.public), title.status, title.location).lastInsertRowid)
    configurations.set(scid, configuration)
    insertTitle.run(title.titleId, ordinal, configuration, title.name, title.version, title.generation, title.titleType,
      title.platform, json(title.platforms), title.productId, title.defaultLocale,
      title.xbox360.titleType, json(title.xbox360.platforms), title.achievementSystem, toBit(title.refusesUpdates), title.titleHub && json(title.titleHub))
    for (const sandbox of title.sandboxes) insertPublication.run(sandbox, title.titleId)
    for (const [place, clientId] of title.clientIds.entries()) insertClient.run(clientId, title.titleId, place)
    for (const achievement of title.achievements) {
      achievements.set(`${scid}/${achievement.id}`, insertAchievement(achievement, title, configuration))
    }
  }
  return achievements
}

function prepareInsertAchievement (database: Database) {
  const insert = database.prepare(`
    INSERT INTO achievement (service_configuration, id, title_id, is_secret, achievement_type, participation_type,
      time_window, requirements, media_assets, rewards, estimated_time, deeplink, gamerscore,
      v1_image_id, v1_type, ends_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertText = database.prepare(`
    INSERT INTO achievement_text (achievement, ordinal, locale, name, description, locked_description)
    VALUES (?, ?, ?, ?, ?, ?)`)
  return (achievement: WorldAchievement, title: WorldTitle, configuration: number): number => {
    const { id, isSecret, achievementType, participationType, timeWindow, estimatedTime, deeplink, xbox360 } = achievement
    const endsAt = achievementType === 'Challenge' && timeWindow !== null ? readInstant(timeWindow.endDate) : null
    const row = Number(insert.run(configuration, id, title.titleId, toBit(isSecret), achievementType, participationType,
      timeWindow && json(orderTimeWindow(timeWindow)), json(achievement.requirements), json(achievement.mediaAssets.map(orderMediaAsset)),
      json(achievement.rewards.map(completeReward)), estimatedTime, deeplink,
      sumGamerscore(achievement), xbox360.imageId, xbox360.type, endsAt).lastInsertRowid)
    let ordinal = 0
    for (const [locale, { name, description, lockedDescription }] of readTexts(achievement, title.defaultLocale)) {
      insertText.run(row, ordinal++, locale, name, description, lockedDescription)
    }
    return row
  }
}

// Stored JSON is sent unchanged, so its members are put into the order of the wire.

const orderTimeWindow = ({ startDate, endDate }: TimeWindow): TimeWindow => ({ startDate, endDate })

function sumGamerscore ({ rewards }: WorldAchievement): number {
  return rewards.reduce((sum, { type, value }) => type === 'Gamerscore' ? sum + Number(value) : sum, 0)
}
