import type { Replay, Step, Taken } from './engine.ts'
import { XAL_STEPS } from './python.ts'
import { connectByHeader, event, refused, report, resourceOf, subscribe, unsubscribe } from './rta.ts'
import { achievements, ask, LARGE, playedTitles, PRESENCE, profileOf, profiles, titleHistory, titlesWith, xuidOf } from './services.ts'
import { authorizeCode, authorizeImplicit, connect, DESKTOP, deviceAuth, exchange, JSON_TYPE, MBI, NONSENSE, OWN_SCOPE, pollDevice, PROOF_KEY, refresh, sisu, token, userAuth, xsts } from './sign-in.ts'

const XBOX_APP = '000000004c12ae6f'
const ticketWithT = ({ ticket }: Taken): string => `t=${ticket}`

/** An integer for `expires_in`, and the state that was sent. */
const readFragment = (fragment: string): Taken => {
  const members = new URLSearchParams(fragment)
  const isRight = /^\d+$/.test(members.get('expires_in') ?? '') && members.get('state') === 'xyz' && members.get('token_type') === 'bearer'
  return isRight ? { ticket: members.get('access_token') as string, refresh: members.get('refresh_token') as string } : {}
}

const signedJson = { 'x-xbl-contract-version': '1', ...NONSENSE, ...JSON_TYPE }
const rustXsts = [userAuth(ticketWithT, signedJson), xsts(({ userToken, deviceToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken }), { headers: signedJson })]
const rustDevice = deviceAuth('{f9e13dc7-b099-4d0d-8c2a-000000000001}', 'Android')

const OCTELYS = '000000004c12ae6f'
/** The object ends, and goes on with what is no JSON. */
const broken = ({ AccessToken, AppId, DeviceToken, Sandbox, UseModernGamertag }: Record<string, unknown>): string =>
  `${JSON.stringify({ AccessToken, AppId, DeviceToken, Sandbox, UseModernGamertag })},"SiteName":"user.auth.xboxlive.com","RelyingParty":"http://xboxlive.com","ProofKey":"${JSON.stringify(PROOF_KEY)}"}`
const TEXT = { 'x-xbl-contract-version': '1', 'content-type': 'text/plain;charset=UTF-8' }
/** The default of libcurl. */
const CURL_FORM = 'application/x-www-form-urlencoded'
const octelysSisu = sisu({ appId: OCTELYS, headers: { ...TEXT, ...NONSENSE }, body: broken as (body: object) => string })
const octelysList = (query: string): Step => ask(({ xuid, title }) => `https://achievements.xboxlive.com/users/xuid(${xuid})/achievements?titleId=${title}${query}`, '2', { achievements: 'some', 'achievements.*.id': 'digits', 'achievements.*.progressState': 'text' })

const octelys: Replay['steps'] = [
  connect(OCTELYS),
  { ask: ({ user }) => ({ url: `https://login.live.com/oauth20_remoteconnect.srf?otc=${user}` }) },
  pollDevice(OCTELYS), deviceAuth('{7a6b1d52-94d7-4c02-a4f9-0a6f34a0a111}', 'iOS', { headers: TEXT, properties: { SerialNumber: '{7a6b1d52-94d7-4c02-a4f9-0a6f34a0a112}', Version: '1.0.0' } }),
  // It signs in twice.
  octelysSisu, octelysSisu,
  profiles('2', { settings: ['Gamerscore'], quoted: true, type: CURL_FORM }), profiles('2', { settings: ['GameDisplayPicRaw'], quoted: true, type: CURL_FORM }),
  ask(({ xuid }) => `https://userpresence.xboxlive.com/users/xuid(${xuid})`, '2', { state: 'text', devices: 'some', 'devices.0.titles.*.id': 'digits', 'devices.0.titles.*.name': 'text', 'devices.0.titles.*.state': 'text' }, {
    take: { title: (answer) => answer.json().devices[0].titles.findLast(({ name, state }: { name: string, state: string }) => name !== 'Home' && state === 'Active')?.id }
  }),
  ask(({ xuid, title }) => `https://titlehub.xboxlive.com/users/xuid(${xuid})/titles/titleId(${title})/decoration/image`, '2', { 'titles.0.displayImage': 'text' }),
  { ...octelysList(''), take: { page: 'pagingInfo.continuationToken', scid: 'achievements.0.serviceConfigId' } },
  { ...octelysList(''), ask: (taken) => octelysList(`&continuationToken=${taken['page']}`).ask(taken) },
  // The same number each time, and the achievements twice.
  connectByHeader({ origin: 'https://rta.xboxlive.com' }), refused(1, ({ xuid }) => `https://userpresence.xboxlive.com/users/xuid(${xuid})/richpresence`), subscribe(1), subscribe(1),
  report({ id: '11', percentComplete: 40 }), event, event,
  // What is meant to end a subscription asks for another one.
  subscribe(1, resourceOf), report({ id: '11', percentComplete: 100 }), event, event, event
]

