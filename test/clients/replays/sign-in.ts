import { createHash } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import type { Asked, Step, Taken } from './engine.ts'

// Steps of signing in that many clients have in common.

export const LIVE = 'https://login.live.com'
export const DESKTOP = `${LIVE}/oauth20_desktop.srf`
export const MBI = 'service::user.auth.xboxlive.com::MBI_SSL'
export const OWN_SCOPE = 'Xboxlive.signin Xboxlive.offline_access'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
export const JSON_TYPE = { 'content-type': 'application/json' }
/** What some send in the place of a signature. */
export const NONSENSE = { signature: 'RGFtbklHb3R0YU1ha2VUaGlzU3RyaW5nU3VwZXJMb25nSHVoLkRvbid0RXZlbktub3dXaGF0U2hvdWxkQmVIZXJlRHJhZnRTdHJpbmc=' }
export const VERIFIER = 'M25iVXpKU3puUjFaYWg3T1NDTDRxVF9FVzRxWWw1dTEzVTR4dERqM21zWlhC'
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
export const PROOF_KEY = { use: 'sig', alg: 'ES256', kty: 'EC', crv: 'P-256', x: 'b8Zc6GPFeu41DqiWPJxRa_jqUTSiMA537emKVHt8UO8', y: 'CXAuTEHet72GjgSDfDg6psBrwE1waxBsNEIGrRZV_90' }

const parametersOf = (from: '?' | '#') => ({ headers: { location = '' } }: LightMyRequestResponse): URLSearchParams =>
  new URLSearchParams(String(location).slice(String(location).indexOf(from) + 1))

/** Opens the page to sign in, which leads back with a code. */
export const authorizeCode = (parameters: Record<string, string>): Step => ({
  ask: () => ({ url: `${LIVE}/oauth20_authorize.srf?${new URLSearchParams({ response_type: 'code', ...parameters })}` }),
  status: 302,
  headers: ['location'],
  take: { code: (answer) => parametersOf('?')(answer).get('code') ?? undefined }
})

/** The same with the implicit grant; `read` checks the fragment, and takes what the client takes. */
export const authorizeImplicit = (parameters: Record<string, string>, take: (fragment: string) => Taken): Step[] => {
  const fragmentOf = ({ headers: { location = '' } }: LightMyRequestResponse): string => String(location).slice(String(location).indexOf('#') + 1)
  return [{
    ask: () => ({ url: `${LIVE}/oauth20_authorize.srf?${new URLSearchParams({ response_type: 'token', ...parameters })}` }),
    status: 302,
    take: {
      ticket: (answer) => take(fragmentOf(answer))['ticket'],
      refresh: (answer) => take(fragmentOf(answer))['refresh']
    }
  }]
}

const GRANTED = { token_type: 'text', expires_in: 'number', scope: 'text', access_token: 'text', refresh_token: 'text', user_id: 'text' } as const

/** Asks for tokens with a form. */
export const token = (form: (taken: Taken) => Record<string, string>, more: Partial<Asked> = {}): Step => ({
  ask: (taken) => ({ method: 'POST', url: `${LIVE}/oauth20_token.srf`, headers: FORM, body: String(new URLSearchParams(form(taken))), ...more }),
  needs: GRANTED,
  take: { ticket: 'access_token', refresh: 'refresh_token' }
})

export const exchange = (clientId: string, redirectUri: string, scope: string, more: Record<string, string> = {}): Step =>
  token(({ code = '' }) => ({ client_id: clientId, code, grant_type: 'authorization_code', redirect_uri: redirectUri, scope, ...more }))

export const refresh = (clientId: string, scope: string, more: Record<string, string> = {}): Step =>
  token(({ refresh = '' }) => ({ client_id: clientId, refresh_token: refresh, grant_type: 'refresh_token', scope, ...more }))

/** Starts a sign-in by a code that a person enters elsewhere. */
export const connect = (clientId: string): Step => ({
  ask: () => ({ method: 'POST', url: `${LIVE}/oauth20_connect.srf`, headers: FORM, body: String(new URLSearchParams({ client_id: clientId, response_type: 'device_code', scope: MBI })) }),
  needs: { user_code: 'text', device_code: 'text', verification_uri: 'text', interval: 'number', expires_in: 'number' },
  take: { device: 'device_code', user: 'user_code' }
})

export const pollDevice = (clientId: string): Step =>
  token(({ device = '' }) => ({ client_id: clientId, device_code: device, grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }))

const ENVELOPE = { IssueInstant: 'instant', NotAfter: 'instant', Token: 'text', DisplayClaims: 'object' } as const
const inside = (prefix: string): Record<string, 'instant' | 'text' | 'object'> => Object.fromEntries(Object.entries(ENVELOPE).map(([name, kind]) => [`${prefix}${name}`, kind]))

