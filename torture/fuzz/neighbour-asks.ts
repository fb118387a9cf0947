import type { Random } from '../random.ts'
import { ask, header, number, query, recase, scid, segment, type Ask } from './ask-parts.ts'
import { vary } from './bodies.ts'
import { FAULTY_XUID, SCIDS, TITLES, XUIDS } from './pieces.ts'

/** Requests to the hosts around the achievements, and to that of notifications. */

const GAMERTAGS = ['gt(gamer)', 'gt(FRIEND)', 'gt(nobody)']
const WORDS = ['titleHistory', 'titlehistory', 'titleid(1660944384)', 'titleId(3051199919)', 'pfn(Example_8wekyb3d8bbwe)', 'history']
const DECORATIONS = ['Achievement,detail,scid', 'GamePass,TitleHistory,Achievement,Stats,Image', 'scid', 'alternateTitleId,productId,contentBoard,friendsWhoPlayed', ',']
const SETTINGS = ['GameDisplayName,Gamerscore', 'GameDisplayPicRaw', 'Gamertag,Bio,PreferredColor', 'Nothing']
const STATS = ['MinutesPlayed', 'LampsLit,MinutesPlayed', 'a,b,c']
const GROUPS = ['social', 'friends', 'followers', 'recommendations', 'search', `xuids(${XUIDS.join()})`, 'xuids(1)', 'nothing']
const PEOPLE = ['detail,preferredColor,presenceDetail,multiplayerSummary', 'presenceDetail,titleHistory(1660944384)', 'titleHistory(x)', '']
const PERMISSIONS = ['ViewTargetGameHistory', 'CommunicateUsingText', 'Fly']
const QUERIES = ['maxItems', 'settings', 'level', 'view', 'startIndex', 'q', 'setting', 'target', 'include', 'operation', 'continuationToken']

const one = (random: Random, good: readonly string[]): string => segment(random, good)
const someone = (random: Random): string => random.once(4) ? random.pick(['me', 'ME', ...GAMERTAGS]) : `${random.pick(['xuid', 'XUID'])}(${segment(random, random.once(10) ? [FAULTY_XUID] : XUIDS)})`
const xuids = (random: Random): unknown[] => random.times(1 + random.below(3), () => random.once(3) ? Number(random.pick(XUIDS)) : random.pick(XUIDS))
const titleIds = (random: Random): unknown[] => random.times(random.below(4), () => random.once(2) ? Number(random.pick(TITLES)) : random.pick(TITLES))
const post = (random: Random, path: string, body: object): Ask => ask('POST', `${path}${query(random, QUERIES)}`, { body: vary(body, random) })

const stat = (random: Random): object => ({ name: random.pick(STATS), ...random.once(2) ? { titleid: random.pick(TITLES) } : { scid: random.pick(SCIDS) } })
const statsBody = (random: Random): object => random.once(4)
  ? { requestedusers: xuids(random), requestedscids: [{ scid: random.pick(SCIDS), requestedstats: [random.pick(STATS)] }] }
  : { arrangebyfield: 'xuid', xuids: xuids(random), stats: random.times(random.below(4), () => stat(random)), groups: random.times(random.below(2), () => ({ ...stat(random), name: 'Hero' })) }

const filter = (random: Random): object => ({ action: random.pick(['Include', 'exclude']), source: random.pick([8, '6']), type: random.pick([1, 8]) })
const endpoint = (random: Random): object => {
  const titleId = random.pick(TITLES)
  return {
    systemId: random.pick(SCIDS),
    endpointUri: `https://notify.xboxlive.com/users/xuid(${random.pick(XUIDS)})/deviceId/current/titleId/${titleId}`,
    platform: 'Win32',
    transport: random.pick(['RTA', 'rta', 'FCM']),
    locale: 'en-US,en',
    titleId,
    filters: random.times(random.below(4), () => filter(random))
  }
}

const presence = (random: Random): object => ({ id: random.pick(TITLES), state: random.pick(['active', 'inactive']), placement: random.pick(['full', 'snapped']), activity: { richPresence: { id: 'a', scid: random.pick(SCIDS) } } })

