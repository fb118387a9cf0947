import { formatValue } from '../base/validation.ts'
import type { Query } from '../http/query.ts'
import { oauthError } from '../model/refusals.ts'
import type { GrantedTokens } from '../operations/oauth.ts'
import type { Operations } from '../operations/operations.ts'
import { PERSONAL_TENANT } from './microsoft-answers.ts'

/** The requests to login.microsoftonline.com. Unknown parameters are ignored, and no message repeats a code or token. */

/** The number of a missing parameter. [aadsts] */
const MISSING = 900144

/** The tenants that personal accounts sign in to. */
const TENANTS = ['consumers', 'common', PERSONAL_TENANT]

/** @throws 400 `invalid_tenant` for another tenant: no account of an organisation has an Xbox profile. */
export function requireTenant (tenant: string): void {
  if (!TENANTS.includes(tenant.toLowerCase())) throw oauthError('invalid_tenant', `The tenant ${formatValue(tenant)} was not found; expected one of personal accounts: consumers or common.`)
}

/** @throws 400 `invalid_request` when a parameter is missing or empty. */
export function requireGiven (query: Query, name: string): string {
  const value = optional(query, name)
  if (value === null) throw oauthError('invalid_request', `The parameter '${name}' is missing.`, MISSING)
  return value
}

/** A parameter; null when it is missing or empty. @throws 400 when it is repeated. */
export function optional (query: Query, name: string): string | null {
  return query.one(name, 'any text', String) || null
}

/** A code that was issued with a nonce: that of the store, a dot, and the nonce in base64url. */
const WITH_NONCE = /^([\w-]{43})\.([\w-]*)$/

/** A code carries the nonce of the request that it answers: the ID token repeats it, and nothing else has a use for it. */
export const joinNonce = (code: string, nonce: string | null): string => nonce === null ? code : `${code}.${Buffer.from(nonce).toString('base64url')}`

/** The two parts of a code. One that was not issued here may be a gamertag, and stays as it is. */
function splitNonce (code: string): { code: string, nonce: string | null } {
  const [, issued = code, nonce] = WITH_NONCE.exec(code) ?? []
  return { code: issued, nonce: nonce === undefined ? null : Buffer.from(nonce, 'base64url').toString() }
}

/** What every grant is exchanged for, and by whom. */
interface Shared {
  readonly clientId: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly now: number
}

/**
 * Exchanges what a form has: a code, a refresh token or a device code.
 *
 * @throws `unsupported_grant_type` for anything else; `invalid_request` when a parameter is missing; and what the
 *   operations throw.
 */
export function exchange (form: Query, shared: Shared, run: Operations['run']): { granted: GrantedTokens, nonce: string | null } {
  const grant = requireGiven(form, 'grant_type').toLowerCase()
  const scope = optional(form, 'scope')
  switch (grant) {
    case 'authorization_code': {
      const { code, nonce } = splitNonce(requireGiven(form, 'code'))
      const granted = run('oauth.exchangeCode', { ...shared, code, redirectUri: optional(form, 'redirect_uri'), codeVerifier: optional(form, 'code_verifier'), scope })
      return { granted, nonce }
    }
    case 'refresh_token':
      return { granted: run('oauth.refresh', { ...shared, credential: requireGiven(form, 'refresh_token'), scope }), nonce: null }
    // MSAL has the first, RFC 8628 the second.
    case 'device_code':
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return { granted: run('deviceCode.redeem', { ...shared, deviceCode: requireGiven(form, 'device_code') }), nonce: null }
    default:
      throw oauthError('unsupported_grant_type', 'grant_type is none of those that this host takes; expected authorization_code, refresh_token or device_code.')
  }
}
