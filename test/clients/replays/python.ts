import type { Replay, Step } from './engine.ts'
import { achievements, ask, FRIEND, LARGE, LARGE_PFN, minutes, profileOf, profiles, titleHistory, titlesWith, xuidOf } from './services.ts'
import { authorizeCode, CHALLENGE, deviceAuth, exchange, JSON_TYPE, NONSENSE, OWN_SCOPE, plainXsts, PROOF_KEY, refresh, sisu, token, userAuth, VERIFIER, xsts } from './sign-in.ts'

const CLIENT = '388ea51c-0b25-4029-aae2-17df49d23905'
const BACK = 'http://localhost:8080/auth/callback'
const signIn: Step[] = [authorizeCode({ client_id: CLIENT, approval_prompt: 'auto', scope: OWN_SCOPE, redirect_uri: BACK }), exchange(CLIENT, BACK, OWN_SCOPE), refresh(CLIENT, OWN_SCOPE), userAuth(({ ticket }) => `d=${ticket}`, { 'x-xbl-contract-version': '1', ...JSON_TYPE }), plainXsts]

const PERSON = { people: 'list', 'people.*.xuid': 'digits', 'people.*.isFavorite': 'boolean', 'people.*.displayName': 'text', 'people.*.gamertag': 'text', 'people.*.gamerScore': 'digits', 'people.*.isBroadcasting': 'boolean', 'people.*.presenceState': 'text' } as const

const services: Step[] = [
  titleHistory(xuidOf, 'titlehistory/decoration/achievement,image,scid?maxItems=5', titlesWith('achievement', 'titleHistory', 'scid', 'image')),
  titleHistory(xuidOf, `titleid(${LARGE})/decoration/achievement,alternateTitleId,detail,image,scid`, titlesWith('achievement', 'detail', 'scid')),
  titleHistory(xuidOf, `pfn(${LARGE_PFN})/decoration/achievement,alternateTitleId,detail,image,scid`, titlesWith('achievement', 'detail', 'scid')),
  profiles('3', { settings: ['GameDisplayName', 'AppDisplayName', 'Gamerscore', 'ModernGamertag', 'XboxOneRep', 'PreferredColor', 'GameDisplayPicRaw'], quoted: true }),
  profileOf(() => 'gt(friend)', '3', '?settings=GameDisplayName,Gamerscore,Gamertag'),
  minutes(({ xuid }) => ({ arrangebyfield: 'xuid', groups: [{ name: 'Hero', titleId: LARGE }], stats: [{ name: 'MinutesPlayed', titleId: LARGE }], xuids: [xuid] })),
  // Python 3.11 and later write the word with its type.
  ask(({ xuid }) => `https://userpresence.xboxlive.com/users/xuid(${xuid})?level=PresenceLevel.ALL`, '3', { xuid: 'digits', state: 'text' }),
  ask('https://userpresence.xboxlive.com/users/batch', '3', { '': 'some', '*.xuid': 'digits', '*.state': 'text' }, { method: 'POST', headers_: JSON_TYPE, body: () => ({ users: [FRIEND], onlineOnly: false, level: 'PresenceLevel.USER' }) }),
  ask('https://peoplehub.xboxlive.com/users/me/people/social/decoration/preferredcolor,detail,multiplayersummary,presencedetail', '3', PERSON),
  ask('https://peoplehub.xboxlive.com/users/me/people/batch/decoration/preferredcolor,detail', '3', PERSON, { method: 'POST', headers_: JSON_TYPE, body: () => ({ xuids: [FRIEND] }) }),
  ask('https://social.xboxlive.com/users/me/summary', '1', { targetFollowingCount: 'number', targetFollowerCount: 'number', isCallerFollowingTarget: 'boolean', isTargetFollowingCaller: 'boolean', hasCallerMarkedTargetAsFavorite: 'boolean' }),
  achievements('2')
]

const APP = '000000004c20a908'
const APP_BACK = `ms-xal-${APP}://auth`

const endPoints: Step = {
  ask: () => ({ url: 'https://title.mgt.xboxlive.com/titles/default/endpoints?type=1', headers: { 'x-xbl-contract-version': '1' } }),
  needs: { EndPoints: 'some', 'EndPoints.*.Protocol': 'text', 'EndPoints.*.Host': 'text', 'EndPoints.*.HostType': 'text', SignaturePolicies: 'some', 'SignaturePolicies.*.Version': 'number', 'SignaturePolicies.*.SupportedAlgorithms': 'some', 'SignaturePolicies.*.MaxBodyBytes': 'number', Certs: 'list', RootCerts: 'list' }
}

