import type { Database } from 'better-sqlite3'
import type { CacheFactory } from '../base/cache.ts'
import { readUnsigned64 } from '../base/integers.ts'
import type { Presence, UserProfile } from '../model/user-details.ts'
import type { Privacy, Profile, StoredUser } from '../model/user.ts'
import { prepareUserDetails } from './user-details.ts'
import { prepareUserLists } from './user-lists.ts'

/** How many users are cached. */
const CACHED_USERS = 1000

/** Prepares to read users and their friends. */
export function preparePeople (database: Database, cache: CacheFactory) {
  const find = database.prepare<[string], StoredUser>('SELECT row, xuid, privacy FROM person WHERE xuid = ?')
  const hasFriend = database.prepare<[number, string], number>(`
    SELECT 1 FROM friendship JOIN person ON person.row = friendship.friend
    WHERE friendship.person = ? AND person.xuid = ?`).pluck()
  const findSettings = database.prepare<[string], { gamertag: string, privacy: Privacy }>('SELECT gamertag, privacy FROM person WHERE xuid = ?')
  const findProfile = database.prepare<[string], Profile>('SELECT xuid, gamertag FROM person WHERE xuid = ?')
  const findTagged = database.prepare<[string], Profile>('SELECT xuid, gamertag FROM person WHERE gamertag = ?')
  return {
    /** The user with a canonical XUID; undefined when there is none. */
    find: cache.state({ name: 'people', size: CACHED_USERS }, (xuid: string): StoredUser | undefined => find.get(xuid)),

    /** True when the person has added the user with the canonical XUID. */
    hasFriend: (person: StoredUser, xuid: string): boolean => hasFriend.get(person.row, xuid) !== undefined,

    /** The gamertag and privacy setting of the user with a canonical XUID; undefined when there is none. */
    findSettings: (xuid: string) => findSettings.get(xuid),

    /** The XUID of the user with a gamertag, in any letter case. */
    findXuid: (gamertag: string): string | undefined => findTagged.get(gamertag)?.xuid,

    /** The user with a XUID, in any spelling, or else with a gamertag, in any letter case; undefined when there is none. */
    findNamed: (name: string): Profile | undefined => findProfile.get(readUnsigned64(name) ?? '') ?? findTagged.get(name),

    ...prepareUserLists(database, cache),
    ...prepareUserDetails(database)
  }
}

/** A user as it is written. */
export interface UserWrite {
  readonly xuid: string
  readonly gamertag: string
  readonly privacy: Privacy
  /** Null: it does not change. */
  readonly profile: UserProfile | null
  /** 0: signing in is not refused; null: it does not change. */
  readonly signInError: number | null
}

/** Prepares to write users and their friends. */
export function preparePeopleWrites (database: Database) {
  const write = database.prepare<Omit<UserWrite, 'profile'> & { profile: string | null }>(`
    INSERT INTO person (xuid, gamertag, privacy, profile, sign_in_error) VALUES (:xuid, :gamertag, :privacy, :profile, nullif(:signInError, 0))
    ON CONFLICT (xuid) DO UPDATE SET gamertag = excluded.gamertag, privacy = excluded.privacy,
      profile = coalesce(excluded.profile, profile), sign_in_error = nullif(coalesce(:signInError, sign_in_error), 0)`)
  const setPresence = database.prepare<{ presence: string | null, row: number }>('UPDATE person SET presence = :presence WHERE row = :row AND presence IS NOT :presence')
  const setPrivacy = database.prepare<[Privacy, number]>('UPDATE person SET privacy = ? WHERE row = ?')
  const addFriend = database.prepare<{ person: number, friend: number, isFavorite: number | null }>(`
    INSERT INTO friendship (person, friend, is_favorite) VALUES (:person, :friend, coalesce(:isFavorite, 0))
    ON CONFLICT DO UPDATE SET is_favorite = excluded.is_favorite WHERE :isFavorite IS NOT NULL AND is_favorite <> excluded.is_favorite`)
  const removeFriend = database.prepare<[number, number]>('DELETE FROM friendship WHERE person = ? AND friend = ?')
  const removals = ['session WHERE person', 'progress WHERE person', 'play WHERE person', 'friendship WHERE person', 'friendship WHERE friend', 'person WHERE row']
    .map((rows) => database.prepare<[number]>(`DELETE FROM ${rows} = ?`))
  return {
    /** Adds a user, or changes the one with the XUID. */
    put ({ profile, ...user }: UserWrite): void { write.run({ ...user, profile: profile && JSON.stringify(profile) }) },

    /** @returns false when it is the same as before. */
    setPresence: ({ row }: StoredUser, presence: Presence | null): boolean => setPresence.run({ row, presence: presence && JSON.stringify(presence) }).changes > 0,

    setPrivacy ({ row }: StoredUser, privacy: Privacy): void { setPrivacy.run(privacy, row) },

    /**
     * @param isFavorite null: it does not change, and a new friend is none.
     * @returns false when nothing has changed.
     */
    addFriend: ({ row }: StoredUser, friend: StoredUser, isFavorite: boolean | null): boolean =>
      addFriend.run({ person: row, friend: friend.row, isFavorite: isFavorite === null ? null : Number(isFavorite) }).changes > 0,

    /** False when the person had not added the friend. */
    removeFriend: ({ row }: StoredUser, friend: StoredUser): boolean => removeFriend.run(row, friend.row).changes > 0,

    /** Deletes a user and everything that refers to it. */
    remove ({ row }: StoredUser): void {
      for (const removal of removals) removal.run(row)
    }
  }
}
