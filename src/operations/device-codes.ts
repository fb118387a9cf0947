import { formatInstant } from '../base/instant.ts'
import { formatValue } from '../base/validation.ts'
import { invalidRequest, notFound, oauthError } from '../model/refusals.ts'
import type { DeviceCode } from '../model/session.ts'
import type { ListedDeviceCode } from '../store/device-codes.ts'
import type { Store, Transaction } from '../store/store.ts'
import { isSameClient, issueTokens, type GrantedTokens } from './oauth.ts'
import { expiryAfter } from './sign-in.ts'

/** How long a device code can be used, and how often a device should poll, in s. */
export const DEVICE_CODE_LIFETIME = 900
export const DEVICE_POLLING_INTERVAL = 5

export interface DeviceCodeInput {
  readonly clientId: string
  readonly scope: string
  /** Both made at random by the caller. */
  readonly deviceCode: string
  readonly userCode: string
  /** Who has approved it already; null: it waits for a person. */
  readonly xuid: string | null
  readonly now: number
}

export interface DecisionInput {
  /** In any letter case. */
  readonly userCode: string
  /** `slowDown`: whoever polls is told to do so less often, until one of the others comes. */
  readonly decision: 'approve' | 'decline' | 'slowDown'
  /** Who approves; null for the other decisions. */
  readonly xuid: string | null
  readonly now: number
}

export interface DeviceCodeRedemption {
  readonly deviceCode: string
  readonly clientId: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly now: number
}

/** Creates what a device polls with, and what its user enters elsewhere. */
export function createDeviceCode ({ write }: Transaction, { xuid, now, ...input }: DeviceCodeInput): DeviceCode {
  const code: DeviceCode = { ...input, xuid, state: xuid === null ? 'pending' : 'approved', expires: expiryAfter(DEVICE_CODE_LIFETIME * 1000, now) }
  write.deviceCodes.add(code)
  return code
}

/** A code that a person can still approve or decline. @throws 404 when there is none; 400 when it was used, or has expired. */
export function requireOpenDeviceCode ({ deviceCodes }: Store, userCode: string, now: number): ListedDeviceCode {
  const code = deviceCodes.findByUserCode(userCode)
  if (code === undefined) throw notFound(`There is no device code ${formatValue(userCode)}; expected the user_code that a device was given.`)
  if (code.state === 'used') throw invalidRequest(`The device code ${code.userCode} was used already.`)
  if (code.expires <= formatInstant(now)) throw invalidRequest(`The device code ${code.userCode} expired at ${code.expires}.`)
  return code
}

/**
 * Decides what becomes of a device code; as long as the device has not signed in, another decision may follow.
 *
 * @throws 404 or 400 as `requireOpenDeviceCode` does, and 404 when there is no such user.
 */
export function decideDeviceCode ({ store, write }: Transaction, { userCode, decision, xuid, now }: DecisionInput): void {
  const { row } = requireOpenDeviceCode(store, userCode, now)
  if (decision !== 'approve') {
    write.deviceCodes.setState({ row, state: decision === 'decline' ? 'declined' : decision, xuid: null })
    return
  }
  if (xuid === null || store.people.find(xuid) === undefined) throw notFound(`There is no user ${xuid}.`)
  write.deviceCodes.setState({ row, state: 'approved', xuid })
}

/**
 * Exchanges a device code that was approved, once.
 *
 * @throws `bad_verification_code` when it was not issued here; `invalid_grant` when it is another application's, or was
 *   used; `expired_token`; `authorization_declined`, `authorization_pending` and `slow_down` by what was decided; `access_denied` when the
 *   user is gone.
 */
export function redeemDeviceCode (transaction: Transaction, input: DeviceCodeRedemption): GrantedTokens {
  const { deviceCode, clientId, now } = input
  const code = transaction.store.deviceCodes.find(deviceCode)
  if (code === undefined) throw oauthError('bad_verification_code', 'The device_code was not issued here.')
  if (!isSameClient(code.clientId, clientId)) throw oauthError('invalid_grant', 'The device_code was issued to another client_id.')
  if (code.state === 'used') throw oauthError('invalid_grant', 'The device_code was used already.')
  if (code.expires <= formatInstant(now)) throw oauthError('expired_token', `The device_code expired at ${code.expires}.`)
  if (code.xuid === null) throw refusalOf(code)
  const { row, xuid, scope } = code
  transaction.write.deviceCodes.setState({ row, state: 'used', xuid })
  return issueTokens(transaction, { ...input, xuid, scope })
}

function refusalOf ({ state, userCode }: DeviceCode): Error {
  switch (state) {
    case 'declined': return oauthError('authorization_declined', 'The person has declined.')
    case 'slowDown': return oauthError('slow_down', 'A test wants the device to poll less often.')
    default: return oauthError('authorization_pending', `Nobody has entered ${userCode} yet.`)
  }
}
