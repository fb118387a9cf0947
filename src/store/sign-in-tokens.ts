import type { Database } from 'better-sqlite3'
import { NO_GRANT, type CodeChallenge, type Grant, type TokenKind } from '../model/session.ts'
import { keepNewest } from './keep-newest.ts'

/** The user for whom a token was issued, the instant at which it expires, and what it was granted for. */
export interface SignInToken extends Grant {
  readonly xuid: string
  readonly expires: string
}

/** A token as the table has it. */
interface TokenRow extends Omit<SignInToken, 'codeChallenge'> {
  readonly challenge: string | null
  readonly method: CodeChallenge['method'] | null
}

interface NewTokenRow extends TokenRow {
  readonly kind: TokenKind
  readonly token: string
}

/** How many tokens of a user and kind are stored; older ones are deleted, whether they have expired or not. */
const MOST_PER_USER = 1000
/** How many tokens are stored in all: those of deleted users are stored, too, and there may be any number of users. */
const MOST_TOKENS = 100_000
/** After how many new tokens all are counted, which takes longer than adding one. */
const TRIM_INTERVAL = 1000

/** Prepares to read the tokens that clients get on their way to an XSTS token. */
export function prepareSignInTokens (database: Database) {
  const find = database.prepare<[string, TokenKind], TokenRow>(`
    SELECT xuid, expires, client_id AS clientId, scope, redirect_uri AS redirectUri, code_challenge AS challenge, challenge_method AS method
    FROM sign_in_token WHERE token = ? AND kind = ?`)
  return {
    /** Finds a token of a kind; undefined when there is none. It may have expired. */
    find (kind: TokenKind, token: string): SignInToken | undefined {
      const row = find.get(token, kind)
      if (row === undefined) return undefined
      const { challenge, method, ...rest } = row
      return { ...rest, codeChallenge: challenge === null || method === null ? null : { value: challenge, method } }
    }
  }
}

/** Prepares to write those tokens. */
export function prepareSignInTokenWrites (database: Database) {
  const insert = database.prepare<NewTokenRow>(`
    INSERT INTO sign_in_token (kind, token, xuid, expires, client_id, scope, redirect_uri, code_challenge, challenge_method)
    VALUES (:kind, :token, :xuid, :expires, :clientId, :scope, :redirectUri, :challenge, :method)`)
  const trim = database.prepare<{ kind: TokenKind, xuid: string }>(keepNewest('sign_in_token', { condition: 'xuid = :xuid AND kind = :kind', kept: MOST_PER_USER }))
  const trimAll = database.prepare<[]>(keepNewest('sign_in_token', { condition: 'TRUE', kept: MOST_TOKENS }))
  const remove = database.prepare<[string]>('DELETE FROM sign_in_token WHERE token = ?')
  const clear = database.prepare<[]>('DELETE FROM sign_in_token')
  return {
    add (kind: TokenKind, token: string, issued: Pick<SignInToken, 'xuid' | 'expires'> & Partial<Grant>): void {
      const { codeChallenge, xuid, ...rest } = { ...NO_GRANT, ...issued }
      const { lastInsertRowid } = insert.run({ kind, token, xuid, ...rest, challenge: codeChallenge?.value ?? null, method: codeChallenge?.method ?? null })
      trim.run({ kind, xuid })
      if (Number(lastInsertRowid) % TRIM_INTERVAL === 0) trimAll.run()
    },

    remove (token: string): void { remove.run(token) },

    clear (): void { clear.run() }
  }
}
