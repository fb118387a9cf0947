import type { Database } from 'better-sqlite3'
import type { WorldPlayedTitle, WorldProgress, WorldUser } from '../../world/schema.ts'
import { groupByOwner, type Row } from './rows.ts'

/** Which users are read, and what of their progress; of all users, everything. */
interface UserPart {
  /** A row of `person`. */
  readonly person: number
  /** Only progress in this service configuration; null: in any. */
  readonly scid: string | null
}

/**
 * Prepares to read users as a world has them.
 *
 * @param which all users, or the one whom the function is given.
 */
export function prepareReadUsers (database: Database, which: 'all' | 'one'): (key?: UserPart) => WorldUser[] {
  const isOne = which === 'one'
  const all = (sql: string) => database.prepare<[object], Row>(sql)
  const where = (person: string, more = ''): string => isOne ? `WHERE ${person} = :person ${more}` : ''
  const people = all(`SELECT * FROM person ${where('row')} ORDER BY row`)
  const friendships = all(`SELECT f.person AS owner, f.is_favorite, p.xuid FROM friendship f JOIN person p ON p.row = f.friend ${where('f.person')} ORDER BY f.person, f.friend`)
  const plays = all(`SELECT *, person AS owner, title_id AS item, title_id AS published, ${PRESENT_SEQUENCE} AS present_sequence FROM play ${where('person')} ORDER BY person, title_id, sandbox`)
  const progress = all(`SELECT p.*, p.person AS owner, c.scid, a.id, p.achievement AS item, c.row AS published FROM progress p JOIN achievement a ON a.row = p.achievement
    JOIN service_configuration c ON c.row = a.service_configuration ${where('p.person', 'AND (:scid IS NULL OR c.scid = :scid)')} ORDER BY p.person, p.achievement, p.sandbox`)
  const sandboxesBy = (key: string, view: string, played: string) => database.prepare<[object], [number, string]>(
    `SELECT ${key}, group_concat(sandbox ORDER BY sandbox) FROM ${view} ${isOne ? `WHERE ${key} IN (${played})` : ''} GROUP BY ${key}`).raw()
  const playSandboxes = sandboxesBy('title_id', 'play_sandbox', 'SELECT title_id FROM play WHERE person = :person')
  const progressSandboxes = sandboxesBy('service_configuration', 'progress_sandbox', 'SELECT service_configuration FROM achievement WHERE row IN (SELECT achievement FROM progress WHERE person = :person)')
  return (key = { person: 0, scid: null }) => {
    const friendsOf = groupByOwner(friendships.iterate(key), (row) => row)
    const titlesOf = groupByOwner(uniteSandboxes(plays.iterate(key), toWorldPlayedTitle, new Map(playSandboxes.all(key))), ({ entry }) => entry)
    const achievementsOf = groupByOwner(uniteSandboxes(progress.iterate(key), toWorldProgress, new Map(progressSandboxes.all(key))), ({ entry }) => entry)
    return people.all(key).map(({ row, xuid, gamertag, privacy, profile, presence, sign_in_error: signInError }) => ({
      xuid,
      gamertag,
      privacy,
      friends: friendsOf.get(row)?.map(friendOf) ?? [],
      favorites: friendsOf.get(row)?.filter(isFavorite).map(friendOf) ?? [],
      profile: profile && JSON.parse(profile),
      presence: presence && JSON.parse(presence),
      signInError,
      titles: titlesOf.get(row) ?? [],
      achievements: achievementsOf.get(row) ?? []
    }))
  }
}

const friendOf = ({ xuid }: Row): string => xuid
const isFavorite = ({ is_favorite: favorite }: Row): boolean => favorite === 1

/** The rows of each `item` of an `owner`, which follow one another. */
function * groupByItem (rows: Iterable<Row>): Generator<readonly [Row, ...Row[]]> {
  let item: [Row, ...Row[]] | undefined
  for (const row of rows) {
    if (item?.[0]['owner'] === row['owner'] && item?.[0]['item'] === row['item']) {
      item?.push(row)
    } else {
      if (item !== undefined) yield item
      item = [row]
    }
  }
  if (item !== undefined) yield item
}

/**
 * Turns rows, each of one sandbox, into entries. One entry that names no sandbox replaces entries that are equal in
 * all sandboxes in which the title or service configuration is published.
 *
 * @param sandboxes by the `published` of a row, comma-delimited.
 */
function * uniteSandboxes<T> (rows: Iterable<Row>, read: (row: Row, sandbox: string | null) => T, sandboxes: ReadonlyMap<number, string>): Generator<{ owner: number, entry: T }> {
  for (const item of groupByItem(rows)) {
    const [first, ...others] = item
    const { owner, published } = first
    const united = read(first, null)
    const isSame = item.map(({ sandbox }) => sandbox).join() === sandboxes.get(published) && others.every((other) => JSON.stringify(read(other, null)) === JSON.stringify(united))
    if (isSame) yield { owner, entry: united }
    else for (const row of item) yield { owner, entry: read(row, row['sandbox']) }
  }
}

/**
 * SQL: the sequence of a `play` that the world set, plus the unlocks since the world was seeded, because the unlocks
 * of an exported world are seeded ones. As in a title history (lists/history.ts), the listed achievements count.
 *
 * CROSS makes SQLite go from the title to its achievements, and not through all progress of the person for each title.
 */
const PRESENT_SEQUENCE = `iif(sequence IS NULL, NULL, min(4294967295, sequence + (
  SELECT count(*) FROM title t CROSS JOIN title d USING (service_configuration, generation)
    CROSS JOIN publication u ON u.title_id = d.title_id AND u.sandbox = play.sandbox CROSS JOIN achievement a ON a.title_id = d.title_id
    CROSS JOIN progress p ON p.person = play.person AND p.sandbox = play.sandbox AND p.achievement = a.row
  WHERE t.title_id = play.title_id AND p.unlock_number > 0)))`

function toWorldPlayedTitle (row: Row, sandbox: string | null): WorldPlayedTitle {
  return {
    titleId: row['title_id'],
    sandbox,
    lastPlayed: row['last_played'],
    sequence: row['present_sequence'],
    minutesPlayed: row['minutes_played'],
    stats: row['stats'] === null ? [] : JSON.parse(row['stats'])
  }
}

function toWorldProgress (row: Row, sandbox: string | null): WorldProgress {
  return {
    serviceConfigId: row['scid'],
    id: row['id'],
    sandbox,
    percentComplete: row['percent_complete'],
    timeUnlocked: row['time_unlocked'],
    isRevoked: row['is_revoked'] === 1,
    requirements: JSON.parse(row['current']).map(([id, current]: [string, string]) => ({ id, current }))
  }
}
