import type { Replay, Step, Taken } from './engine.ts'
import { achievements, ask, catalogue360, earned360, LARGE, minutes, profileOf, profiles, titleHistory, titlesByPackage, titlesWith, xuidOf } from './services.ts'
import { authorizeCode, authorizeImplicit, DESKTOP, deviceAuth, exchange, JSON_TYPE, LIVE, MBI, NONSENSE, OWN_SCOPE, plainXsts, refresh, signedIn, sisu, token, userAuth, xsts } from './sign-in.ts'

const PLAYNITE = '38cd2fa8-66fd-4760-afb2-405eb65d5b0c'

/** The page is loaded once the code was read out of its address. */
const desktopPage: Step = { ask: ({ code }) => ({ url: `${DESKTOP}?code=${code}` }) }

const ticketWithD = ({ ticket }: Taken): string => `d=${ticket}`

const playniteSignIn: Step[] = [
  authorizeCode({ client_id: PLAYNITE, approval_prompt: 'auto', scope: OWN_SCOPE, redirect_uri: DESKTOP }), desktopPage,
  exchange(PLAYNITE, DESKTOP, OWN_SCOPE), userAuth(ticketWithD, { 'x-xbl-contract-version': '1', 'content-type': 'application/json; charset=utf-8' }), plainXsts
]

/** Whether the tokens are good. */
const isSignedIn = profiles('2', { settings: ['GameDisplayName'] })

const expired: Step = {
  ask: () => ({ method: 'POST', url: 'https://profile.xboxlive.com/users/batch/profile/settings', headers: signedIn({ uhs: '1', xsts: 'of.another.day' }, '2', JSON_TYPE), body: '{"userIds":[2533274790412952],"settings":["GameDisplayName"]}' }),
  status: 401
}

const ofPlaynite: Step[] = [
  isSignedIn,
  titleHistory(xuidOf, 'titlehistory/decoration/detail', titlesWith('detail', 'titleHistory')),
  minutes(({ xuid }) => ({ arrangebyfield: 'xuid', xuids: [xuid], stats: [{ name: 'MinutesPlayed', titleid: LARGE }, { name: 'MinutesPlayed', titleid: '3051199919' }] })),
  titlesByPackage('detail')
]

/** For a game without a package family name SuccessStory asks for everything that was unlocked. */
const ofAchievements: Step[] = [isSignedIn, titlesByPackage('detail'), achievements('2'), achievements('2', '?maxItems=10000'), earned360, catalogue360('1')]

const XAU = '000000004424da1f'
const SIGNED_UTF8 = { ...NONSENSE, 'content-type': 'application/json; charset=utf-8' }
const xauDevice = deviceAuth('{00000000-d8a5-4a7b-b5ea-0c5f5c1a0f23}', 'Win32', { headers: SIGNED_UTF8, properties: { SerialNumber: '{00000000-d8a5-4a7b-b5ea-0c5f5c1a0f24}', Version: '0.0.0' } })

/** Every boolean of a person is read as one: null makes the client fail. */
const XAU_PERSON = {
  people: 'some',
  'people.*.gamertag': 'text',
  'people.*.gamerScore': 'digits',
  'people.*.displayPicRaw': 'text',
  'people.*.isCloaked': 'boolean',
  'people.*.isFavorite': 'boolean',
  'people.*.isBroadcasting': 'boolean',
  'people.*.isQuarantined': 'boolean',
  'people.*.isXbox360Gamerpic': 'boolean',
  'people.*.isIdentityShared': 'boolean',
  'people.*.isFollowedByCaller': 'boolean',
  'people.*.isFollowingCaller': 'boolean',
  'people.*.detail.accountTier': 'text',
  'people.*.detail.followerCount': 'number',
  'people.*.detail.followingCount': 'number',
  'people.*.detail.tenure': 'digits',
  'people.*.detail.watermarks': 'list',
  'people.*.detail.isVerified': 'boolean',
  'people.*.detail.blocked': 'boolean',
  'people.*.detail.mute': 'boolean',
  'people.*.presenceDetails.*.IsBroadcasting': 'boolean',
  'people.*.presenceDetails.*.IsPrimary': 'boolean',
  'people.*.presenceDetails.*.IsGame': 'boolean',
  'people.*.presenceDetails.*.TitleId': 'digits',
  'people.*.detail.hasGamePass': 'boolean',
  'people.*.preferredColor.primaryColor': 'text',
  'people.*.multiplayerSummary.inParty': 'number'
} as const

const update: Step = {
  ask: (taken) => ({
    method: 'POST',
    url: `https://achievements.xboxlive.com/users/xuid(${taken['xuid']})/achievements/${taken['scid']}/update`,
    headers: signedIn(taken, '2', JSON_TYPE),
    body: { action: 'progressUpdate', serviceConfigId: taken['scid'], titleId: LARGE, userId: taken['xuid'], achievements: [{ id: '9', percentComplete: '100' }] }
  })
}

