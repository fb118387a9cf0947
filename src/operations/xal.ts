import { formatInstant } from '../base/instant.ts'
import { readUnsigned32 } from '../base/integers.ts'
import { TITLE_CLAIM_EXPECTED } from '../model/app-titles.ts'
import type { Dialect } from '../model/dialect.ts'
import type { ProofKey } from '../model/proof-key.ts'
import { invalidRequest, signInRefused } from '../model/refusals.ts'
import { XErr } from '../model/xerr.ts'
import type { Store, Transaction } from '../store/store.ts'
import type { XalToken } from '../store/xal-tokens.ts'
import { expiryAfter, identifyTicket, issueToken, LIFETIMES, requireHolder, type IssuedToken, type TicketHolder } from './sign-in.ts'
import { canBeClaimed, titleOfApp } from './title-claim.ts'

/** The tokens of devices, titles and users, which lead to an XSTS token. (docs/decisions/0045-tokens-and-title-claims.md) */

/** What every operation of these is given besides: a token is made at random by the caller, the clock is in ms since 1970. */
interface NewToken {
  readonly token: string
  readonly now: number
}

export interface DeviceTokenInput extends NewToken {
  /** Which device it is: the same id each time. */
  readonly deviceId: string
  readonly proofKey: ProofKey | null
}

export interface TitleTokenInput extends NewToken {
  readonly deviceToken: string
  /** The ticket of a user, whose application is that of the title. */
  readonly ticket: string | null
  /** The title itself, when the client says which it is. */
  readonly titleId: number | null
  readonly dialect: Dialect
}

/** A title token, and its title claim. */
export interface IssuedTitleToken extends IssuedToken {
  readonly titleId: number | null
}

/** Issues a token for a device. */
export function issueDeviceToken ({ write }: Transaction, { deviceId, proofKey, token, now }: DeviceTokenInput): IssuedToken {
  const expires = expiryAfter(LIFETIMES.device, now)
  write.xalTokens.add('device', token, { owner: deviceId, titleId: null, proofKey, expires })
  return { token, expires }
}

/**
 * Issues a title token: for the title that the client names, or else for that of the application to which the ticket was issued.
 *
 * @throws 401 for a device token or ticket that is not good, 400 for a title that is none.
 */
export function issueTitleToken (transaction: Transaction, { deviceToken, ticket, titleId: named, dialect, token, now }: TitleTokenInput): IssuedTitleToken {
  const { store } = transaction
  const device = requireDevice(store, deviceToken, now)
  if (named !== null && !canBeClaimed(store, named)) throw invalidRequest(`TitleId is ${named}; expected ${TITLE_CLAIM_EXPECTED}.`)
  const clientId = ticket === null ? null : identifyTicket(store, { credential: ticket, now }).clientId
  const titleId = named ?? titleOfApp(store, { clientIds: [clientId], dialect })
  return addTitleToken(transaction, { device, titleId, token, now })
}

export function addTitleToken ({ write }: Transaction, { device, titleId, token, now }: NewToken & { device: XalToken, titleId: number | null }): IssuedTitleToken {
  const expires = expiryAfter(LIFETIMES.title, now)
  write.xalTokens.add('title', token, { owner: device.owner, titleId, proofKey: null, expires })
  return { token, expires, titleId }
}

/** Issues a user token for whom a ticket stands for. @throws 401 when that is nobody, or the ticket has ended. */
export function issueUserToken (transaction: Transaction, { ticket, token, now }: NewToken & { readonly ticket: string }): IssuedToken & TicketHolder {
  const holder = identifyTicket(transaction.store, { credential: ticket, now })
  return { ...holder, ...issueToken(transaction, { kind: 'user', xuid: holder.user.xuid, token, now, grant: { clientId: holder.clientId } }) }
}

/** Who a user token stands for. @throws 401, with the published number for each, when it has ended or was not issued here, or its user is gone. */
export function requireUserToken ({ people, signInTokens }: Store, token: string, now: number): TicketHolder {
  const found = signInTokens.find('user', token)
  if (found === undefined) throw signInRefused(XErr.invalidUserToken, 'The user token was not issued here, or is of another kind.')
  if (found.expires <= formatInstant(now)) throw signInRefused(XErr.expiredUserToken, `The user token expired at ${found.expires}.`)
  return { user: requireHolder(people, { kind: 'user', xuid: found.xuid }), clientId: found.clientId }
}

/** @throws 401 when a device token has ended, or was not issued here. */
export function requireDevice ({ xalTokens }: Store, token: string, now: number): XalToken {
  const device = xalTokens.find('device', token)
  if (device === undefined) throw signInRefused(XErr.invalidDeviceToken, 'The device token was not issued here, or is of another kind.')
  if (device.expires <= formatInstant(now)) throw signInRefused(XErr.expiredDeviceToken, `The device token expired at ${device.expires}.`)
  return device
}

/**
 * The title claim of a title token; null: it has none. A decimal title id stands for itself.
 *
 * @throws 401 when it has ended, or was not issued here, or its title is gone.
 */
export function readTitleToken (store: Store, token: string, now: number): number | null {
  const found = store.xalTokens.find('title', token)
  if (found === undefined) {
    const titleId = readUnsigned32(token)
    if (titleId !== undefined && canBeClaimed(store, titleId)) return titleId
    throw signInRefused(XErr.invalidTitleToken, `The title token was not issued here, and is not ${TITLE_CLAIM_EXPECTED}.`)
  }
  if (found.expires <= formatInstant(now)) throw signInRefused(XErr.expiredTitleToken, `The title token expired at ${found.expires}.`)
  // Another world may be served since, and a session of a title that it lacks would make it one that cannot be read.
  if (found.titleId !== null && !canBeClaimed(store, found.titleId)) throw signInRefused(XErr.invalidTitleToken, `The title token was issued for title ${found.titleId}, which is gone.`)
  return found.titleId
}