/** Asks SISU where to sign in, opens that, and goes on with the code. */
const throughSisu = (titleId: string | number): Step[] => [
  {
    ask: ({ deviceToken }) => ({
      method: 'POST',
      url: 'https://sisu.xboxlive.com/authenticate',
      headers: { 'x-xbl-contract-version': '1', ...NONSENSE, ...JSON_TYPE },
      body: {
        AppId: APP, TitleId: titleId, RedirectUri: APP_BACK, DeviceToken: deviceToken, Sandbox: 'RETAIL', TokenType: 'code', Offers: ['service::user.auth.xboxlive.com::MBI_SSL'], Query: { display: 'android_phone', code_challenge: CHALLENGE, code_challenge_method: 'S256', state: 'c3RhdGU' }
      }
    }),
    headers: ['x-sessionid'],
    needs: { MsaOauthRedirect: 'text', MsaRequestParameters: 'texts' },
    take: { page: 'MsaOauthRedirect', session: ({ headers }) => String(headers['x-sessionid']) }
  },
  {
    ask: ({ page = '' }) => ({ url: page }),
    status: 302,
    take: { code: ({ headers: { location } }) => new URL(String(location)).searchParams.get('code') ?? undefined, state: ({ headers: { location } }) => new URL(String(location)).searchParams.get('state') ?? undefined }
  },
  token(({ code = '' }) => ({ client_id: APP, code, code_verifier: VERIFIER, grant_type: 'authorization_code', redirect_uri: APP_BACK, scope: 'service::user.auth.xboxlive.com::MBI_SSL' }))
]

/** SISU with the session that `authenticate` has begun. */
const withSession = (step: Step): Step => ({
  ...step,
  ask: (taken) => {
    const { body, ...asked } = step.ask(taken)
    return { ...asked, body: { ...body as object, SessionId: taken['session'] } }
  }
})

const signingIn = (titleId: string | number): Step[] => [
  endPoints, deviceAuth('{9bb6fd43-8a3c-4a24-9b4a-2d2c2a3f1b11}', 'Android'), ...throughSisu(titleId), withSession(sisu({ appId: APP, headers: NONSENSE }))
]

export const XAL_STEPS = { endPoints, signingIn }

const byDiscovery: Step[] = [
  {
    ask: () => ({ url: 'https://login.microsoftonline.com/consumers/v2.0/.well-known/openid-configuration' }),
    needs: { authorization_endpoint: 'text', token_endpoint: 'text', device_authorization_endpoint: 'text', issuer: 'text', jwks_uri: 'text' },
    take: { connect: 'device_authorization_endpoint', token: 'token_endpoint' }
  },
  {
    ask: ({ connect = '' }) => ({ method: 'POST', url: connect, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `client_id=${CLIENT}&scope=XboxLive.signin+offline_access+openid+profile` }),
    needs: { user_code: 'text', device_code: 'text', verification_uri: 'text', expires_in: 'number', interval: 'number', message: 'text' },
    take: { device: 'device_code' }
  },
  {
    // Both words, whatever the flow is.
    ask: ({ token = '', device }) => ({ method: 'POST', url: token, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `client_id=${CLIENT}&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&code=${device}&device_code=${device}&client_info=1` }),
    needs: { token_type: 'text', scope: 'text', expires_in: 'number', access_token: 'text', refresh_token: 'text', id_token: 'text', client_info: 'text' },
    take: { ticket: 'access_token' }
  },
  {
    ask: () => ({ url: 'https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint=https://login.microsoftonline.com/common/oauth2/authorize' }),
    needs: { tenant_discovery_endpoint: 'text', metadata: 'some', 'metadata.*.preferred_network': 'text', 'metadata.*.preferred_cache': 'text', 'metadata.*.aliases': 'some' }
  }
]

export const PYTHON: readonly Replay[] = [
  { client: 'xbox-webapi-python, AuthenticationManager', steps: [...signIn, ...services] },
  {
    client: 'xbox-webapi-python, XALManager',
    steps: [...signingIn('1016898439'), xsts(({ userToken, deviceToken, titleToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken, TitleToken: titleToken, ProofKey: PROOF_KEY }), { relyingParty: 'http://mp.microsoft.com/', headers: NONSENSE }), achievements('2')]
  },
  { client: 'xboxlive-blade-mcp', steps: [...signIn, profileOf(xuidOf, '3', '?settings=GameDisplayName,Gamerscore,Gamertag,AccountTier,TenureLevel,XboxOneRep,PreferredColor,RealName,Bio,Location'), ...services.slice(0, 2), achievements('2')] },
  { client: 'uc-intg-xbox', steps: [...signIn, ask(({ xuid }) => `https://peoplehub.xboxlive.com/users/xuid(${xuid})/people/social/decoration/preferredcolor,detail,multiplayersummary,presencedetail`, '3', PERSON), ...services.slice(1, 2)] },
  { client: 'MSAL for Python', steps: [...byDiscovery, userAuth(({ ticket }) => `d=${ticket}`), plainXsts, achievements('2')] }
]
