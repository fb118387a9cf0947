import type { Database } from 'better-sqlite3'
import type { CacheFactory } from '../base/cache.ts'
import type { Caller, Session } from '../model/session.ts'
import { keepNewest } from './keep-newest.ts'

/** A session as SQLite returns it. */
type SessionRow = Omit<Caller, 'thirdPartySite' | 'anyTitle'> & { readonly thirdPartySite: number, readonly anyTitle: number }

/** The user hash and token of a session, which an Authorization header contains. */
export interface Credentials {
  readonly userHash: string
  readonly token: string
}

/** Whose a session is. */
export type SessionHolder = Pick<Session, 'xuid' | 'titleId'>

/** How many results of lookups are cached. */
const CACHED_SESSIONS = 1000

/** Prepares to read sessions. */
export function prepareSessions (database: Database, cache: CacheFactory) {
  const claims = `SELECT xuid, gamertag, session.title_id AS titleId, sandbox, location, third_party_site AS thirdPartySite, expires,
    session.title_id IS NOT title.title_id AS anyTitle
    FROM session LEFT JOIN person ON person.row = session.person LEFT JOIN title USING (title_id)`
  const find = database.prepare<[string, string], SessionRow>(`${claims} WHERE user_hash = +? AND token = +?`)
  const findAll = database.prepare<[string], SessionRow>(`${claims} WHERE token = +? ORDER BY session.row`)
  const example = database.prepare<[string], { userHash: string, token: string, xuid: string, titleId: number | null }>(`
    SELECT user_hash AS userHash, token, xuid, title_id AS titleId
    FROM session JOIN person ON person.row = session.person
    WHERE third_party_site = 0 AND (expires IS NULL OR expires > ?)
    ORDER BY session.row LIMIT 1`)
  // The undo log has the keys of added sessions: migrations/002-undo.ts.
  const findAdded = database.prepare<[number], number>('SELECT 1 FROM undo_session WHERE NOT existed LIMIT 1 OFFSET ?').pluck()
  return {
    /**
     * Finds the sessions with a token, in the order in which they were added: the one with the user hash, or all when
     * it is null. They may have expired. What names a title that the world does not have may be any title.
     */
    find: cache.state({ name: 'sessions', size: CACHED_SESSIONS }, ({ userHash, token }: { userHash: string | null, token: string }): readonly Caller[] =>
      (userHash === null ? findAll.all(token) : find.all(userHash, token)).map(toCaller)),

    /** True when at least so many sessions were added since the world was seeded or reset. */
    hasAddedAtLeast: (count: number): boolean => findAdded.get(count - 1) !== undefined,

    /** The first session whose user can read the list of achievements at an instant; undefined when there is none. */
    findExample: (now: string) => example.get(now)
  }
}

/** Prepares to write sessions. */
export function prepareSessionWrites (database: Database) {
  const write = database.prepare<[string, string, string | null, number | null, string | null, string | null, number, string | null]>(`
    INSERT INTO session (user_hash, token, person, title_id, sandbox, location, third_party_site, expires)
    VALUES (?, ?, (SELECT row FROM person WHERE xuid = ?), ?, ?, ?, ?, ?)
    ON CONFLICT (user_hash, token) DO UPDATE SET person = excluded.person, title_id = excluded.title_id, sandbox = excluded.sandbox,
      location = excluded.location, third_party_site = excluded.third_party_site, expires = excluded.expires
    WHERE (person, session.title_id, sandbox, location, third_party_site, expires)
      IS NOT (excluded.person, excluded.title_id, excluded.sandbox, excluded.location, excluded.third_party_site, excluded.expires)`)
  const holder = '(SELECT xuid FROM person WHERE person.row = session.person) AS xuid, title_id AS titleId'
  const remove = database.prepare<[string, string], SessionHolder>(`DELETE FROM session WHERE user_hash = ? AND token = ? RETURNING ${holder}`)
  const trim = database.prepare<{ userHash: string, kept: number }, SessionHolder>(`
    ${keepNewest('session', { condition: 'user_hash = :userHash', kept: ':kept' })} RETURNING ${holder}`)
  return {
    /** Adds a session, or changes the one with its user hash and token. @returns false when it is there as it is. */
    put: ({ userHash, token, xuid, titleId, sandbox, location, thirdPartySite, expires }: Session & Credentials): boolean =>
      write.run(userHash, token, xuid, titleId, sandbox, location, Number(thirdPartySite), expires).changes > 0,

    /** @returns whose it was; undefined when there was no such session. */
    remove: (userHash: string, token: string): SessionHolder | undefined => remove.get(userHash, token),

    /** Deletes the sessions of a user hash, except for the newest `kept` ones. @returns whose they were. */
    trim: (userHash: string, kept: number): SessionHolder[] => trim.all({ userHash, kept })
  }
}

const toCaller = (row: SessionRow): Caller => ({ ...row, thirdPartySite: row.thirdPartySite === 1, anyTitle: row.anyTitle === 1 })
