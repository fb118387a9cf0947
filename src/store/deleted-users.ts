import type { Database } from 'better-sqlite3'
import type { StoredUser } from '../model/user.ts'
import { keepNewest } from './keep-newest.ts'
import type { Row } from './world/rows.ts'

/** How many deleted users are kept; older ones are forgotten. */
const MOST_DELETED_USERS = 1000

/** Everything that refers to a user; each table comes after those that it refers to. */
const OF_USER = {
  person: 'row = :row',
  friendship: 'person = :row OR friend = :row',
  play: 'person = :row',
  progress: 'person = :row',
  session: 'person = :row',
  notification_endpoint: 'xuid = :xuid'
} as const
const OF_USER_TABLES = Object.keys(OF_USER) as Array<keyof typeof OF_USER>

/** The rows of a user by table. Those of friendships have the XUIDs of both besides: another user may get a row that has become free. */
type DeletedRows = Readonly<Record<keyof typeof OF_USER, readonly Row[]>>

/** Prepares to read which users were deleted. */
export function prepareDeletedUsers (database: Database) {
  const findGamertag = database.prepare<[string], string>('SELECT gamertag FROM deleted_user WHERE xuid = ?').pluck()
  const findXuid = database.prepare<[string], string>('SELECT xuid FROM deleted_user WHERE gamertag = ? ORDER BY row DESC LIMIT 1').pluck()
  return {
    /** The gamertag of a deleted user; undefined when none with the canonical XUID is kept. */
    findGamertag: (xuid: string): string | undefined => findGamertag.get(xuid),

    /** The XUID of the user who was deleted last with a gamertag, in any letter case. */
    findXuid: (gamertag: string): string | undefined => findXuid.get(gamertag)
  }
}

/** Prepares to keep users who are deleted, and to bring them back. */
export function prepareDeletedUserWrites (database: Database) {
  const xuidOf = (column: string): string => `(SELECT xuid FROM person WHERE row = ${column})`
  const read = OF_USER_TABLES.map((table) => {
    const xuids = table === 'friendship' ? `, ${xuidOf('person')} AS person_xuid, ${xuidOf('friend')} AS friend_xuid` : ''
    return [table, database.prepare<[StoredUser], Row>(`SELECT *${xuids} FROM ${table} WHERE ${OF_USER[table]}`)] as const
  })
  const keep = database.prepare<{ xuid: string, deleted: string }>(`
    INSERT OR REPLACE INTO deleted_user (xuid, gamertag, deleted) SELECT xuid, gamertag, :deleted FROM person WHERE xuid = :xuid`)
  const trim = database.prepare<[]>(keepNewest('deleted_user', { condition: 'TRUE', kept: MOST_DELETED_USERS }))
  const take = database.prepare<[string], string>('DELETE FROM deleted_user WHERE xuid = ? RETURNING deleted').pluck()
  const insertRows = prepareInsertRows(database)
  return {
    /** Keeps a user who is about to be deleted. */
    keep (person: StoredUser): void {
      keep.run({ xuid: person.xuid, deleted: JSON.stringify(Object.fromEntries(read.map(([table, rows]) => [table, rows.all(person)]))) })
      trim.run()
    },

    /** Brings back a user who is kept. Nobody may have the XUID and the gamertag. */
    restore (xuid: string): void { insertRows(JSON.parse(take.get(xuid) as string)) }
  }
}

/** Prepares to write rows again: each with its number unless another one has it by now. */
function prepareInsertRows (database: Database): (deleted: DeletedRows) => void {
  const insert = (table: keyof typeof OF_USER, values: Readonly<Record<string, string>> = {}) => {
    const columns = (database.pragma(`table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name)
    return database.prepare<[Row]>(`
      INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((name) => values[name] ?? `:${name}`).join(', ')}`)
  }
  const ownRow = (table: string): Record<string, string> => ({ row: `iif(EXISTS (SELECT 1 FROM ${table} WHERE row = :row), NULL, :row)` })
  const person = insert('person', ownRow('person'))
  const ofPerson = { person: ':newPerson' }
  const others = [['play', insert('play', ofPerson)], ['progress', insert('progress', ofPerson)], ['session', insert('session', { ...ofPerson, ...ownRow('session') })], ['notification_endpoint', insert('notification_endpoint', ownRow('notification_endpoint'))]] as const
  const befriend = database.prepare<[Row]>(`
    INSERT INTO friendship (person, friend, is_favorite)
    SELECT a.row, b.row, :is_favorite FROM person a, person b WHERE a.xuid = :person_xuid AND b.xuid = :friend_xuid`)
  return (deleted) => {
    const newPerson = person.run(deleted.person[0] as Row).lastInsertRowid
    for (const row of deleted.friendship) befriend.run(row)
    for (const [table, statement] of others) for (const row of deleted[table]) statement.run({ ...row, newPerson })
  }
}
