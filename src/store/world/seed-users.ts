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
  const insertPerson = database.prepare('INSERT INTO person (xuid, gamertag, privacy) VALUES (?, ?, ?)')
  const insertFriend = database.prepare('INSERT INTO friendship (person, friend) VALUES (?, ?)')
  const insertProgress = database.prepare(`
    INSERT INTO progress (person, sandbox, achievement, percent_complete, time_unlocked, unlock_number, is_revoked, current)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertPlay = database.prepare('INSERT INTO play (person, sandbox, title_id, last_played, sequence) VALUES (?, ?, ?, ?, ?)')
  for (const { xuid, gamertag, privacy } of users) {
    people.set(xuid, Number(insertPerson.run(xuid, gamertag, privacy).lastInsertRowid))
    yield
  }
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
