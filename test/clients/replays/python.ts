import type { Kind, Replay, Step } from './engine.ts'
import { achievements, ask, FRIEND, LARGE, LARGE_PFN, LARGE_SCID, minutes, PRESENCE, profileOf, profiles, stats, titleHistory, titlesByPackage, titlesWith, xuidOf } from './services.ts'
import { authorizeCode, CHALLENGE, deviceAuth, exchange, JSON_TYPE, NONSENSE, OWN_SCOPE, plainXsts, refresh, sisu, token, userAuth, VERIFIER, xsts } from './sign-in.ts'

const CLIENT = '388ea51c-0b25-4029-aae2-17df49d23905'
const BACK = 'http://localhost:8080/auth/callback'
const signIn: Step[] = [authorizeCode({ client_id: CLIENT, approval_prompt: 'auto', scope: OWN_SCOPE, redirect_uri: BACK }), exchange(CLIENT, BACK, OWN_SCOPE), refresh(CLIENT, OWN_SCOPE), userAuth(({ ticket }) => `d=${ticket}`, { 'x-xbl-contract-version': '1', ...JSON_TYPE }), plainXsts]

const PERSON = {
  people: 'some',
  ...Object.fromEntries(['isFavorite', 'isFollowingCaller', 'isFollowedByCaller', 'isIdentityShared', 'isBroadcasting', 'isQuarantined', 'isXbox360Gamerpic'].map((name) => [`people.*.${name}`, 'boolean'])),
  ...Object.fromEntries(['displayName', 'realName', 'modernGamertagSuffix', 'xboxOneRep', 'presenceState', 'presenceText', 'colorTheme', 'preferredFlag'].map((name) => [`people.*.${name}`, 'string'])),
  ...Object.fromEntries(['xuid', 'gamerScore', 'showUserAsAvatar'].map((name) => [`people.*.${name}`, 'digits'])),
  ...Object.fromEntries(['gamertag', 'displayPicRaw', 'modernGamertag', 'uniqueModernGamertag'].map((name) => [`people.*.${name}`, 'text'])),
  'people.*.preferredPlatforms': 'list',
  'people.*.detail.accountTier': 'text',
  'people.*.detail.isVerified': 'boolean',
  'people.*.detail.watermarks': 'list',
  'people.*.detail.followerCount': 'number',
  'people.*.detail.followingCount': 'number',
  'people.*.detail.hasGamePass': 'boolean',
  'people.*.multiplayerSummary.InMultiplayerSession': 'number',
  'people.*.multiplayerSummary.InParty': 'number',
  'people.*.presenceDetails': 'list'
} as const satisfies Record<string, Kind>
const SUMMARY = {
  targetFollowingCount: 'number', targetFollowerCount: 'number', isCallerFollowingTarget: 'boolean', isTargetFollowingCaller: 'boolean', hasCallerMarkedTargetAsFavorite: 'boolean', hasCallerMarkedTargetAsIdentityShared: 'boolean', legacyFriendStatus: 'text'
} as const
const DECORATIONS = 'preferredcolor,detail,multiplayersummary,presencedetail'
const HERO = [{ name: 'MinutesPlayed', scid: LARGE_SCID }]
const PROFILE = '?settings=Gamertag%2CModernGamertag%2CModernGamertagSuffix%2CUniqueModernGamertag%2CRealNameOverride%2CBio%2CLocation%2CGamerscore%2CGameDisplayPicRaw%2CTenureLevel%2CAccountTier%2CXboxOneRep%2CPreferredColor%2CWatermarks%2CIsQuarantined'
const FOUND = titlesWith('achievement', 'detail', 'scid')

