import type { Database } from 'better-sqlite3'
import type { CacheFactory } from '../base/cache.ts'
import type { ListedFriend, ListedUser, Profile, StoredUser, UserRange, UserSearch } from '../model/user.ts'

/** SQL: the titles that a person has played, or has begun an achievement of, some of them several times. */
const TITLES_OF_PERSON = `SELECT title_id FROM play WHERE play.person = person.row
  UNION ALL SELECT title_id FROM progress JOIN achievement ON achievement.row = progress.achievement WHERE progress.person = person.row`

/** The columns of a listed user: what was done in several sandboxes counts once. */
const LISTED_COLUMNS = `xuid, gamertag, privacy, sign_in_error AS signInError,
  (SELECT coalesce(sum(gamerscore), 0) FROM achievement
    WHERE row IN (SELECT achievement FROM progress WHERE progress.person = person.row AND time_unlocked IS NOT NULL)) AS gamerscore,
  (SELECT json_group_array(DISTINCT title_id) FROM (${TITLES_OF_PERSON})) AS played,
  (SELECT count(*) FROM friendship WHERE friendship.person = person.row) AS friendCount`

/** How many titles are cached with what they are worth. */
const CACHED_WORTHS = 1000

/** A byte that is in no text: with it after them the first characters of a gamertag are greater than every gamertag that begins so. */
const NO_CHARACTER = "CAST(x'FF' AS TEXT)"

const BEGINS_SO = `gamertag >= :search COLLATE NOCASE AND gamertag < :search || ${NO_CHARACTER}`

/** A listed user as SQLite returns it: `played` is a JSON array of title ids. */
type ListedRow = Omit<ListedUser, 'possibleGamerscore' | 'titlesPlayed'> & { readonly played: string }

/** Prepares to list users. */
export function prepareUserLists (database: Database, cache: CacheFactory) {
  const sumWorth = database.prepare<[number], number>('SELECT coalesce(sum(gamerscore), 0) FROM achievement WHERE title_id = ?').pluck()
  const worthOf = cache.definitions({ name: 'title worths', size: CACHED_WORTHS }, (titleId: number): number => sumWorth.get(titleId) as number)
  const toListedUser = ({ xuid, gamertag, privacy, gamerscore, played, friendCount, signInError }: ListedRow): ListedUser => {
    const titles = JSON.parse(played) as number[]
    return { xuid, gamertag, privacy, gamerscore, possibleGamerscore: titles.reduce((sum, titleId) => sum + worthOf(titleId), 0), titlesPlayed: titles.length, friendCount, signInError }
  }
  const list = database.prepare<[number], Profile>('SELECT xuid, gamertag FROM person ORDER BY row LIMIT ?')
  // The greater of the two bounds, so that every page begins where it is sought. A gamertag is compared in any letter case.
  const readPage = database.prepare<[UserRange], ListedRow>(`
    SELECT ${LISTED_COLUMNS} FROM person
    WHERE gamertag >= max(coalesce(:after, '') COLLATE NOCASE, :gamertag) AND gamertag < :gamertag || ${NO_CHARACTER} AND gamertag IS NOT :after
    ORDER BY gamertag LIMIT :limit`)
  const readByXuid = database.prepare<{ search: string, after: string, limit: number }, ListedRow>(`
    SELECT ${LISTED_COLUMNS} FROM person
    WHERE xuid >= max(:search, :after) AND xuid < :search || ':' AND xuid IS NOT :after AND NOT (${BEGINS_SO})
    ORDER BY xuid LIMIT :limit`)
  const findByStart = database.prepare<{ gamertag: string, limit: number }, string>(`
    SELECT xuid FROM person WHERE gamertag >= :gamertag AND gamertag < :gamertag || ${NO_CHARACTER} ORDER BY gamertag LIMIT :limit`).pluck()
  const listFriends = database.prepare<[number], ListedRow & { isFavorite: number }>(`
    SELECT ${LISTED_COLUMNS}, is_favorite AS isFavorite FROM friendship JOIN person ON person.row = friendship.friend WHERE friendship.person = ? ORDER BY friendship.friend`)
  return {
    /** The first users, in the order of definition. */
    list: (count: number): Profile[] => list.all(count),

    /** A part of the list of users, in the order of the gamertags. */
    readPage: (range: UserRange): ListedUser[] => readPage.all(range).map(toListedUser),

    /** A part of the users whose gamertags or XUIDs begin with a text. */
    search ({ search, after, limit }: UserSearch): ListedUser[] {
      const byGamertag = after !== null && 'xuid' in after ? [] : readPage.all({ gamertag: search, after: after?.gamertag ?? null, limit })
      // A negative limit, EVERY, is none to SQLite.
      const left = limit < 0 ? limit : limit - byGamertag.length
      const byXuid = left === 0 || !/^[0-9]+$/.test(search) ? [] : readByXuid.all({ search, after: after !== null && 'xuid' in after ? after.xuid : '', limit: left })
      return [...byGamertag, ...byXuid].map(toListedUser)
    },

    /** The XUIDs of the first users whose gamertags begin with a text, in the order of the gamertags. */
    findByStart: (search: { readonly gamertag: string, readonly limit: number }): string[] => findByStart.all(search),

    /** The users whom a person has added, in the order of definition. */
    listFriends: ({ row }: StoredUser): ListedFriend[] => listFriends.all(row).map(({ isFavorite, ...friend }) => ({ ...toListedUser(friend), isFavorite: isFavorite === 1 }))
  }
}
