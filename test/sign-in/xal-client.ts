import type { LightMyRequestResponse } from 'fastify'
import type { Emulator } from '../helper.ts'
import { post } from './client.ts'

type App = Pick<Emulator, 'app'>

export const DEVICE_ID = '{75D40EB0-09D6-4D57-A3B6-1F4A6A26BD63}'
/** Of DEVICE_ID. */
export const DEVICE_CLAIM = 'DF251A8A6398D150'

/** A body for device.auth and title.auth. */
export const authBody = (properties: object): object => ({ RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: properties })

export const deviceBody = (properties: object = {}): object => authBody({ AuthMethod: 'ProofOfPossession', Id: DEVICE_ID, DeviceType: 'Win32', Version: '10.0.19042', ...properties })

export const deviceTokenOf = async (emulator: App, properties: object = {}): Promise<string> => (await post(emulator, '/device/authenticate', deviceBody(properties))).json().Token

export const titleBody = (deviceToken: unknown, properties: object = {}): object =>
  authBody({ AuthMethod: 'RPS', DeviceToken: deviceToken, RpsTicket: 't=gamer', SiteName: 'user.auth.xboxlive.com', ...properties })

/** A body for sisu.xboxlive.com/authenticate, as xbox-webapi-python sends it. */
export const sisuStart = (deviceToken: unknown, members: object = {}): object => ({
  AppId: '000000004c20a908',
  TitleId: '1016898439',
  RedirectUri: 'ms-xal-000000004c20a908://auth',
  DeviceToken: deviceToken,
  Sandbox: 'RETAIL',
  TokenType: 'code',
  Offers: ['service::user.auth.xboxlive.com::MBI_SSL'],
  Query: { display: 'android_phone', code_challenge: 'Y2hhbGxlbmdl', code_challenge_method: 'S256', state: 'xyz' },
  ...members
})

/** A body for sisu.xboxlive.com/authorize. */
export const sisuBody = (deviceToken: unknown, members: object = {}): object =>
  ({ AccessToken: 't=gamer', AppId: '000000004c20a908', DeviceToken: deviceToken, Sandbox: 'RETAIL', SiteName: 'user.auth.xboxlive.com', ...members })

/** A request to SISU with a new device token. */
export const postSisu = async (emulator: App, members: object = {}): Promise<LightMyRequestResponse> =>
  await post(emulator, '/authorize', sisuBody(await deviceTokenOf(emulator), members))

/** The session, `userhash;token`, of an answer of XSTS. */
export const sessionOf = ({ Token, DisplayClaims: { xui: [{ uhs }] } }: any): string => `${uhs};${Token}`

export const sisuSession = async (emulator: App, members: object = {}): Promise<string> => sessionOf((await postSisu(emulator, members)).json().AuthorizationToken)
