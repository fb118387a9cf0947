import { configurationOf, titleIdOf } from './random-neighbours.ts'

/** A request that is about a user. */
export interface UserRequest {
  /** As the document has it, with `{user}` for the user of the path. */
  readonly route: string
  readonly url: string
  readonly version: string
  readonly payload?: object
  /** True when the route tells everybody who exists, by a name and a picture. */
  readonly tellsWhoExists?: true
}

const EVERYTHING = 'scid,achievement,stats,gamepass,image,detail,friendswhoplayed,alternateTitleId,productId,contentBoard,titleHistory'
const SETTINGS = 'GameDisplayName,GameDisplayPicRaw,Gamerscore,Gamertag,ModernGamertag,UniqueModernGamertag,AccountTier,TenureLevel,XboxOneRep,PreferredColor,Location,Bio,Watermarks,RealName,IsQuarantined'
const PERSON = 'detail,preferredColor,presenceDetail,multiplayerSummary,titleHistory(10)'
const TITLE_IDS = [0, 1, 2, 3].map(titleIdOf)
const STATS = ['MinutesPlayed', 'Kills', 'Deaths', 'Best time']
const asked = { xuids: [] as string[], stats: TITLE_IDS.flatMap((titleid) => STATS.map((name) => ({ name, titleid: String(titleid) }))), groups: TITLE_IDS.map((titleid) => ({ name: 'Hero', titleid: String(titleid) })) }
const askedV1 = [1, 2].map((n) => ({ scid: configurationOf(n), requestedstats: STATS }))

/** What the neighbours are asked about one user, by each of their routes that tells something of a user. */
export function requestsAbout (xuid: string): UserRequest[] {
  const user = `/users/xuid(${xuid})`
  return [...hubRequests(user), ...statRequests(xuid, user), ...profileRequests(xuid, user), ...peopleRequests(xuid, user), ...presenceRequests(xuid, user)]
}

function hubRequests (user: string): UserRequest[] {
  const decorated = `/decoration/${EVERYTHING}`
  return [
    ...['titleHistory', ...TITLE_IDS.map((id) => `titleid(${id})`), 'pfn(title.0_8wekyb3d8bbwe)'].map((moniker) =>
      ({ route: 'GET /users/{user}/titles/{moniker}/decoration/{decorations}', url: `${user}/titles/${moniker}${decorated}`, version: '2' })),
    { route: 'POST /users/{user}/titles/batch/decoration/{decorations}', url: `${user}/titles/batch${decorated}`, version: '2', payload: { titleIds: TITLE_IDS } }
  ]
}

function statRequests (xuid: string, user: string): UserRequest[] {
  return [
    { route: 'POST /batch', url: '/batch', version: '2', payload: { ...asked, xuids: [xuid] } },
    { route: 'POST /batch', url: '/batch', version: '1', payload: { requestedusers: [xuid], requestedscids: askedV1 } },
    ...['1', '2', '3'].map((version) => ({ route: 'GET /users/{user}/scids/{scid}/stats/{names}', url: `${user}/scids/${configurationOf(1)}/stats/${STATS.join(',')}`, version })),
    { route: 'GET /users/{user}/permission/validate', url: `/users/me/permission/validate?setting=ViewTargetGameHistory&target=xuid(${xuid})`, version: '1', tellsWhoExists: true },
    { route: 'POST /users/{user}/permission/validate', url: '/users/me/permission/validate', version: '1', payload: { users: [{ xuid }], permissions: ['ViewTargetGameHistory', 'CommunicateUsingText'] } }
  ]
}

function profileRequests (xuid: string, user: string): UserRequest[] {
  const tellsWhoExists = true
  return [
    { route: 'POST /users/batch/profile/settings', url: '/users/batch/profile/settings', version: '2', payload: { userIds: [xuid], settings: SETTINGS.split(',') }, tellsWhoExists },
    { route: 'GET /users/{user}/profile/settings', url: `${user}/profile/settings?settings=${SETTINGS}`, version: '2', tellsWhoExists },
    { route: 'GET /users/{user}/settings', url: `${user}/settings?settings=${SETTINGS}`, version: '2', tellsWhoExists },
    { route: 'GET /users/{user}/profile/settings/people/people', url: `${user}/profile/settings/people/people?settings=Gamerscore`, version: '2', tellsWhoExists }
  ]
}

function peopleRequests (xuid: string, user: string): UserRequest[] {
  const tellsWhoExists = true
  const end = `/decoration/${PERSON}`
  return [
    ...['social', 'friends', 'followers', 'recommendations'].map((group) => ({ route: 'GET /users/{user}/people/{group}', url: `${user}/people/${group}`, version: '7', tellsWhoExists } as const)),
    ...['3', '5', '7'].map((version) => ({ route: 'GET /users/{user}/people/{group}/decoration/{decorations}', url: `/users/me/people/xuids(${xuid})${end}`, version, tellsWhoExists } as const)),
    { route: 'POST /users/{user}/people/batch', url: '/users/me/people/batch', version: '3', payload: { xuids: [xuid] }, tellsWhoExists },
    { route: 'POST /users/{user}/people/batch/decoration/{decorations}', url: `/users/me/people/batch${end}`, version: '3', payload: { xuids: [xuid] }, tellsWhoExists },
    { route: 'GET /users/{user}/people', url: `${user}/people?view=all`, version: '3', tellsWhoExists },
    { route: 'POST /users/{user}/people/xuids', url: `${user}/people/xuids`, version: '1', payload: { xuids: [xuid] }, tellsWhoExists },
    { route: 'GET /users/{user}/summary', url: `${user}/summary`, version: '2', tellsWhoExists }
  ]
}

function presenceRequests (xuid: string, user: string): UserRequest[] {
  return [
    { route: 'GET /users/{user}', url: `${user}?level=all`, version: '3' },
    { route: 'POST /users/batch', url: '/users/batch', version: '3', payload: { users: [xuid], level: 'all' } },
    { route: 'GET /users/{user}/groups/{moniker}', url: `${user}/groups/People?level=all`, version: '3' }
  ]
}
