import type { Database } from 'better-sqlite3'
import type { TokenKind } from '../model/session.ts'

/** Whom a token of a sign-in was issued for, and the instant at which it ends. */
export interface SignInToken {
  readonly xuid: string
  readonly expires: string
}

/** How many tokens of a user and kind are kept; an older one is forgotten, whatever its end. */
const KEPT = 1000
/** How many are kept in all: those of users who are gone are kept, too, and there may be any number of them. */
const KEPT_IN_ALL = 100_000
/** After how many more they are counted, which takes longer than to add one. */
const COUNTED = 1000

/** What a client was given on its way to an XSTS token. */
export function prepareSignInTokens (database: Database) {
  const find = database.prepare<[string, TokenKind], SignInToken>('SELECT xuid, expires FROM sign_in_token WHERE token = ? AND kind = ?')
  return {
    /** Whom a token of a kind was issued for; undefined when it was not. It may have expired. */
    find: (kind: TokenKind, token: string): SignInToken | undefined => find.get(token, kind)
  }
}

/** What changes them. */
export function prepareSignInTokenWrites (database: Database) {
  const insert = database.prepare<[TokenKind, string, string, string]>('INSERT INTO sign_in_token (kind, token, xuid, expires) VALUES (?, ?, ?, ?)')
  const trim = database.prepare<{ kind: TokenKind, xuid: string }>(`
    DELETE FROM sign_in_token WHERE xuid = :xuid AND kind = :kind AND row <= (
      SELECT row FROM sign_in_token WHERE xuid = :xuid AND kind = :kind ORDER BY row DESC LIMIT 1 OFFSET ${KEPT})`)
  const trimAll = database.prepare<[]>(`
    DELETE FROM sign_in_token WHERE row <= (SELECT row FROM sign_in_token ORDER BY row DESC LIMIT 1 OFFSET ${KEPT_IN_ALL})`)
  const remove = database.prepare<[string]>('DELETE FROM sign_in_token WHERE token = ?')
  return {
    add (kind: TokenKind, token: string, { xuid, expires }: SignInToken): void {
      const { lastInsertRowid } = insert.run(kind, token, xuid, expires)
      trim.run({ kind, xuid })
      if (Number(lastInsertRowid) % COUNTED === 0) trimAll.run()
    },

    remove (token: string): void { remove.run(token) }
  }
}