export const NEIGHBOURS: ReadonlyArray<readonly [number, (random: Random) => Ask]> = [
  [4, (random) => ask('GET', `/users/${someone(random)}/titles/${one(random, WORDS)}/${recase('decoration', random)}/${one(random, DECORATIONS)}${query(random, QUERIES)}`)],
  [2, (random) => post(random, `/users/${someone(random)}/titles/batch/decoration/${one(random, DECORATIONS)}`, { pfns: random.pick([null, ['a', 'b']]), titleIds: titleIds(random) })],
  [1, (random) => ask('GET', `/titles/${one(random, WORDS)}/decoration/${one(random, DECORATIONS)}`)],
  [1, (random) => post(random, `/titles/batch/decoration/${one(random, DECORATIONS)}`, { pfns: ['a'], titleIds: titleIds(random), windowsPhoneProductIds: [] })],
  [1, (random) => post(random, '/submitJob', { userId: random.pick(XUIDS), Scid: random.pick(SCIDS) })],
  [1, (random) => ask('GET', `/jobs/${one(random, ['0a7525e8-c21f-4447-a596-16ca2afe38fc'])}`)],
  [3, (random) => post(random, '/users/batch/profile/settings', { userIds: xuids(random), settings: random.pick(SETTINGS).split(',') })],
  [2, (random) => ask('GET', `/users/${someone(random)}/${random.pick(['profile/', ''])}settings?settings=${one(random, SETTINGS)}`)],
  [1, (random) => ask('GET', `/users/${someone(random)}/profile/settings/people/people?settings=${one(random, SETTINGS)}`)],
  [4, (random) => post(random, '/batch', statsBody(random))],
  [2, (random) => ask('GET', `/users/${someone(random)}/scids/${scid(random)}/stats/${one(random, STATS)}${query(random, QUERIES)}`)],
  [2, (random) => ask('GET', `/users/${someone(random)}?level=${one(random, ['all', 'title', 'user'])}`)],
  [2, (random) => post(random, '/users/batch', { users: xuids(random), onlineOnly: random.once(2), level: 'all', titles: titleIds(random), deviceTypes: ['XboxOne'] })],
  [1, (random) => ask('GET', `/users/${someone(random)}/groups/${one(random, ['People', 'Nobody'])}`)],
  [2, (random) => post(random, `/users/${someone(random)}/devices/current/titles/current`, presence(random))],
  [1, (random) => post(random, `/users/${someone(random)}/devices/current`, { titles: [presence(random)] })],
  [1, (random) => ask('DELETE', `/users/${someone(random)}/devices/current${random.pick(['', '/titles/current'])}`)],
  [3, (random) => ask('GET', `/users/${someone(random)}/people/${one(random, GROUPS)}${random.once(3) ? '' : `/decoration/${one(random, PEOPLE)}`}${query(random, QUERIES)}`)],
  [2, (random) => post(random, `/users/${someone(random)}/people/batch${random.once(2) ? '' : `/decoration/${one(random, PEOPLE)}`}`, { xuids: xuids(random) })],
  [1, (random) => ask('GET', `/users/${someone(random)}/people?view=${one(random, ['all', 'favorite'])}&startIndex=${number(random)}&maxItems=${number(random)}`)],
  [1, (random) => post(random, `/users/${someone(random)}/people/xuids`, { xuids: xuids(random) })],
  [1, (random) => ask('GET', `/users/${someone(random)}/${recase('summary', random)}`)],
  [2, (random) => ask('GET', `/users/${someone(random)}/permission/validate?setting=${one(random, PERMISSIONS)}&target=${random.once(3) ? header(random, ['allUsers']).replace(/[^\w]/g, '') : `xuid(${one(random, XUIDS)})`}`)],
  [2, (random) => post(random, '/system/notifications/endpoints', endpoint(random))],
  [1, (random) => ask('DELETE', `/system/notifications/endpoints/${one(random, SCIDS)}`)],
  [2, (random) => post(random, `/users/${someone(random)}/permission/validate`, { users: [{ xuid: random.pick(XUIDS) }, { anonymousUser: 'crossNetworkUser' }], permissions: [random.pick(PERMISSIONS)] })]
]
