import { once } from 'node:events'
import t from 'tap'
import { startEmulator } from '../../src/index.ts'
import { LIVE_SAMPLE } from '../documented-samples.ts'
import { FRIEND, GAMER, listOf, SAMPLE_SCID, SAMPLE_TITLE, singleOf } from '../helper.ts'
import { installClient } from './install.ts'

/** The npm package xbox-webapi, as it is published; it has no types. */
const createClient = installClient('xbox-webapi')('xbox-webapi')

t.test('signs in with its own server, pages through lists, and asks for profile, people and presence', async (t) => {
  const emulator = await startEmulator({ dialect: 'live' })
  t.teardown(emulator.close)
  const restore = emulator.intercept()
  const own = async (path: string, version: string): Promise<any> => {
    const response = await fetch(emulator.url + path, { headers: { authorization: 'XBL3.0 x=demo;titleless', 'x-xbl-contract-version': version, 'accept-language': 'en-US' } })
    return await response.json()
  }
  // It keeps its tokens where it runs.
  const before = process.cwd()
  process.chdir(t.testdir())
  t.teardown(() => process.chdir(before))

  const client = createClient({ clientId: 'my-app' })
  let told: (tokens: unknown) => void = () => {}
  const signedIn = new Promise((resolve) => { told = resolve })
  const page = client.startAuthServer(told, 0)
  const server = client._authentication._expressServer
  await once(server, 'listening')
  const { headers } = await fetch(`${page}&login_hint=gamer`, { redirect: 'manual' })
  // Its address is fixed; the port of a test is not.
  const callback = new URL(headers.get('location') as string)
  t.equal(callback.origin + callback.pathname, 'http://localhost:8080/auth/callback')
  const answer = await fetch(`http://127.0.0.1:${server.address().port}${callback.pathname}${callback.search}`, { headers: { connection: 'close' } })
  t.equal(await answer.text(), 'Login succeeded!')
  t.match(await signedIn, { token_type: 'bearer', expires_in: 3600 })
  await client.isAuthenticated()
  t.equal(client.getUserGamertag(), 'gamer')

  const achievements = client.getProvider('achievements')
  t.strictSame(await achievements.getTitleAchievements(), await own(`/users/xuid(${GAMER})/history/titles`, '2'))
  t.strictSame(await achievements.getTitleId(SAMPLE_TITLE), LIVE_SAMPLE)
  t.strictSame(await achievements.get(singleOf(GAMER, SAMPLE_SCID, 3)), await own(singleOf(GAMER, SAMPLE_SCID, 3), '2'))
  t.match(await achievements.getTitleAchievements360(), { titles: [{ titleId: 1297290392, currentAchievements: 7, totalAchievements: 14 }] })
  t.strictSame(await client.getProvider('achievements').getTitleId360(1297290392), await own(listOf(GAMER, '?titleId=1297290392'), '1'))

  const paged = client.getProvider('achievements')
  const [first, second] = [await paged.getTitleId(1660944384), await paged.getTitleId(1660944384, 32)]
  t.equal(first.achievements.length, 32)
  const all = await own(listOf(GAMER, '?titleId=1660944384&maxItems=1000'), '2')
  t.strictSame([...first.achievements, ...second.achievements], all.achievements)
  t.strictSame([...first.achievements, ...(await paged.getTitleId(1660944384, first.pagingInfo.continuationToken)).achievements], all.achievements, 'by the token of the first page')

  const askOther = (provider: string, method: string): Promise<any> => client.getProvider(provider)[method]()
  t.match(await askOther('profile', 'getUserProfile'), { profileUsers: [{ id: GAMER, hostId: GAMER, settings: [{ id: 'GameDisplayName', value: 'gamer' }, { id: 'GameDisplayPicRaw' }, { id: 'Gamerscore', value: '585' }, { id: 'Gamertag', value: 'gamer' }] }] })
  t.match(await askOther('people', 'getFriends'), { people: [{ xuid: FRIEND, gamertag: 'friend', isFavorite: true, detail: { location: 'Lyon' }, preferredColor: { primaryColor: String }, presenceDetails: [{ State: 'Inactive' }] }] })
  t.match(await askOther('people', 'recentPlayers'), { people: [] })
  t.match(await askOther('social', 'getFriends'), { targetFollowingCount: 1, targetFollowerCount: 1, availablePeopleSlots: 999 })
  t.match(await askOther('userpresence', 'getCurrentUser'), { xuid: GAMER, state: 'Online', devices: [{ titles: [{ name: 'Home' }, { name: 'Lantern Archipelago', activity: { richPresence: String } }] }] })

  restore()
  t.strictSame([...new Set(emulator.requests().map(({ status }) => status))], [302, 200])
})
