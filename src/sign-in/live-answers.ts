import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { object, string } from '../http/answer-schema.ts'
import type { DeviceCode } from '../model/session.ts'
import type { Profile } from '../model/user.ts'
import { DEVICE_CODE_LIFETIME, DEVICE_POLLING_INTERVAL } from '../operations/device-codes.ts'
import type { GrantedTokens } from '../operations/oauth.ts'
import { DEVICE_PATH } from './device-page.ts'

/** The bodies of the answers of login.live.com. */

export const OAuthToken = object({
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'How long the access token can be used, in s: 3600, and 86400 for a scope with MBI_SSL.' }),
  scope: string('As it was asked for.'),
  access_token: string('The ticket for /user/authenticate.'),
  refresh_token: string('For the next access token.'),
  user_id: string('The Microsoft account.')
}, { title: 'OAuthToken' })

export const DeviceCodeAnswer = object({
  user_code: Type.String({ pattern: '^[A-Z0-9]{8}$', description: 'What the person enters.' }),
  device_code: string('What the device polls with.'),
  verification_uri: string('Where the person enters it: an address of the emulator.'),
  interval: Type.Literal(DEVICE_POLLING_INTERVAL, { description: 'How often the device should poll, in s.' }),
  expires_in: Type.Integer({ description: 'How long the code can be used, in s.' })
}, { title: 'DeviceCode' })

/** The id of a user's Microsoft account, the same each time. */
export const accountIdOf = ({ xuid }: Profile): string => createHash('sha256').update(`account ${xuid}`).digest().toString('hex', 0, 8)

/** The answer with tokens. */
export function formatOAuthToken ({ user, access, expiresIn, refresh, scope }: GrantedTokens) {
  return {
    token_type: 'bearer',
    expires_in: expiresIn,
    scope,
    access_token: access.token,
    refresh_token: refresh.token,
    user_id: accountIdOf(user)
  }
}

/** The same for a fragment: clients demand that the access token comes first there. [flows] */
export function formatOAuthFragment (granted: GrantedTokens) {
  const { access_token: accessToken, ...others } = formatOAuthToken(granted)
  return { access_token: accessToken, ...others }
}

/** What a device is given. @param origin where it has found the emulator: the page is there. */
export const formatDeviceCode = ({ userCode, deviceCode }: DeviceCode, origin: string) => ({
  user_code: userCode,
  device_code: deviceCode,
  verification_uri: `${origin}${DEVICE_PATH}`,
  interval: DEVICE_POLLING_INTERVAL,
  expires_in: DEVICE_CODE_LIFETIME
})
