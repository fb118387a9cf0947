import type { Database } from 'better-sqlite3'
import { readInstant } from '../../base/instant.ts'
import type { MediaAsset, Reward, TimeWindow } from '../../model/achievement.ts'
import { findPublishedSandboxes } from '../../world/published-sandboxes.ts'
import type { World, WorldAchievement, WorldReward, WorldTitle } from '../../world/schema.ts'
import { readTexts } from '../../world/texts.ts'
import { seedIgdb } from '../igdb/seed.ts'
import { isNoProgress } from '../progress.ts'

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
  database.prepare('INSERT INTO world (only, source, stamp) VALUES (1, ?, hex(randomblob(16)))').run(source)
  const achievements = seedTitles(database, world.titles)
  const people = withoutIndexes(database, () => seedUsers(database, world, achievements))
  seedSessions(database, world, people)
  seedIgdb(database, world, achievements)
  database.prepare('UPDATE world SET recording = 1').run()
}

/**
 * Writes progress without its indexes, and builds them afterwards: sorting a million rows takes less time than
 * inserting them into an index one by one.
 */
function withoutIndexes<T> (database: Database, write: () => T): T {
  const indexes = database.prepare<[], { name: string, sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'progress' AND sql IS NOT NULL").all()
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`)
  const result = write()
  for (const { sql } of indexes) database.exec(sql)
  return result
}

/** The row of each achievement, by `{scid}/{id}`. */
type AchievementRows = ReadonlyMap<string, number>
/** The row of each person, by XUID. */
type PersonRows = ReadonlyMap<string, number>

const json = JSON.stringify
const toBit = Number

function seedTitles (database: Database, titles: readonly WorldTitle[]): AchievementRows {
  const insertConfiguration = database.prepare(`
    INSERT INTO service_configuration (scid, is_public, status, location) VALUES (?, ?, ?, ?)`)
  const insertTitle = database.prepare(`
    INSERT INTO title (title_id, ordinal, service_configuration, name, version, generation, title_type, platform, platforms, product_id, default_locale,
      v1_title_type, v1_platforms, achievement_system, refuses_updates)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertPublication = database.prepare('INSERT INTO publication (sandbox, title_id) VALUES (?, ?)')
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
      title.xbox360.titleType, json(title.xbox360.platforms), title.achievementSystem, toBit(title.refusesUpdates))
    for (const sandbox of title.sandboxes) insertPublication.run(sandbox, title.titleId)
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

const orderMediaAsset = ({ name, type, url }: MediaAsset): MediaAsset => ({ name, type, url })

const VALUE_TYPES = { Gamerscore: 'Int', InApp: 'String', Art: 'Uri' }

function completeReward ({ name, description, value, type, valueType, mediaAsset }: WorldReward): Reward {
  return { name, description, value, type, valueType: valueType ?? VALUE_TYPES[type], mediaAsset: mediaAsset && orderMediaAsset(mediaAsset) }
}

function sumGamerscore ({ rewards }: WorldAchievement): number {
  return rewards.reduce((sum, { type, value }) => type === 'Gamerscore' ? sum + Number(value) : sum, 0)
}

function seedUsers (database: Database, { titles, users }: World, achievements: AchievementRows): PersonRows {
  const insertPerson = database.prepare('INSERT INTO person (xuid, gamertag, privacy) VALUES (?, ?, ?)')
  const insertFriend = database.prepare('INSERT INTO friendship (person, friend) VALUES (?, ?)')
  const insertProgress = database.prepare(`
    INSERT INTO progress (person, sandbox, achievement, percent_complete, time_unlocked, unlock_number, is_revoked, current)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertPlay = database.prepare('INSERT INTO play (person, sandbox, title_id, last_played, sequence) VALUES (?, ?, ?, ?, ?)')
  const people = new Map(users.map(({ xuid, gamertag, privacy }) =>
    [xuid, Number(insertPerson.run(xuid, gamertag, privacy).lastInsertRowid)]))
  const { ofTitle, ofConfiguration } = findPublishedSandboxes(titles)
  const sandboxesOf = (sandbox: string | null, published: ReadonlySet<string> | undefined): Iterable<string> => sandbox === null ? published as ReadonlySet<string> : [sandbox]
  for (const { xuid, friends, titles: played, achievements: progress } of users) {
    const person = people.get(xuid)
    for (const friend of friends) insertFriend.run(person, people.get(friend))
    for (const { titleId, sandbox, lastPlayed, sequence } of played) {
      for (const each of sandboxesOf(sandbox, ofTitle.get(titleId))) insertPlay.run(person, each, titleId, lastPlayed, sequence)
    }
    for (const { serviceConfigId, id, sandbox, percentComplete, timeUnlocked, isRevoked, requirements } of progress) {
      const current = requirements.map((requirement) => [requirement.id, requirement.current] as const)
      if (isNoProgress({ percentComplete, timeUnlocked, isRevoked, current: new Map(current) })) continue
      for (const each of sandboxesOf(sandbox, ofConfiguration.get(serviceConfigId))) {
        insertProgress.run(person, each, achievements.get(`${serviceConfigId}/${id}`), percentComplete, timeUnlocked,
          timeUnlocked === null ? null : 0, toBit(isRevoked), json(current))
      }
    }
  }
  return people
}

function seedSessions (database: Database, { sessions }: World, people: PersonRows): void {
  const insert = database.prepare(`
    INSERT INTO session (user_hash, token, person, title_id, sandbox, location, third_party_site, expires)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  for (const { userHash, token, xuid, titleId, sandbox, location, thirdPartySite, expires } of sessions) {
    insert.run(userHash, token, xuid === null ? null : people.get(xuid), titleId, sandbox, location, toBit(thirdPartySite), expires)
  }
}
