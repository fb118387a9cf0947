import { authorizationOf, SCID, TITLE, xuidOf } from '../../bench/worlds.ts'
import type { Random } from '../random.ts'

/** How many users the world of the soak has. */
export const USERS = 2000
/** The only user to whose requests faults happen. */
const FAULTY = USERS - 1

// Another client resets the world now and then, so what a scenario has created may no longer exist when it uses it.

/** Sends a request, and resolves with the body. @throws when the status is not an expected one. */
export type Ask = (request: { method?: string, path: string, headers?: Record<string, string>, body?: unknown, expected?: readonly number[] }) => Promise<string>
type Scenario = (ask: Ask, random: Random) => Promise<unknown>

const CONTROL = '/_emulator'
const LOCALES = ['en-US', 'fr-FR', 'de, en;q=0.5', 'ja-JP', 'es']
const as = (user: number, more: Record<string, string> = {}): Record<string, string> => ({ authorization: authorizationOf(user), 'x-xbl-contract-version': '2', ...more })
const listOf = (user: number, query = ''): string => `/users/xuid(${xuidOf(user)})/achievements${query}`

const hot: Scenario = async (ask) => await ask({ path: listOf(0), headers: as(0) })

const cold: Scenario = async (ask, random) => {
  const user = random.below(FAULTY)
  const query = `?maxItems=${1 + random.below(40)}&skipItems=${random.below(60)}&orderBy=${random.pick(['Title', 'UnlockTime', 'EndingSoon', 'Unordered'])}&unlockedOnly=${random.once(3)}`
  return await ask({ path: listOf(user, query), headers: as(user, { 'accept-language': random.pick(LOCALES) }) })
}

const pages: Scenario = async (ask, random) => {
  const user = random.below(FAULTY)
  let token: string | null = '0'
  for (let count = 0; count < 4 && token !== null; count++) {
    token = JSON.parse(await ask({ path: listOf(user, `?maxItems=20&continuationToken=${token}`), headers: as(user) })).pagingInfo.continuationToken
  }
}

const single: Scenario = async (ask, random) => {
  const user = random.below(FAULTY)
  return await ask({ path: `${listOf(user)}/${SCID}/${1 + random.below(96)}`, headers: as(random.below(FAULTY)) })
}

const history: Scenario = async (ask, random) => {
  const user = random.below(FAULTY)
  return await ask({ path: `/users/xuid(${xuidOf(user)})/history/titles`, headers: as(user, { 'x-xbl-contract-version': random.pick(['1', '2']) }) })
}

const update: Scenario = async (ask, random) => {
  const user = random.below(FAULTY)
  const achievements = [{ id: String(1 + random.below(96)), percentComplete: 1 + random.below(100) }]
  return await ask({ method: 'POST', path: `${listOf(user)}/${SCID}/update`, headers: as(user), body: { action: 'progressUpdate', serviceConfigId: SCID, titleId: TITLE, userId: xuidOf(user), achievements }, expected: [200, 304, 400] })
}

const igdb: Scenario = async (ask, random) =>
  await ask({ path: `/achievements/?fields=*&limit=10&order=${random.pick(['owners:desc', 'name', 'id'])}&offset=${random.below(100)}&filter[id][gt]=${random.below(1000)}`, headers: { 'user-key': 'soak' } })

const scroll: Scenario = async (ask, random) => await ask({ path: `/achievements/?scroll=1&limit=${1 + random.below(50)}`, headers: { 'user-key': 'soak' } })

const signIn: Scenario = async (ask, random) => {
  const name = `bench ${random.below(FAULTY)}`
  const form = (grant: string, member: string, value: string) => new URLSearchParams({ grant_type: grant, client_id: 'soak', [member]: value }).toString()
  const { refresh_token: refresh } = JSON.parse(await ask({ method: 'POST', path: '/oauth20_token.srf', body: form('authorization_code', 'code', name) }))
  const { access_token: access } = JSON.parse(await ask({ method: 'POST', path: '/oauth20_token.srf', body: form('refresh_token', 'refresh_token', refresh) }))
  const user = JSON.parse(await ask({ method: 'POST', path: '/user/authenticate', body: { RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: `d=${access}` } } }))
  const { Token: token, DisplayClaims: { xui: [{ uhs, xid }] } } = JSON.parse(await ask({ method: 'POST', path: '/xsts/authorize', body: { RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', Properties: { UserTokens: [user.Token], SandboxId: 'RETAIL' } } }))
  return await ask({ path: `/users/xuid(${xid})/achievements?maxItems=1`, headers: { authorization: `XBL3.0 x=${uhs};${token}`, 'x-xbl-contract-version': '2' }, expected: [200, 401] })
}

const session: Scenario = async (ask, random) => {
  const xuid = xuidOf(random.below(FAULTY))
  const { authorization, userHash, token } = JSON.parse(await ask({ method: 'POST', path: `${CONTROL}/sessions`, body: { xuid, titleId: TITLE }, expected: [201] }))
  await ask({ path: `/users/xuid(${xuid})/achievements?maxItems=1`, headers: { authorization, 'x-xbl-contract-version': '2' }, expected: [200, 401] })
  return await ask({ method: 'DELETE', path: `${CONTROL}/sessions/${userHash}/${token}`, expected: [204, 404] })
}

/** One at a time, because two would use up each other's faults. */
const fault: Scenario = async (ask, random) => {
  const { id } = JSON.parse(await ask({ method: 'POST', path: `${CONTROL}/faults`, body: { path: listOf(FAULTY), status: random.pick([500, 503, 429]), times: 2 }, expected: [201] }))
  for (let count = 0; count < 3; count++) await ask({ path: listOf(FAULTY, '?maxItems=1'), headers: as(FAULTY), expected: [200, 429, 500, 503] })
  return await ask({ method: 'DELETE', path: `${CONTROL}/faults/${id}`, expected: [204] })
}

const journal: Scenario = async (ask) => await ask({ path: `${CONTROL}/requests?status=429` })

const user: Scenario = async (ask, random) => {
  const xuid = String(9_000_000_000 + random.below(1e9))
  await ask({ method: 'PUT', path: `${CONTROL}/users/${xuid}`, body: {}, expected: [201] })
  await ask({ method: 'PUT', path: `${CONTROL}/users/${xuid}/achievements/${SCID}/${1 + random.below(96)}`, body: {}, expected: [200, 404] })
  return await ask({ method: 'DELETE', path: `${CONTROL}/users/${xuid}`, expected: [204, 404] })
}

const clock: Scenario = async (ask) => await ask({ path: `${CONTROL}/clock` })
const refusals: Scenario = async (ask, random) => await ask({ path: listOf(random.below(FAULTY), '?maxItems=x'), headers: as(0), expected: [400, 403] })
const patch: Scenario = async (ask, random) => await ask({ method: 'PATCH', path: `${CONTROL}/world`, body: { users: [{ xuid: xuidOf(random.below(FAULTY)), privacy: 'everyone' }] } })
const reset: Scenario = async (ask) => await ask({ method: 'POST', path: `${CONTROL}/reset` })

/** The scenarios of a full load, with their weights. Patches of the world are rare, as they are in practice. */
export const SCENARIOS: ReadonlyArray<readonly [weight: number, scenario: Scenario]> = [
  [30, hot], [20, cold], [4, pages], [20, single], [4, history], [10, update], [4, igdb], [1, scroll], [1, signIn], [2, session], [0.5, fault], [0.05, journal], [1, user], [1, clock], [3, refusals], [0.002, patch], [0.002, reset]
]
