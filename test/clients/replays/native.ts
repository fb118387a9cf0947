import type { Replay, Step, Taken } from './engine.ts'
import { XAL_STEPS } from './python.ts'
import { achievements, ask, LARGE, playedTitles, profileOf, profiles, titleHistory, titlesWith, xuidOf } from './services.ts'
import { authorizeCode, authorizeImplicit, connect, DESKTOP, deviceAuth, exchange, JSON_TYPE, MBI, NONSENSE, OWN_SCOPE, plainXsts, pollDevice, PROOF_KEY, refresh, sisu, userAuth, xsts } from './sign-in.ts'

const XBOX_APP = '000000004c12ae6f'
const ticketWithT = ({ ticket }: Taken): string => `t=${ticket}`

/** An integer for `expires_in`, and the state that was sent. */
const readFragment = (fragment: string): Taken => {
  const members = new URLSearchParams(fragment)
  const isRight = /^\d+$/.test(members.get('expires_in') ?? '') && members.get('state') === 'xyz' && members.get('token_type') === 'bearer'
  return isRight ? { ticket: members.get('access_token') as string, refresh: members.get('refresh_token') as string } : {}
}

const rustXsts = [userAuth(ticketWithT), xsts(({ userToken, deviceToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken, ProofKey: PROOF_KEY }))]
const rustDevice = deviceAuth('{F9E13DC7-B099-4D0D-8C2A-000000000001}', 'Android')

const OCTELYS = '000000004c12ae6f'
/** The object ends, and goes on with what is no JSON. */
const broken = (body: object): string => `${JSON.stringify(body)},"ProofKey":{"kty":"EC",}`
const TEXT = { 'content-type': 'text/plain;charset=utf-8' }
/** The default of libcurl. */
const CURL_FORM = 'application/x-www-form-urlencoded'

const octelys: Step[] = [
  connect(OCTELYS),
  { ask: ({ user }) => ({ url: `https://login.live.com/oauth20_remoteconnect.srf?otc=${user}` }) },
  pollDevice(OCTELYS), deviceAuth('{7a6b1d52-94d7-4c02-a4f9-0a6f34a0a111}', 'Win32', TEXT), sisu({ appId: OCTELYS, headers: { ...TEXT, ...NONSENSE }, body: broken }),
  profiles('2', { settings: ['GameDisplayPicRaw'], quoted: true, type: CURL_FORM }), profiles('2', { settings: ['Gamerscore'], quoted: true, type: CURL_FORM }),
  ask(({ xuid }) => `https://userpresence.xboxlive.com/users/xuid(${xuid})?level=all`, '2', { state: 'text', devices: 'some', 'devices.0.titles.*.id': 'digits', 'devices.0.titles.*.name': 'text', 'devices.0.titles.*.state': 'text' }, {
    take: { title: (answer) => answer.json().devices[0].titles.findLast(({ name, state }: { name: string, state: string }) => name !== 'Home' && state === 'Active')?.id }
  }),
  ask(({ xuid, title }) => `https://titlehub.xboxlive.com/users/xuid(${xuid})/titles/titleId(${title})/decoration/image`, '2', { 'titles.0.displayImage': 'text' }),
  ask(({ xuid, title }) => `https://achievements.xboxlive.com/users/xuid(${xuid})/achievements?titleId=${title}&maxItems=1000`, '2', { achievements: 'some' })
]

const GOPHER = '0000000048183522'
const go: Step[] = [
  connect(GOPHER), pollDevice(GOPHER), deviceAuth('{6f1c0ad2-2e8c-4c11-9a0b-3f0e6a0a2222}', 'Android'), XAL_STEPS.endPoints, sisu({ appId: GOPHER, headers: NONSENSE }),
  xsts(({ userToken, deviceToken, titleToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken, TitleToken: titleToken, ProofKey: PROOF_KEY }), { relyingParty: 'https://multiplayer.minecraft.net/', headers: NONSENSE }),
  ask('https://title.mgt.xboxlive.com/titles/current/endpoints', '1', { EndPoints: 'some', SignaturePolicies: 'some', Certs: 'list', RootCerts: 'list' }),
  ...['friends', 'followers', 'social'].map((group) => ask(`https://peoplehub.xboxlive.com/users/me/people/${group}/decoration/presenceDetail,preferredColor`, '7', { people: 'list', 'people.*.xuid': 'digits', 'people.*.gamertag': 'text', 'people.*.isFriend': 'boolean', 'people.*.isFollowedByCaller': 'boolean' })),
  ask('https://peoplehub.xboxlive.com/users/me/people/search/decoration/detail,preferredColor?q=friend', '7', { people: 'list' })
]

const OWN = 'd1c2b3a4-0000-4000-8000-0123456789ab'
const LOCAL = 'http://localhost:3210/auth/callback'
const watcher: Step[] = [
  authorizeCode({ client_id: OWN, scope: OWN_SCOPE, redirect_uri: LOCAL, prompt: 'select_account' }), exchange(OWN, LOCAL, OWN_SCOPE), refresh(OWN, OWN_SCOPE), userAuth(({ ticket }) => `d=${ticket}`), plainXsts,
  titleHistory(xuidOf, 'titleHistory/decoration/GamePass,TitleHistory,Achievement,Stats,Image?maxItems=1000', titlesWith('achievement', 'titleHistory', 'image', 'stats', 'gamePass')),
  playedTitles, achievements('4')
]

/** It wants an ampersand behind the token, and follows the redirect to the page, whose address it reads. */
const readBehind = (fragment: string): Taken => {
  const [, ticket] = /access_token=(.+?)&/.exec(fragment) ?? []
  return ticket === undefined ? {} : { ticket: decodeURIComponent(ticket), refresh: 'none' }
}
const strafer: Step[] = [
  ...authorizeImplicit({ client_id: XBOX_APP, scope: MBI, redirect_uri: DESKTOP, display: 'touch', locale: 'en' }, readBehind), { ask: () => ({ url: `${DESKTOP}?lc=1033` }) },
  userAuth(({ ticket }) => String(ticket), JSON_TYPE), plainXsts, profileOf(() => 'gt(friend)', '2', '')
]

export const NATIVE: readonly Replay[] = [
  { client: 'xal-rs, device code', steps: [connect(XBOX_APP), pollDevice(XBOX_APP), refresh(XBOX_APP, MBI), rustDevice, ...rustXsts] },
  { client: 'xal-rs, implicit grant', steps: [...authorizeImplicit({ client_id: XBOX_APP, scope: MBI, redirect_uri: DESKTOP, state: 'xyz' }, readFragment), rustDevice, ...rustXsts] },
  { client: 'xal-rs, SISU', steps: [...XAL_STEPS.signingIn('328178078'), xsts(({ userToken, deviceToken, titleToken }) => ({ UserTokens: [userToken], DeviceToken: deviceToken, TitleToken: titleToken }), { relyingParty: 'http://xboxlive.com' })] },
  { client: 'Octelys achievements-tracker-plugin', steps: octelys },
  { client: 'gophertunnel and go-xsapi', steps: go },
  { client: 'go-xsapi, with the number of its title', steps: [...XAL_STEPS.signingIn(1739947436)] },
  { client: 'Achievement-Watcher-Next', steps: watcher },
  { client: 'Xbox-Live-API---Rust (Strafer14)', steps: strafer },
  { client: 'xbox-webapi-node (unknownskl)', steps: [...watcher.slice(0, 5), achievements('2', `?titleId=${LARGE}`), ask('https://userpresence.xboxlive.com/users/me?level=all', '3', { xuid: 'digits', state: 'text' })] }
]
