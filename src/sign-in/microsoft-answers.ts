import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { object, string } from '../http/answer-schema.ts'
import { LIVE_HOST, MICROSOFT_HOST } from '../http/hosts.ts'
import type { DeviceCode } from '../model/session.ts'
import type { Profile } from '../model/user.ts'
import type { GrantedTokens } from '../operations/oauth.ts'
import { accountIdOf, formatDeviceCode } from './live-answers.ts'
import type { IdTokens } from './microsoft-id-token.ts'

/** The bodies of the answers of login.microsoftonline.com. */

/** The tenant of all personal accounts, which `consumers` and `common` lead to. [msal] */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

export const MicrosoftToken = object({
  token_type: Type.Literal('Bearer'),
  scope: string('As it was asked for.'),
  expires_in: Type.Integer({ description: 'How long the access token can be used, in s.' }),
  ext_expires_in: Type.Integer({ description: 'How long it could be used while the service is down: the same.' }),
  access_token: string('The ticket for /user/authenticate.'),
  refresh_token: Type.Optional(string('For the next access token. With a scope offline_access.')),
  id_token: Type.Optional(string('Who has signed in: a JWT. With the scope openid.')),
  client_info: Type.Optional(string('The account: base64url of an object with uid and utid. When client_info=1 asks for it.'))
}, { title: 'MicrosoftToken' })

export const MicrosoftDeviceCode = object({
  user_code: string('What the person enters.'),
  device_code: string('What the device polls with.'),
  verification_uri: string('Where the person enters it.'),
  expires_in: Type.Integer({ description: 'How long both can be used, in s.' }),
  interval: Type.Integer({ description: 'How long to wait between two polls, in s.' }),
  message: string('What to show to the person.')
}, { title: 'MicrosoftDeviceCode' })

/** What a request for tokens wants besides the access token. */
export interface Wanted {
  readonly clientId: string
  readonly nonce: string | null
  readonly clientInfo: boolean
}

export function formatMicrosoftDeviceCode (code: DeviceCode, origin: string): object {
  // The page is one of the other host.
  const given = formatDeviceCode(code, origin.replace(`//${MICROSOFT_HOST}`, `//${LIVE_HOST}`))
  return { ...given, message: `To sign in, open ${given.verification_uri} in a browser and enter the code ${given.user_code}.` }
}

const hasScope = (scope: string, name: RegExp): boolean => scope.split(/\s+/).some((word) => name.test(word))

/** The id of a personal account: that of login.live.com, as a GUID. */
const objectIdOf = (user: Profile): string => `00000000-0000-0000-${accountIdOf(user).replace(/^..../, '$&-')}`

export function formatMicrosoftToken ({ user, access, expiresIn, refresh, scope }: GrantedTokens, { clientId, nonce, clientInfo }: Wanted, { idTokens, origin, now }: {
  idTokens: IdTokens, origin: string, now: number
}): object {
  const uid = objectIdOf(user)
  return {
    token_type: 'Bearer',
    scope,
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: access.token,
    ...hasScope(scope, /^(?:XboxLive\.)?offline_access$/i) && { refresh_token: refresh.token },
    ...hasScope(scope, /^openid$/i) && { id_token: idTokens.sign(idClaimsOf(user, { clientId, nonce, origin, expiresIn, now })) },
    ...clientInfo && { client_info: Buffer.from(JSON.stringify({ uid, utid: PERSONAL_TENANT })).toString('base64url') }
  }
}

/** The name by which a client signs the same user in again, as login_hint, is the gamertag. */
function idClaimsOf (user: Profile, { clientId, nonce, origin, expiresIn, now }: {
  clientId: string, nonce: string | null, origin: string, expiresIn: number, now: number
}): object {
  const issued = Math.floor(now / 1000)
  return {
    ver: '2.0',
    iss: `${origin}/${PERSONAL_TENANT}/v2.0`,
    sub: createHash('sha256').update(`subject ${user.xuid} ${clientId.toLowerCase()}`).digest('base64url'),
    aud: clientId,
    iat: issued,
    nbf: issued,
    exp: issued + expiresIn,
    name: user.gamertag,
    preferred_username: user.gamertag,
    oid: objectIdOf(user),
    tid: PERSONAL_TENANT,
    ...nonce !== null && { nonce }
  }
}
