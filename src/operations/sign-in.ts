import { createHash } from 'node:crypto'
import { DAY, formatInstant, LAST_DATE, LAST_MS } from '../base/instant.ts'
import { noXboxProfile } from '../model/refusals.ts'
import { NO_GRANT, type Grant, type TokenKind } from '../model/session.ts'
import type { Profile } from '../model/user.ts'
import type { Store, Transaction } from '../store/store.ts'

/** Signing in: which user a credential stands for, and which tokens it is exchanged for. (docs/specification.md, Sign-in) */

const MINUTE = 60_000

/** How long each token is valid, in ms. The lifetime of an access token is documented. */
export const LIFETIMES: Readonly<Record<TokenKind | 'device' | 'title' | 'xsts', number>> = {
  code: 5 * MINUTE, access: 60 * MINUTE, refresh: 90 * DAY, user: 14 * DAY, device: 14 * DAY, title: 14 * DAY, xsts: DAY * 2 / 3
}

/** A token and the instant at which it expires. */
export interface IssuedToken {
  readonly token: string
  readonly expires: string
}

export interface TokenInput {
  readonly kind: TokenKind
  /** The user for whom it is issued. */
  readonly xuid: string
  /** Made at random by the caller, like the tokens of the other operations. */
  readonly token: string
  /** The clock, in ms since 1970, as in the other operations. */
  readonly now: number
  /** To whom, and for what, it is issued; what is left out is null. */
  readonly grant?: Partial<Grant>
  /** In ms; by default that of the kind. */
  readonly lifetime?: number
}

/** Issues a token for a user. */
export function issueToken ({ write }: Transaction, { kind, xuid, token, now, grant = NO_GRANT, lifetime = LIFETIMES[kind] }: TokenInput): IssuedToken {
  const expires = expiryAfter(lifetime, now)
  write.signInTokens.add(kind, token, { ...grant, xuid, expires })
  return { token, expires }
}

/** Who a ticket stands for, and which application it was issued to; null: to any, or nobody knows. */
export interface TicketHolder {
  readonly user: Profile
  readonly clientId: string | null
}

/**
 * Who a ticket stands for: an access token, after `d=` or `t=` or alone; one that was not issued here may name a user.
 *
 * @throws 401 when there is no such user, or the token has expired.
 */
export function identifyTicket ({ people, signInTokens }: Store, { credential, now }: { readonly credential: string, readonly now: number }): TicketHolder {
  const ticket = credential.replace(/^[dt]=/, '')
  const token = signInTokens.find('access', ticket)
  if (token === undefined) {
    const named = people.findNamed(ticket)
    if (named === undefined) throw noXboxProfile('No user has this XUID or gamertag, and it was not issued here or is of another kind.')
    return { user: named, clientId: null }
  }
  if (token.expires <= formatInstant(now)) throw noXboxProfile(`The access token expired at ${token.expires}.`)
  return { user: requireHolder(people, { kind: 'access', xuid: token.xuid }), clientId: token.clientId }
}

/** The user for whom a token was issued. @throws 401 when the user is gone. */
export function requireHolder ({ findSettings }: Pick<Store['people'], 'findSettings'>, { kind, xuid }: { readonly kind: TokenKind, readonly xuid: string }): Profile {
  const user = findSettings(xuid)
  if (user === undefined) throw noXboxProfile(`The ${kind} token was issued for user ${xuid}, who is gone.`)
  return { xuid, gamertag: user.gamertag }
}

/** The instant after a time in ms, at most the last one. The clock stops before that one, so that such a token never expires. */
export function expiryAfter (lifetime: number, now: number): string {
  const end = now + lifetime
  return end > LAST_MS ? LAST_DATE : formatInstant(end)
}

/** The user hash of a user: always the same, and no secret. Null: that of tokens without a user. */
export const userHashOf = ({ xuid }: { readonly xuid: string | null }): string =>
  String(createHash('sha256').update(xuid === null ? 'no user' : `user hash ${xuid}`).digest().readBigUInt64BE())
