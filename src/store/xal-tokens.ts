import type { Database } from 'better-sqlite3'
import type { ProofKey } from '../model/proof-key.ts'
import { keepNewest } from './keep-newest.ts'

const XAL_KINDS = ['device', 'title', 'xsts'] as const
export type XalTokenKind = typeof XAL_KINDS[number]

/** A token of a device or title, or the key of an XSTS token, which is a session. */
export interface XalToken {
  /** The id of the device for which it was issued; of an XSTS token, the user hash. */
  readonly owner: string
  /** Of a title token: the title claim. */
  readonly titleId: number | null
  /** Null: its holder has told none. */
  readonly proofKey: ProofKey | null
  readonly expires: string
}

type XalTokenRow = Omit<XalToken, 'proofKey'> & { readonly proofKey: string | null }

/** How many tokens of a device or user and kind are stored; older ones are deleted, whether they have expired or not. */
const MOST_PER_OWNER = 1000
/** How many tokens of a kind are stored in all, because any number of devices may ask. */
const MOST_PER_KIND = 100_000
/** After how many new tokens those of each kind are counted, which takes longer than adding one. */
const COUNT_INTERVAL = 1000

/** Prepares to read the tokens of devices and titles. */
export function prepareXalTokens (database: Database) {
  const find = database.prepare<[string, XalTokenKind], XalTokenRow>('SELECT owner, title_id AS titleId, proof_key AS proofKey, expires FROM xal_token WHERE token = ? AND kind = ?')
  return {
    /** Finds a token of a kind; undefined when there is none. It may have expired. */
    find (kind: XalTokenKind, token: string): XalToken | undefined {
      const row = find.get(token, kind)
      return row && { ...row, proofKey: row.proofKey === null ? null : JSON.parse(row.proofKey) }
    }
  }
}

/** Prepares to write those tokens. */
export function prepareXalTokenWrites (database: Database) {
  const insert = database.prepare<XalTokenRow & { kind: XalTokenKind, token: string }>(`
    INSERT INTO xal_token (kind, token, owner, title_id, proof_key, expires) VALUES (:kind, :token, :owner, :titleId, :proofKey, :expires)`)
  const trim = database.prepare<{ kind: XalTokenKind, owner: string }>(keepNewest('xal_token', { condition: 'owner = :owner AND kind = :kind', kept: MOST_PER_OWNER }))
  const trimKind = database.prepare<{ kind: XalTokenKind }>(keepNewest('xal_token', { condition: 'kind = :kind', kept: MOST_PER_KIND }))
  const clear = database.prepare<[]>('DELETE FROM xal_token')
  return {
    add (kind: XalTokenKind, token: string, { owner, titleId, proofKey, expires }: XalToken): void {
      const { lastInsertRowid } = insert.run({ kind, token, owner, titleId, proofKey: proofKey && JSON.stringify(proofKey), expires })
      trim.run({ kind, owner })
      // Those of every kind: a client asks for them in turn, so that those of one may never have such a number.
      if (Number(lastInsertRowid) % COUNT_INTERVAL === 0) for (const each of XAL_KINDS) trimKind.run({ kind: each })
    },

    clear (): void { clear.run() }
  }
}
