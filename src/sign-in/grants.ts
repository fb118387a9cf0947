import { randomInt } from 'node:crypto'
import { formatValue } from '../base/validation.ts'
import { wordParser, type Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import type { DeviceCode } from '../model/session.ts'
import type { GrantedTokens } from '../operations/oauth.ts'
import { createToken } from '../operations/sessions.ts'
import { findDefaultUser } from './default-user.ts'
import { splitNonce } from './microsoft-requests.ts'
import { CLIENT_ID, notEmpty, requireParameter, SCOPE } from './parameters.ts'

/** What the hosts that people sign in at grant to an application, each in an answer of its own. */

export const GRANT_TYPES = ['authorization_code', 'refresh_token', 'device_code', 'urn:ietf:params:oauth:grant-type:device_code'] as const
const GRANT_TYPES_EXPECTED = 'authorization_code, refresh_token or urn:ietf:params:oauth:grant-type:device_code'

const GRANT_TYPE = { name: 'grant_type', expected: GRANT_TYPES_EXPECTED, read: notEmpty }
const CODE = { name: 'code', expected: 'the authorization code', read: notEmpty }
const REFRESH_TOKEN = { name: 'refresh_token', expected: 'the refresh token', read: notEmpty }
const DEVICE_CODE = { name: 'device_code', expected: 'the device code', read: notEmpty }

/** The characters of a user code: none of them looks like another. */
const USER_CODE_CHARACTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789'

/** What a person enters: it is short, because it only says which device is meant. */
const createUserCode = (): string => Array.from({ length: 8 }, () => USER_CODE_CHARACTERS[randomInt(USER_CODE_CHARACTERS.length)]).join('')

/** Gives a device its codes; with `--sign-in-as` they are approved already. */
export function giveDeviceCode (asked: { clientId: string, scope: string }, services: Services, now: number): DeviceCode {
  const xuid = findDefaultUser(services)?.xuid ?? null
  return services.operations.run('deviceCode.create', { ...asked, deviceCode: createToken(), userCode: createUserCode(), xuid, now })
}

/** The scopes that a request names, null when it names none. */
export const readScope = (form: Query): string | null => form.one(SCOPE.name, SCOPE.expected, SCOPE.read) ?? null

/** Exchanges what a request names for tokens. @throws 400 with the code of OAuth that says what is wrong. */
export function exchangeGrant (form: Query, { operations: { run } }: Services, now: number): GrantedTokens {
  const grantType = requireParameter(form, GRANT_TYPE)
  const known = wordParser(GRANT_TYPES)(grantType)
  if (known === undefined) throw oauthError('unsupported_grant_type', `grant_type is ${formatValue(grantType)}; expected ${GRANT_TYPES_EXPECTED}.`)
  const clientId = requireParameter(form, CLIENT_ID)
  const scope = readScope(form)
  const shared = { clientId, accessToken: createToken(), refreshToken: createToken(), now }
  switch (known) {
    case 'authorization_code': return run('oauth.exchangeCode', {
      ...shared,
      scope,
      // Also one of the other host, which carries a nonce.
      code: splitNonce(requireParameter(form, CODE)).code,
      redirectUri: form.one('redirect_uri', 'that of the sign-in', String) ?? null,
      codeVerifier: form.one('code_verifier', 'that of the sign-in', String) ?? null
    })
    case 'refresh_token': return run('oauth.refresh', { ...shared, scope, credential: requireParameter(form, REFRESH_TOKEN) })
    default: return run('deviceCode.redeem', { ...shared, deviceCode: requireParameter(form, DEVICE_CODE) })
  }
}
