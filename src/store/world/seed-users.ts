import type { Database } from 'better-sqlite3'
import { findPublishedSandboxes } from '../../world/published-sandboxes.ts'
import type { WorldSession, WorldTitle, WorldUser } from '../../world/schema.ts'
import { isNoProgress } from '../progress.ts'
import { json, toBit } from './rows.ts'

/** The row of each achievement, by `{scid}/{id}`. */
export type AchievementRows = ReadonlyMap<string, number>
/** The row of each person, by XUID. */
export interface PersonRows {
  get: (xuid: string) => number | undefined
  set: (xuid: string, row: number) => unknown
}

/** Writes all users and then what each has done, because one may name a later one as a friend. Yields after each user, both times. */
export function * seedUsers (database: Database, { titles, users }: { titles: readonly WorldTitle[], users: Iterable<WorldUser> }, { achievements, people }: { achievements: AchievementRows, people: PersonRows }): Generator<void> {
  const insertPerson = database.prepare('INSERT INTO person (xuid, gamertag, privacy, profile, presence, sign_in_error) VALUES (?, ?, ?, ?, ?, ?)')
  const insertFriend = database.prepare('INSERT INTO friendship (person, friend, is_favorite) VALUES (?, ?, ?)')
  const insertProgress = database.prepare(`
    INSERT INTO progress (person, sandbox, achievement, percent_complete, time_unlocked, unlock_number, is_revoked, current)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertPlay = database.prepare('INSERT INTO play (person, sandbox, title_id, last_played, sequence, minutes_played, stats) VALUES (?, ?, ?, ?, ?, ?, ?)')
  for (const { xuid, gamertag, privacy, profile, presence, signInError } of users) {
    people.set(xuid, Number(insertPerson.run(xuid, gamertag, privacy, profile && json(profile), presence && json(presence), signInError).lastInsertRowid))
    yield
  }
  const { ofTitle, ofConfiguration } = findPublishedSandboxes(titles)
  const sandboxesOf = (sandbox: string | null, published: ReadonlySet<string> | undefined): Iterable<string> => sandbox === null ? published as ReadonlySet<string> : [sandbox]
  for (const { xuid, friends, favorites, titles: played, achievements: progress } of users) {
    const person = people.get(xuid)
    const favorite = favorites.length === 0 ? undefined : new Set(favorites)
    for (const friend of friends) insertFriend.run(person, people.get(friend), toBit(favorite?.has(friend) === true))
    for (const { titleId, sandbox, lastPlayed, sequence, minutesPlayed, stats } of played) {
      const others = stats.length === 0 ? null : json(stats)
      for (const each of sandboxesOf(sandbox, ofTitle.get(titleId))) insertPlay.run(person, each, titleId, lastPlayed, sequence, minutesPlayed, others)
    }
    for (const { serviceConfigId, id, sandbox, percentComplete, timeUnlocked, isRevoked, requirements } of progress) {
      const current = requirements.map((requirement) => [requirement.id, requirement.current] as const)
      if (isNoProgress({ percentComplete, timeUnlocked, isRevoked, current: new Map(current) })) continue
      for (const each of sandboxesOf(sandbox, ofConfiguration.get(serviceConfigId))) {
        insertProgress.run(person, each, achievements.get(`${serviceConfigId}/${id}`), percentComplete, timeUnlocked,
          timeUnlocked === null ? null : 0, toBit(isRevoked), json(current))
      }
    }
    yield
  }
}

/** Writes sessions, and yields after each. */
export function * seedSessions (database: Database, sessions: Iterable<WorldSession>, people: PersonRows): Generator<void> {
  const insert = database.prepare(`
    INSERT INTO session (user_hash, token, person, title_id, sandbox, location, third_party_site, expires)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  for (const { userHash, token, xuid, titleId, sandbox, location, thirdPartySite, expires } of sessions) {
    insert.run(userHash, token, xuid === null ? null : people.get(xuid), titleId, sandbox, location, toBit(thirdPartySite), expires)
    yield
  }
}