const ofXau: Step[] = [
  profileOf(() => 'me', '2', '?settings=Gamertag'),
  ask(({ xuid }) => `https://peoplehub.xboxlive.com/users/me/people/xuids(${xuid})/decoration/detail,preferredColor,presenceDetail,multiplayerSummary`, '5', XAU_PERSON),
  ask(({ xuid }) => `https://titlehub.xboxlive.com/users/xuid(${xuid})/titles/batch/decoration/GamePass,Achievement,Stats`, '2', titlesWith('achievement', 'stats', 'gamePass'), { method: 'POST', headers_: JSON_TYPE, body: () => ({ Pfns: null, TitleIds: [LARGE] }) }),
  { ...titleHistory(xuidOf, 'titleHistory/decoration/Achievement,detail,scid?maxItems=10000', titlesWith('achievement', 'detail', 'scid')), take: { scid: (answer) => answer.json().titles.find(({ titleId }: { titleId: string }) => titleId === LARGE)?.serviceConfigId } },
  achievements('4'), catalogue360('3'),
  minutes(({ xuid }) => ({ ArrangeByField: 'xuid', Xuids: [xuid], Stats: [{ Name: 'MinutesPlayed', TitleId: LARGE }] })),
  update,
  ask(({ xuid }) => `https://presence-heartbeat.xboxlive.com/users/xuid(${xuid})/devices/current/`, '3', {}, { method: 'POST', headers_: JSON_TYPE, body: () => ({ titles: [{ expiration: 600, id: LARGE, state: 'active', sandbox: 'RETAIL' }] }) }),
  ask(({ xuid }) => `https://presence-heartbeat.xboxlive.com/users/xuid(${xuid})/devices/current/`, '3', {}, { method: 'DELETE' })
]

/** Begins with the access token, and has all six. */
const readFragment = (fragment: string): Taken => {
  const members = new URLSearchParams(fragment)
  const isWhole = fragment.startsWith('access_token=') && ['access_token', 'token_type', 'expires_in', 'scope', 'refresh_token', 'user_id'].every((name) => members.get(name))
  return isWhole ? { ticket: members.get('access_token') as string, refresh: members.get('refresh_token') as string } : {}
}

const PHONE = '0000000048093EE3'
/** It renews with GET. */
const renewByGet: Step = {
  ...token(() => ({})),
  ask: ({ refresh = '' }) => ({ url: `${LIVE}/oauth20_token.srf?${new URLSearchParams({ grant_type: 'refresh_token', client_id: PHONE, scope: MBI, refresh_token: refresh })}` })
}

export const DOTNET: readonly Replay[] = [
  { client: 'Playnite, XboxLibrary', steps: [...playniteSignIn, ...ofPlaynite] },
  { client: 'SuccessStory', steps: [...playniteSignIn, ...ofAchievements] },
  { client: 'PlayniteAchievements', steps: [...playniteSignIn, expired, refresh(PLAYNITE, OWN_SCOPE, { redirect_uri: DESKTOP }), userAuth(ticketWithD), plainXsts, ...ofAchievements] },
  {
    client: 'Xbox Achievement Unlocker',
    steps: [
      authorizeCode({ client_id: XAU, scope: MBI, redirect_uri: DESKTOP, response_mode: 'query', prompt: 'select_account' }), desktopPage,
      exchange(XAU, DESKTOP, MBI), xauDevice, sisu({ appId: XAU, headers: SIGNED_UTF8, more: { RelyingParty: 'http://xboxlive.com' } }), xauDevice, sisu({ appId: XAU, headers: SIGNED_UTF8, relyingParty: 'http://events.xboxlive.com' }), ...ofXau
    ]
  },
  {
    client: 'xbox-webapi-csharp',
    steps: [
      ...authorizeImplicit({ client_id: PHONE, scope: MBI, redirect_uri: DESKTOP, display: 'touch', locale: 'en' }, readFragment), renewByGet,
      userAuth(({ ticket }) => String(ticket)), xsts(({ userToken }) => ({ UserTokens: [userToken] })), achievements('2', `?titleId=${LARGE}`), profiles('2', { settings: ['GameDisplayName', 'Gamerscore'] }),
      ask(({ xuid }) => `https://social.xboxlive.com/users/xuid(${xuid})/people?view=all&startIndex=0&maxItems=50`, '1', { people: 'list', 'people.*.xuid': 'digits', 'people.*.isFavorite': 'boolean', totalCount: 'number' }),
      ask('https://social.xboxlive.com/users/gt(friend)/summary', '1', { targetFollowingCount: 'number', targetFollowerCount: 'number' }),
      ask(({ xuid }) => `https://userpresence.xboxlive.com/users/xuid(${xuid})?level=all`, '3', { xuid: 'digits', state: 'text' })
    ]
  },
  {
    client: 'XboxLiveApiCsharp (topCyberPlayer)',
    steps: [...playniteSignIn, profileOf(() => 'gt(friend)', null, '?settings=Gamerscore%2CGamertag'), titleHistory(() => 'gt(gamer)', 'titlehistory/decoration/achievement,detail', titlesWith('achievement', 'detail'), null), titleHistory(xuidOf, 'titlehistory/decoration/achievement,detail', titlesWith('achievement', 'detail'), null), achievements('2', `?titleId=${LARGE}`), earned360]
  }
]
