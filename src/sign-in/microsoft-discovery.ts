import { Type } from '@sinclair/typebox'
import { object, string } from '../http/answer-schema.ts'
import { MICROSOFT_HOST } from '../http/hosts.ts'
import { PERSONAL_TENANT } from './microsoft-answers.ts'

/** What login.microsoftonline.com says of itself. */

/** The name of the host under which clients keep tokens. [msal] */
const CACHE_HOST = 'login.windows.net'
const ALIASES = [MICROSOFT_HOST, CACHE_HOST]

export const OpenIdConfiguration = object({
  issuer: string('Who signs ID tokens; of the tenant common with {tenantid} in the place of the tenant.'),
  authorization_endpoint: string('Where a person signs in.'),
  token_endpoint: string('Where a code is exchanged.'),
  device_authorization_endpoint: string('Where a device gets a code.'),
  jwks_uri: string('Where the keys of ID tokens are.'),
  response_types_supported: Type.Array(Type.String()),
  response_modes_supported: Type.Array(Type.String()),
  scopes_supported: Type.Array(Type.String()),
  subject_types_supported: Type.Array(Type.String()),
  id_token_signing_alg_values_supported: Type.Array(Type.String()),
  token_endpoint_auth_methods_supported: Type.Array(Type.String()),
  code_challenge_methods_supported: Type.Array(Type.String()),
  claims_supported: Type.Array(Type.String())
}, { title: 'OpenIdConfiguration', description: 'As OpenID Connect Discovery has it.' })

export const InstanceDiscovery = object({
  tenant_discovery_endpoint: string('Where the configuration of the tenant is.'),
  'api-version': Type.Literal('1.1'),
  metadata: Type.Array(object({
    preferred_network: string('The name to ask for.'),
    preferred_cache: string('The name to keep tokens under.'),
    aliases: Type.Array(Type.String(), { description: 'All names of the same host.' })
  }, { title: 'InstanceMetadata' }))
}, { title: 'InstanceDiscovery' })

export const formatOpenIdConfiguration = (origin: string, tenant: string): object => ({
  issuer: `${origin}/${tenant === 'common' ? '{tenantid}' : PERSONAL_TENANT}/v2.0`,
  authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
  token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
  device_authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/devicecode`,
  jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'fragment'],
  scopes_supported: ['openid', 'profile', 'offline_access'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'private_key_jwt'],
  code_challenge_methods_supported: ['S256', 'plain'],
  claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'nonce', 'preferred_username', 'name', 'oid', 'tid', 'ver']
})

/**
 * The hosts that are the same as the one that an authorization endpoint names.
 *
 * @param origin that of the request: a client may have been given an address of this emulator.
 * @returns undefined when it names another host, or is no address of an authorization endpoint.
 */
export function formatInstanceDiscovery (origin: string, endpoint: string): object | undefined {
  const asked = URL.parse(endpoint)
  const own = new URL(origin).host
  if (asked === null || !/^https?:$/.test(asked.protocol) || ![own, ...ALIASES].includes(asked.host)) return undefined
  const [, tenant] = /^\/([\w.-]+)\//.exec(asked.pathname) ?? []
  if (tenant === undefined) return undefined
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: MICROSOFT_HOST, preferred_cache: CACHE_HOST, aliases: ALIASES }]
  }
}
