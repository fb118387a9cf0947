import type { Database } from 'better-sqlite3'
import type { StoredUser } from '../../model/user.ts'
import type { World, WorldSession, WorldTitle, WorldUser } from '../../world/schema.ts'
import type { Row } from './rows.ts'
import { prepareReadTitles } from './titles.ts'
import { prepareReadUsers } from './users.ts'

const SESSIONS = 'SELECT session.*, xuid FROM session LEFT JOIN person ON person.row = session.person'

/**
 * Prepares to read the whole database as a world. Every member is written out, and everything is in the order of
 * definition, so that the same state always gives the same bytes.
 */
export function prepareExport (database: Database): () => World {
  const readTitles = prepareReadTitles(database, 'all')
  const readUsers = prepareReadUsers(database, 'all')
  const sessions = database.prepare<[], Row>(`${SESSIONS} ORDER BY session.row`)
  const userKeys = database.prepare<[], string>('SELECT user_key FROM user_key ORDER BY row').pluck()
  return () => ({ titles: readTitles(), users: readUsers(), sessions: sessions.all().map(toWorldSession), userKeys: userKeys.all() })
}

/** A part of the list of sessions, which is in the order in which they were added. */
export interface SessionRange {
  /** The user whose sessions are read; null: all. */
  readonly person: StoredUser | null
  /** The row after which it begins. */
  readonly after: number
  /** How many sessions at most; `EVERY` for all. */
  readonly limit: number
}

/** Prepares to read parts of the world, as the world has them. */
export function prepareWorldParts (database: Database) {
  const readTitles = database.transaction(prepareReadTitles(database, 'one')) as (titleId: number) => WorldTitle[]
  const readUsers = database.transaction(prepareReadUsers(database, 'one')) as (key: { person: number, scid: string | null }) => WorldUser[]
  const listSessions = database.prepare<[Omit<SessionRange, 'person'>], Row>(`${SESSIONS} WHERE session.row > :after ORDER BY session.row LIMIT :limit`)
  const listSessionsOf = database.prepare<[Omit<SessionRange, 'person'> & { person: number }], Row>(`${SESSIONS} WHERE session.person = :person AND session.row > :after ORDER BY session.row LIMIT :limit`)
  return {
    /** A title with its achievements; undefined when there is none. */
    findTitle: (titleId: number): WorldTitle | undefined => readTitles(titleId)[0],

    /**
     * A user with everything that the user has done.
     *
     * @param scid leaves out progress in other service configurations; null: none is left out.
     */
    readUser: ({ row }: StoredUser, scid: string | null): WorldUser => readUsers({ person: row, scid })[0] as WorldUser,

    /** Sessions, each with its row. */
    listSessions: ({ person, ...range }: SessionRange): Array<{ row: number, session: WorldSession }> =>
      (person === null ? listSessions.all(range) : listSessionsOf.all({ ...range, person: person.row })).map((row) => ({ row: row['row'], session: toWorldSession(row) }))
  }
}

function toWorldSession (row: Row): WorldSession {
  return {
    userHash: row['user_hash'],
    token: row['token'],
    xuid: row['xuid'],
    titleId: row['title_id'],
    sandbox: row['sandbox'],
    location: row['location'],
    thirdPartySite: row['third_party_site'] === 1,
    expires: row['expires']
  }
}
