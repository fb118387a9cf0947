import { formatValue } from '../base/validation.ts'
import { oauthError } from '../model/refusals.ts'
import { PERSONAL_TENANT } from './microsoft-answers.ts'

/** What is special about requests to login.microsoftonline.com. */

/** The tenants that personal accounts sign in to. */
export const TENANTS = ['consumers', 'common', PERSONAL_TENANT]

/** @throws `invalid_tenant` for another tenant: no account of an organisation has an Xbox profile. */
export function requireTenant (tenant: string): void {
  if (!TENANTS.includes(tenant.toLowerCase())) throw oauthError('invalid_tenant', `The tenant ${formatValue(tenant)} was not found; expected one of personal accounts: consumers or common.`)
}

/** A code that was issued with a nonce: that of the store, a dot, and the nonce in base64url. */
const WITH_NONCE = /^([\w-]{43})\.([\w-]*)$/

/** A code carries the nonce of the request that it answers: the ID token repeats it, and nothing else has a use for it. */
export const joinNonce = (code: string, nonce: string | null): string => nonce === null ? code : `${code}.${Buffer.from(nonce).toString('base64url')}`

/** A code as it is stored, and the nonce that it carries; null: none. One that was not issued here stays as it is. */
export function splitNonce (text: string): { code: string, nonce: string | null } {
  const [, code = text, nonce] = WITH_NONCE.exec(text) ?? []
  return { code, nonce: nonce === undefined ? null : Buffer.from(nonce, 'base64url').toString() }
}