export const userAuth = (ticket: (taken: Taken) => string, headers: Record<string, string> = { 'x-xbl-contract-version': '1', ...JSON_TYPE }): Step => ({
  ask: (taken) => ({
    method: 'POST',
    url: 'https://user.auth.xboxlive.com/user/authenticate',
    headers,
    body: { RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: ticket(taken) } }
  }),
  needs: { ...ENVELOPE, 'DisplayClaims.xui.0': 'texts', 'DisplayClaims.xui.0.uhs': 'digits' },
  take: { userToken: 'Token' }
})

export const deviceAuth = (id: string, type: string, { headers = {}, properties = {} }: { headers?: Record<string, string>, properties?: object } = {}): Step => ({
  ask: () => ({
    method: 'POST',
    url: 'https://device.auth.xboxlive.com/device/authenticate',
    headers: { 'x-xbl-contract-version': '1', ...NONSENSE, ...JSON_TYPE, ...headers },
    body: { RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'ProofOfPossession', Id: id, DeviceType: type, Version: '8.0.0', ProofKey: PROOF_KEY, ...properties } }
  }),
  needs: { ...ENVELOPE, 'DisplayClaims.xdi': 'texts', 'DisplayClaims.xdi.did': 'text' },
  take: { deviceToken: 'Token' }
})

/** The claims of a token for http://xboxlive.com that most read. */
export const CLAIMS = { 'DisplayClaims.xui.0': 'texts', 'DisplayClaims.xui.0.uhs': 'digits', 'DisplayClaims.xui.0.xid': 'digits', 'DisplayClaims.xui.0.gtg': 'text' } as const

export const xsts = (properties: (taken: Taken) => object, more: { relyingParty?: string, headers?: Record<string, string> } = {}): Step => ({
  ask: (taken) => ({
    method: 'POST',
    url: 'https://xsts.auth.xboxlive.com/xsts/authorize',
    headers: more.headers ?? { 'x-xbl-contract-version': '1', ...JSON_TYPE },
    body: { RelyingParty: more.relyingParty ?? 'http://xboxlive.com', TokenType: 'JWT', Properties: { SandboxId: 'RETAIL', ...properties(taken) } }
  }),
  needs: { ...ENVELOPE, ...more.relyingParty === undefined ? { ...CLAIMS, 'DisplayClaims.xui.0.agg': 'text', 'DisplayClaims.xui.0.usr': 'text', 'DisplayClaims.xui.0.prv': 'text' } : { 'DisplayClaims.xui.0.uhs': 'digits' } },
  take: more.relyingParty === undefined ? { xsts: 'Token', uhs: 'DisplayClaims.xui.0.uhs', xuid: 'DisplayClaims.xui.0.xid', gamertag: 'DisplayClaims.xui.0.gtg' } : {}
})

/** The user token alone, as clients without devices have it. */
export const plainXsts = xsts(({ userToken }) => ({ UserTokens: [userToken] }))

export interface SisuOptions { readonly appId: string, readonly headers?: Record<string, string>, readonly body?: (body: object) => object | string, readonly more?: object, readonly relyingParty?: string }

/** One request for a title token, a user token and a token of XSTS. */
export const sisu = ({ appId, headers = {}, body = (given) => given, more = {}, relyingParty }: SisuOptions): Step => ({
  ask: ({ ticket, deviceToken }) => ({
    method: 'POST',
    url: 'https://sisu.xboxlive.com/authorize',
    headers,
    body: body({ AccessToken: `t=${ticket}`, AppId: appId, DeviceToken: deviceToken, Sandbox: 'RETAIL', SiteName: 'user.auth.xboxlive.com', UseModernGamertag: true, ProofKey: PROOF_KEY, ...relyingParty !== undefined && { RelyingParty: relyingParty }, ...more })
  }),
  needs: {
    DeviceToken: 'text',
    ...inside('TitleToken.'),
    ...inside('UserToken.'),
    ...inside('AuthorizationToken.'),
    'UserToken.DisplayClaims.xui.0': 'texts',
    'AuthorizationToken.DisplayClaims.xui.0': 'texts',
    WebPage: 'text',
    Sandbox: 'text',
    ...relyingParty === undefined ? { 'AuthorizationToken.DisplayClaims.xui.0.xid': 'digits', 'AuthorizationToken.DisplayClaims.xui.0.gtg': 'text' } as const : {}
  },
  take: relyingParty === undefined
    ? { xsts: 'AuthorizationToken.Token', uhs: 'AuthorizationToken.DisplayClaims.xui.0.uhs', xuid: 'AuthorizationToken.DisplayClaims.xui.0.xid', titleToken: 'TitleToken.Token', userToken: 'UserToken.Token' }
    : {}
})

/** The header of a signed-in client. */
export const signedIn = ({ uhs, xsts }: Taken, version: string | null, more: Record<string, string> = {}): Record<string, string> =>
  ({ authorization: `XBL3.0 x=${uhs};${xsts}`, ...version !== null && { 'x-xbl-contract-version': version }, ...more })