/** As the providers ask by default. */
const hub = [
  titleHistory(xuidOf, 'titlehistory/decoration/achievement,image,scid?maxItems=5', titlesWith('achievement', 'titleHistory', 'scid', 'image')),
  titleHistory(xuidOf, `titleid(${LARGE})/decoration/achievement,alternateTitleId,detail,image,scid`, FOUND),
  titleHistory(xuidOf, `pfn(${LARGE_PFN})/decoration/achievement,alternateTitleId,detail,image,scid`, FOUND),
  titlesByPackage('achievement,detail,image,scid', titlesWith('detail', 'scid'))
]
const listed = achievements('2', `?titleId=${LARGE}`)
const services: Step[] = [
  ...hub,
  profiles('3', { settings: ['GameDisplayName', 'AppDisplayName', 'AppDisplayPicRaw', 'Gamerscore', 'Gamertag', 'GameDisplayPicRaw', 'AccountTier', 'TenureLevel', 'XboxOneRep', 'PreferredColor', 'Location', 'Bio', 'Watermarks', 'RealName'], quoted: true }),
  profileOf(() => 'gt(friend)', '3', PROFILE),
  stats(`${LARGE_SCID}/stats/MinutesPlayed`, '2'),
  stats(`${LARGE_SCID}/stats/MinutesPlayed?include=valuemetadata`, '3'),
  minutes(({ xuid }) => ({ arrangebyfield: 'xuid', groups: [{ name: 'Hero', titleId: LARGE }], stats: [{ name: 'MinutesPlayed', titleId: LARGE }], xuids: [xuid] })),
  minutes(({ xuid }) => ({ arrangebyfield: 'xuid', groups: [{ name: 'Hero', scid: LARGE_SCID }], stats: HERO, xuids: [xuid] }), null),
  ask(({ xuid }) => `https://userpresence.xboxlive.com/users/xuid(${xuid})?level=user`, '3', PRESENCE),
  ask('https://userpresence.xboxlive.com/users/batch', '3', { '': 'some', '*.xuid': 'digits', '*.state': 'text' }, { method: 'POST', headers_: JSON_TYPE, body: () => ({ users: [FRIEND], onlineOnly: false, level: 'user' }) }),
  // Python 3.11 and later write the word with its type, in a query alone.
  ask('https://userpresence.xboxlive.com/users/me?level=PresenceLevel.ALL', '3', PRESENCE),
  ask(`https://peoplehub.xboxlive.com/users/me/people/social/decoration/${DECORATIONS}`, '3', PERSON),
  ask(`https://peoplehub.xboxlive.com/users/me/people/batch/decoration/${DECORATIONS}`, '3', PERSON, { method: 'POST', headers_: JSON_TYPE, body: () => ({ xuids: [FRIEND] }) }),
  ask('https://peoplehub.xboxlive.com/users/me/people/recommendations', '3', { people: 'list' }),
  ask('https://social.xboxlive.com/users/me/summary', '2', SUMMARY),
  ask('https://social.xboxlive.com/users/gt(friend)/summary', '2', SUMMARY),
  listed,
  ask((taken) => `https://achievements.xboxlive.com/users/${xuidOf(taken)}/achievements/${LARGE_SCID}/1`, '2', { achievements: 'some', 'achievements.0.id': 'digits' })
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

/** Its answer to SISU has the modern gamertag only where the client asks for it. */
const signingIn = (titleId: string | number, more: object = {}): Step[] => [
  deviceAuth('{9bb6fd43-8a3c-4a24-9b4a-2d2c2a3f1b11}', 'Android'), ...throughSisu(titleId), withSession(sisu({ appId: APP, headers: { ...NONSENSE, ...JSON_TYPE }, more: { UseModernGamertag: undefined, ...more } }))
]

export const XAL_STEPS = { endPoints, signingIn }

/** @param tenant with the slash that its default authority ends with, or without. */
const byDiscovery = (tenant: string): Step[] => [
  {
    ask: () => ({ url: `https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration` }),
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
    steps: [...signingIn('1016898439'), xsts(({ userToken, deviceToken, titleToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken, TitleToken: titleToken }), { relyingParty: 'http://mp.microsoft.com/', headers: { 'x-xbl-contract-version': '1', ...NONSENSE, ...JSON_TYPE } }), listed]
  },
  { client: 'xboxlive-blade-mcp', steps: [...signIn, profileOf(() => 'gt(friend)', '3', PROFILE), ...hub.slice(0, 1), listed] },
  { client: 'uc-intg-xbox', steps: [...signIn, ask(({ xuid }) => `https://peoplehub.xboxlive.com/users/xuid(${xuid})/people/social/decoration/${DECORATIONS}`, '3', PERSON), ...hub.slice(1, 2)] },
  { client: 'MSAL for Python', steps: [...byDiscovery('consumers'), userAuth(({ ticket }) => `d=${ticket}`), plainXsts, achievements('2')] },
  { client: 'MSAL for Python, without an authority', steps: byDiscovery('common/') }
]
