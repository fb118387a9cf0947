import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import type { Emulator } from '../src/index.ts'
import { GAMER, SAMPLE_SCID, SAMPLE_TITLE } from './helper.ts'
import { start } from './in-process.ts'
import { xstsBody, userBody } from './sign-in/client.ts'

/** Two emulators that serve one database file, as those of two processes would: each with a connection, caches and keys of its own. */
async function startTwo (t: Test): Promise<[Emulator, Emulator]> {
  const options = { database: join(t.testdir(), 'test.db'), dialect: 'live' } as const
  return [await start(t, options), await start(t, options)]
}

const postForm = async ({ url }: Emulator, path: string, form: Record<string, string>): Promise<Response> =>
  await fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })

const postJson = async ({ url }: Emulator, path: string, body: unknown, headers: Record<string, string> = {}): Promise<any> =>
  await (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()

/** Signs the sample user in by a device code, each step at the other one. */
async function signIn (one: Emulator, other: Emulator): Promise<string> {
  const { user_code: userCode, device_code: deviceCode } = await (await postForm(one, '/oauth20_connect.srf', { client_id: 'my-app', scope: 'x', response_type: 'device_code' })).json() as any
  other.approveDeviceCode(userCode, 'gamer')
  const { access_token: access } = await (await postForm(one, '/oauth20_token.srf', { client_id: 'my-app', grant_type: 'device_code', device_code: deviceCode })).json() as any
  const { Token: userToken } = await postJson(other, '/user/authenticate', userBody(`d=${access}`))
  const { Token: token, DisplayClaims: { xui: [{ uhs }] } } = await postJson(one, '/xsts/authorize', xstsBody(userToken))
  return `XBL3.0 x=${uhs};${token}`
}

t.test('a sign-in goes on at the other one, and what one changes both tell', async (t) => {
  const [one, other] = await startTwo(t)
  const authorization = await signIn(one, other)
  const ask = async (emulator: Emulator, path: string): Promise<string> => {
    const response = await fetch(`${emulator.url}${path}`, { headers: { authorization, 'x-xbl-contract-version': '3' } })
    t.equal(response.status, 200, path)
    return (await response.text()).replaceAll(emulator.url, '')
  }
  const PATHS = [
    `/users/xuid(${GAMER})/titles/titlehistory/decoration/achievement,image,detail`, '/users/me/profile/settings?settings=Gamertag,Gamerscore', `/users/xuid(${GAMER})?level=all`,
    '/users/me/people', '/users/me/people/social/decoration/presenceDetail,titleHistory', '/users/me/summary'
  ]
  const askAll = async (emulator: Emulator): Promise<string[]> => await Promise.all(PATHS.map(async (path) => await ask(emulator, path)))
  const [title] = one.user('gamer').titles
  let before = await askAll(one)
  t.strictSame(await askAll(other), before)
  for (const [what, change] of [
    ['presence', () => other.setPresence('gamer', { titles: [{ titleId: title?.titleId as number, richPresence: 'in the other process' }] })],
    ['a user', () => one.putUser({ xuid: GAMER, gamertag: 'renamed', profile: { location: 'here' } })],
    ['friends', () => other.addFriend('renamed', 'banned', { isFavorite: true })],
    ['a title', () => one.patchWorld({ titles: [{ titleId: title?.titleId as number, name: 'Renamed', titleHub: { shortDescription: 'new' } }] })],
    ['progress', () => other.resetAchievements('renamed')]
  ] as const) {
    change()
    const after = await askAll(one)
    t.strictSame(await askAll(other), after, what)
    t.notSame(after, before, what)
    before = after
  }
})

t.test('what is not in the file each has for itself', async (t) => {
  const [one, other] = await startTwo(t)
  const page = await (await fetch(`${one.url}/oauth20_authorize.srf?client_id=my-app&response_type=code&redirect_uri=http://localhost/cb`)).text()
  const [, url = ''] = /"urlPost":"([^"]+)"/.exec(page) ?? []
  const [, PPFT = ''] = /name="PPFT" value="([^"]+)"/.exec(page) ?? []
  const headers = { authorization: one.authorization({ xuid: GAMER, titleId: SAMPLE_TITLE }), 'x-xbl-contract-version': '100' }
  const job = await postJson(one, '/submitJob', { userId: GAMER, scid: SAMPLE_SCID }, headers)
  const keysOf = async (emulator: Emulator): Promise<unknown> => await (await fetch(`${emulator.url}/consumers/discovery/v2.0/keys`)).json()
  t.notSame(await keysOf(one), await keysOf(other))
  for (const [emulator, statuses] of [[one, [302, 200]], [other, [400, 404]]] as const) {
    const posted = await postForm(emulator, url.slice(one.url.length), { PPFT, login: 'gamer', passwd: 'any' })
    t.strictSame([posted.status, (await fetch(`${emulator.url}/jobs/${job}`, { headers })).status], statuses)
  }
})
