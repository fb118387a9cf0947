import type { Database } from 'better-sqlite3'
import type { SignInToken, TokenKind } from '../domain.ts'

/** How many tokens are kept; an older one is forgotten, whatever its end. */
const KEPT = 10_000

/** What a client was given on its way to an XSTS token. */
export function prepareSignInTokens (database: Database) {
  const insert = database.prepare<[TokenKind, string, string, string]>('INSERT INTO sign_in_token (kind, token, xuid, expires) VALUES (?, ?, ?, ?)')
  const trim = database.prepare<[number]>('DELETE FROM sign_in_token WHERE row <= ?')
  const find = database.prepare<[string, TokenKind], SignInToken>('SELECT xuid, expires FROM sign_in_token WHERE token = ? AND kind = ?')
  const remove = database.prepare<[string]>('DELETE FROM sign_in_token WHERE token = ?')
  return {
    add (kind: TokenKind, token: string, { xuid, expires }: SignInToken): void {
      const { lastInsertRowid } = insert.run(kind, token, xuid, expires)
      trim.run(Number(lastInsertRowid) - KEPT)
    },

    /** Whom a token of a kind was issued for; undefined when it was not. It may have expired. */
    find: (kind: TokenKind, token: string): SignInToken | undefined => find.get(token, kind),

    remove (token: string): void { remove.run(token) }
  }
}
