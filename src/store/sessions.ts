import type { Database } from 'better-sqlite3'
import type { Keep } from '../base/cache.ts'
import type { Session } from '../model/session.ts'

interface SessionRow {
  readonly xuid: string | null
  readonly title_id: number | null
  readonly sandbox: string | null
  readonly location: string | null
  readonly third_party_site: number
  readonly expires: string | null
}

/** What a session is known by. */
export interface Credentials {
  readonly userHash: string
  readonly token: string
}

/** How many sessions are kept that were looked up. */
const KEPT = 1000

/** The tokens that the world knows. */
export function prepareSessions (database: Database, keep: Keep) {
  const claims = 'SELECT xuid, title_id, sandbox, location, third_party_site, expires FROM session LEFT JOIN person ON person.row = session.person'
  const find = database.prepare<[string, string], SessionRow>(`${claims} WHERE user_hash = +? AND token = +?`)
  const findAll = database.prepare<[string], SessionRow>(`${claims} WHERE token = +? ORDER BY session.row`)
  const example = database.prepare<[string], { userHash: string, token: string, xuid: string, titleId: number | null }>(`
    SELECT user_hash AS userHash, token, xuid, title_id AS titleId
    FROM session JOIN person ON person.row = session.person
    WHERE third_party_site = 0 AND (expires IS NULL OR expires > ?)
    ORDER BY session.row LIMIT 1`)
  // What a reset would take away again: store/migrations/002-undo.ts.
  const isMade = database.prepare<[number], number>('SELECT 1 FROM undo_session WHERE NOT existed LIMIT 1 OFFSET ?').pluck()
  return {
    /**
     * The sessions of a token, first made first: that of a user hash, or with null those of all. One may
     * have expired.
     */
    find: keep.state({ name: 'sessions', size: KEPT }, ({ userHash, token }: { userHash: string | null, token: string }): readonly Session[] =>
      (userHash === null ? findAll.all(token) : find.all(userHash, token)).map(readSession)),

    /** True when so many, or more, were made since the world was seeded or reset. */
    hasMade: (count: number): boolean => isMade.get(count - 1) !== undefined,

    /** The first session that can read its own list at an instant; undefined when there is none. */
    findExample: (now: string) => example.get(now)
  }
}

/** What changes them. */
export function prepareSessionWrites (database: Database) {
  const write = database.prepare<[string, string, string | null, number | null, string | null, string | null, number, string | null]>(`
    INSERT INTO session (user_hash, token, person, title_id, sandbox, location, third_party_site, expires)
    VALUES (?, ?, (SELECT row FROM person WHERE xuid = ?), ?, ?, ?, ?, ?)
    ON CONFLICT (user_hash, token) DO UPDATE SET person = excluded.person, title_id = excluded.title_id, sandbox = excluded.sandbox,
      location = excluded.location, third_party_site = excluded.third_party_site, expires = excluded.expires`)
  const remove = database.prepare<[string, string]>('DELETE FROM session WHERE user_hash = ? AND token = ?')
  const trim = database.prepare<{ userHash: string, kept: number }>(`
    DELETE FROM session WHERE user_hash = :userHash AND row <= (
      SELECT row FROM session WHERE user_hash = :userHash ORDER BY row DESC LIMIT 1 OFFSET :kept)`)
  return {
    /** Makes a session, or changes the one with its user hash and token. */
    put ({ userHash, token, xuid, titleId, sandbox, location, thirdPartySite, expires }: Session & Credentials): void {
      write.run(userHash, token, xuid, titleId, sandbox, location, Number(thirdPartySite), expires)
    },

    /** False when there was none. */
    remove: (userHash: string, token: string): boolean => remove.run(userHash, token).changes > 0,

    /** Forgets all sessions of a user hash but the newest ones. */
    trim (userHash: string, kept: number): void { trim.run({ userHash, kept }) }
  }
}

function readSession ({ xuid, title_id: titleId, sandbox, location, third_party_site: thirdPartySite, expires }: SessionRow): Session {
  return { xuid, titleId, sandbox, location, thirdPartySite: thirdPartySite === 1, expires }
}
