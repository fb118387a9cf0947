import type { Database } from 'better-sqlite3'
import type { Keep } from '../base/cache.ts'
import type { Person, Privacy, Profile } from '../model/user.ts'

/** How many users are kept that were looked up. */
const KEPT = 1000

/** The users, and whom they have added. */
export function preparePeople (database: Database, keep: Keep) {
  const find = database.prepare<[string], Person>('SELECT row, xuid, privacy FROM person WHERE xuid = ?')
  const hasFriend = database.prepare<[number, string], number>(`
    SELECT 1 FROM friendship JOIN person ON person.row = friendship.friend
    WHERE friendship.person = ? AND person.xuid = ?`).pluck()
  const describe = database.prepare<[string], { gamertag: string, privacy: Privacy }>('SELECT gamertag, privacy FROM person WHERE xuid = ?')
  const findGamertag = database.prepare<[string], string>('SELECT xuid FROM person WHERE gamertag = ?').pluck()
  const list = database.prepare<[number], Profile>('SELECT xuid, gamertag FROM person ORDER BY row LIMIT ?')
  return {
    /** The user with a canonical XUID; undefined when there is none. */
    find: keep.state({ name: 'people', size: KEPT }, (xuid: string): Person | undefined => find.get(xuid)),

    /** True when the person has added the user with the canonical XUID. */
    hasFriend: (person: Person, xuid: string): boolean => hasFriend.get(person.row, xuid) !== undefined,

    /** What a user with a canonical XUID is called and shows; undefined when there is none. */
    describe: (xuid: string) => describe.get(xuid),

    /** The XUID of the user with a gamertag, in any letter case. */
    findGamertag: (gamertag: string): string | undefined => findGamertag.get(gamertag),

    /** The first users, in the order of definition. */
    list: (count: number): Profile[] => list.all(count)
  }
}

/** What changes them. */
export function preparePeopleWrites (database: Database) {
  const write = database.prepare<{ xuid: string, gamertag: string, privacy: Privacy }>(`
    INSERT INTO person (xuid, gamertag, privacy) VALUES (:xuid, :gamertag, :privacy)
    ON CONFLICT (xuid) DO UPDATE SET gamertag = excluded.gamertag, privacy = excluded.privacy`)
  const setPrivacy = database.prepare<[Privacy, number]>('UPDATE person SET privacy = ? WHERE row = ?')
  const addFriend = database.prepare<[number, number]>('INSERT INTO friendship (person, friend) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const removeFriend = database.prepare<[number, number]>('DELETE FROM friendship WHERE person = ? AND friend = ?')
  const removals = ['session WHERE person', 'progress WHERE person', 'play WHERE person', 'friendship WHERE person', 'friendship WHERE friend', 'person WHERE row']
    .map((rows) => database.prepare<[number]>(`DELETE FROM ${rows} = ?`))
  return {
    /** Makes a user, or changes the one with the XUID. */
    put (user: { xuid: string, gamertag: string, privacy: Privacy }): void { write.run(user) },

    setPrivacy ({ row }: Person, privacy: Privacy): void { setPrivacy.run(privacy, row) },

    addFriend ({ row }: Person, friend: Person): void { addFriend.run(row, friend.row) },

    /** False when the person had not added the friend. */
    removeFriend: ({ row }: Person, friend: Person): boolean => removeFriend.run(row, friend.row).changes > 0,

    /** Deletes a user and everything that refers to it. */
    remove ({ row }: Person): void {
      for (const removal of removals) removal.run(row)
    }
  }
}