const GOPHER = '0000000048183522'
const go: Replay['steps'] = [
  connect(GOPHER), pollDevice(GOPHER), deviceAuth('{6f1c0ad2-2e8c-4c11-9a0b-3f0e6a0a2222}', 'Android'), XAL_STEPS.endPoints, sisu({ appId: GOPHER, headers: signedJson }),
  xsts(({ userToken, deviceToken, titleToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken, TitleToken: titleToken }), { relyingParty: 'https://multiplayer.minecraft.net/', headers: signedJson }),
  ask('https://title.mgt.xboxlive.com/titles/current/endpoints', '1', { EndPoints: 'some', SignaturePolicies: 'some', Certs: 'list', RootCerts: 'list' }),
  ...['friends', 'followers', 'social'].map((group) => ask(`https://peoplehub.xboxlive.com/users/me/people/${group}/decoration/presenceDetail,preferredColor`, '7', { people: 'list', 'people.*.xuid': 'digits', 'people.*.gamertag': 'text', 'people.*.isFriend': 'boolean', 'people.*.isFollowedByCaller': 'boolean' })),
  ask('https://peoplehub.xboxlive.com/users/me/people/search/decoration/detail,preferredColor?q=friend', '7', { people: 'list' }),
  // It connects at once, and counts what it asks for and what it ends for themselves.
  connectByHeader({ signature: 'AAAAAQ==' }), refused(1, ({ xuid }) => `https://social.xboxlive.com/users/xuid(${xuid})/friends`), refused(2, () => 'https://sessiondirectory.xboxlive.com/connections/'),
  subscribe(3), report({ id: '18', percentComplete: 100 }), event, unsubscribe(1)
]

/** It does not know yet where the host wants the client id: in a header first, then in the form. */
const goCode = ({ code = '' }: Taken): Record<string, string> => ({ code, grant_type: 'authorization_code', redirect_uri: DESKTOP })
const goLibrary: Step[] = [
  authorizeCode({ access_type: 'offline', client_id: GOPHER, redirect_uri: DESKTOP, scope: MBI, state: 'st' }),
  { ...token(goCode, { headers: { authorization: `Basic ${Buffer.from(`${GOPHER}:`).toString('base64')}`, 'content-type': CURL_FORM } }), status: 400, needs: { error: 'text' }, take: {} },
  token((taken) => ({ client_id: GOPHER, ...goCode(taken) })), token(({ refresh = '' }) => ({ client_id: GOPHER, grant_type: 'refresh_token', refresh_token: refresh })), userAuth(ticketWithT)
]

const OWN = 'd1c2b3a4-0000-4000-8000-0123456789ab'
const LOCAL = 'http://localhost:3210/auth/callback'
const NO_VERSION = { 'x-xbl-contract-version': '0', ...JSON_TYPE }
const watcherSignIn: Step[] = [
  authorizeCode({ client_id: OWN, redirect_uri: LOCAL, scope: OWN_SCOPE, state: 'st' }), exchange(OWN, LOCAL, OWN_SCOPE), refresh(OWN, OWN_SCOPE), userAuth(({ ticket }) => `d=${ticket}`, NO_VERSION), xsts(({ userToken }) => ({ UserTokens: [userToken] }), { headers: NO_VERSION })
]
const titlesOfWatcher = (version: string): Step => titleHistory(xuidOf, 'titleHistory/decoration/GamePass,TitleHistory,Achievement,Stats,Image?maxItems=1000', titlesWith('achievement', 'titleHistory', 'image', 'stats', 'gamePass'), version)
/** What it makes of a version that it forgot. The real titlehub refuses it as well. */
const FORGOTTEN = 'undefined'

const textBetween = (pattern: RegExp) => ({ body }: { body: string }): string | undefined => pattern.exec(body)?.[1]
/** It reads the older page, posts the password, follows the redirect, and wants an ampersand behind the token in the address. */
const strafer: Step[] = [
  {
    ask: () => ({ url: `https://login.live.com/oauth20_authorize.srf?${new URLSearchParams({ client_id: '0000000048093EE3', redirect_uri: DESKTOP, response_type: 'token', display: 'touch', scope: MBI, locale: 'en' })}` }),
    take: { post: textBetween(/urlPost:'([A-Za-z0-9:?_\-.&\\/=]+)/), ppft: textBetween(/sFTTag:'.*value="(.*)"\/>'/) }
  },
  {
    ask: ({ post = '', ppft = '' }) => ({ method: 'POST', url: post, headers: { 'content-type': CURL_FORM }, body: String(new URLSearchParams({ login: 'gamer', passwd: 'any', PPFT: ppft, PPSX: 'Passpor', SI: 'Sign In', type: '11', NewUser: '1', LoginOptions: '1' })) }),
    status: 302,
    take: { page: ({ headers: { location } }) => String(location), ticket: ({ headers: { location } }) => textBetween(/access_token=(.+?)&/)({ body: String(location) }) }
  },
  { ask: ({ page = '' }) => ({ url: page.replace(/#.*/, '') }) },
  userAuth(({ ticket }) => String(ticket), JSON_TYPE), xsts(({ userToken }) => ({ UserTokens: [userToken] }), { headers: JSON_TYPE }),
  // It writes a dollar before the user hash and the token.
  { ask: ({ uhs, xsts }) => ({ url: 'https://profile.xboxlive.com/users/gt(friend)/profile/settings', headers: { authorization: `XBL3.0 x=$${uhs};$${xsts}`, 'x-xbl-contract-version': '2' } }), status: 401 },
  profileOf(() => 'gt(friend)', '2', '')
]

export const NATIVE: readonly Replay[] = [
  { client: 'xal-rs, device code', steps: [connect(XBOX_APP), pollDevice(XBOX_APP), refresh(XBOX_APP, MBI), rustDevice, ...rustXsts] },
  { client: 'xal-rs, implicit grant', steps: [...authorizeImplicit({ client_id: XBOX_APP, scope: MBI, redirect_uri: DESKTOP, state: 'xyz' }, readFragment), rustDevice, ...rustXsts] },
  { client: 'xal-rs, SISU', steps: [...XAL_STEPS.signingIn('328178078'), xsts(({ userToken, deviceToken, titleToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken, TitleToken: titleToken }), { relyingParty: 'http://xboxlive.com', headers: signedJson })] },
  { client: 'Octelys achievements-tracker-plugin', steps: octelys },
  { client: 'gophertunnel and go-xsapi', steps: go },
  { client: 'golang.org/x/oauth2', steps: goLibrary },
  { client: 'go-xsapi, with the number of its title', steps: XAL_STEPS.signingIn(1739947436, { UseModernGamertag: true }) },
  { client: 'Achievement-Watcher-Next 3.10.3', steps: [...watcherSignIn, { ...titlesOfWatcher(FORGOTTEN), status: 400, needs: {} }, playedTitles('?maxItems=1000', FORGOTTEN), achievements('4')] },
  { client: 'Achievement-Watcher-Next, with the version that it forgot', steps: [...watcherSignIn, titlesOfWatcher('2'), achievements('4')] },
  { client: 'Xbox-Live-API---Rust (Strafer14)', as: null, steps: strafer },
  { client: 'xbox-webapi-node (unknownskl)', steps: [...watcherSignIn, playedTitles('', '2'), achievements('2', `?titleid=${LARGE}`), ask('https://userpresence.xboxlive.com/users/me?level=all', '3', PRESENCE), ask('https://userpresence.xboxlive.com/users/me/groups/People?level=all', '3', { '': 'list', '*.xuid': 'digits', '*.state': 'text' })] }
]
