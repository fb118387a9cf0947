import t from 'tap'
import { build, listOf, singleOf, type Emulator } from '../../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../../world-parts.ts'

/** Progress is stored by sandbox and is not visible in another. (docs/specification.md, "Sandboxes") */

const NOW = '2020-06-15T12:00:00.0000000Z'
const points = (value: string): object => ({ rewards: [{ type: 'Gamerscore', value }] })
const unlocked = (id: number, sandbox: string | null, day: string, serviceConfigId = SCID): object =>
  ({ serviceConfigId, id, sandbox, percentComplete: 100, timeUnlocked: `2015-01-${day}T00:00:00Z` })

const SANDBOXES = ['RETAIL', 'XDKS.1']

const WORLD = {
  titles: [
    title({ public: true, sandboxes: SANDBOXES, achievements: [achievement(points('10')), achievement({ id: 2, ...points('20') }), achievement({ id: 3, ...points('40') })] }),
    title({ titleId: 2, name: 'Old', serviceConfigId: OTHER_SCID, generation: 'xbox360', sandboxes: SANDBOXES, achievements: [achievement(points('5')), achievement({ id: 2, ...points('6') })] })
  ],
  users: [
    user({
      titles: [{ titleId: 2, sandbox: 'XDKS.1', lastPlayed: '2019-01-01T00:00:00Z' }, { titleId: 2, sandbox: 'RETAIL', lastPlayed: '2018-01-01T00:00:00Z' }],
      achievements: [
        unlocked(1, 'RETAIL', '01'), unlocked(1, 'XDKS.1', '04'), unlocked(2, 'XDKS.1', '03'), { serviceConfigId: SCID, id: 3, sandbox: 'RETAIL', percentComplete: 30 },
        unlocked(1, 'XDKS.1', '05', OTHER_SCID), unlocked(2, null, '06', OTHER_SCID)
      ]
    }),
    // Unlocked in both; unlocked in one, with progress in the other.
    user({ xuid: '2', gamertag: 'bob', achievements: [unlocked(1, null, '01'), unlocked(2, 'RETAIL', '01')] }),
    user({ xuid: '3', gamertag: 'cat', achievements: [unlocked(2, 'XDKS.1', '01'), { serviceConfigId: SCID, id: 3, sandbox: 'XDKS.1', percentComplete: 1 }] }),
    user({ xuid: '4', gamertag: 'dan', titles: [{ titleId: 1, sandbox: 'RETAIL', lastPlayed: '2018-01-01T00:00:00Z' }] })
  ],
  sessions: [
    session({ token: 'none', xuid: '1', titleId: 1 }), session({ token: 'RETAIL', xuid: '1', titleId: 1, sandbox: 'RETAIL' }), session({ token: 'XDKS.1', xuid: '1', titleId: 1, sandbox: 'XDKS.1' })
  ],
  userKeys: ['key']
}

const ask = async ({ get }: Emulator, url: string, token: string, version = '2'): Promise<any> =>
  (await get(url, { session: `hash;${token}`, headers: { 'x-xbl-contract-version': version } })).json()

/** The id, state and time of each achievement of a list. */
const listed = async (emulator: Emulator, token: string, query = ''): Promise<unknown> => {
  const { achievements, pagingInfo } = await ask(emulator, listOf('1', query), token)
  return [achievements.map(({ id, progressState, progression }: any) => [id, progressState, progression.timeUnlocked.slice(0, 10)]), pagingInfo.totalRecords]
}

t.test('a list in any order and a single achievement show the progress in the sandbox of the token', async (t) => {
  const emulator = build(t, { world: WORLD })
  const [none, later, third, fourth] = ['0001-01-01', '2015-01-01', '2015-01-03', '2015-01-04']
  for (const token of ['none', 'RETAIL']) {
    t.strictSame(await listed(emulator, token), [[['1', 'Achieved', later], ['2', 'NotStarted', none], ['3', 'InProgress', none]], 3], token)
    t.strictSame(await listed(emulator, token, '?unlockedOnly=true'), [[['1', 'Achieved', later]], 1], token)
    t.strictSame(await listed(emulator, token, '?orderBy=UnlockTime'), [[['1', 'Achieved', later], ['2', 'NotStarted', none], ['3', 'InProgress', none]], 3], token)
    t.equal((await ask(emulator, singleOf('1', SCID, 2), token)).achievement.progressState, 'NotStarted', token)
  }
  const token = 'XDKS.1'
  t.strictSame(await listed(emulator, token), [[['1', 'Achieved', fourth], ['2', 'Achieved', third], ['3', 'NotStarted', none]], 3])
  t.strictSame(await listed(emulator, token, '?unlockedOnly=true&maxItems=1'), [[['1', 'Achieved', fourth]], 2])
  t.strictSame(await listed(emulator, token, '?orderBy=UnlockTime'), [[['1', 'Achieved', fourth], ['2', 'Achieved', third], ['3', 'NotStarted', none]], 3])
  t.equal((await ask(emulator, singleOf('1', SCID, 2), token)).achievement.progression.timeUnlocked, '2015-01-03T00:00:00.0000000Z')
  for (const [token, ids] of [['none', ['2']], ['RETAIL', ['2']], ['XDKS.1', ['2', '1']]] as const) {
    t.strictSame((await ask(emulator, listOf('1'), token, '1')).achievements.map(({ id }: any) => String(id)), ids, `V1, ${token}`)
  }
})

t.test('pages in the order UnlockTime have the unlocks of the sandbox of the token', async (t) => {
  const emulator = build(t, { world: WORLD })
  const url = listOf('1', '?orderBy=UnlockTime&maxItems=1')
  const first = await ask(emulator, url, 'XDKS.1')
  await emulator.app.inject({ method: 'PUT', url: `/_emulator/users/1/achievements/${SCID}/2`, payload: { sandbox: 'RETAIL' } })
  const second = await ask(emulator, `${url}&continuationToken=${first.pagingInfo.continuationToken}`, 'XDKS.1')
  t.strictSame([...first.achievements, ...second.achievements].map(({ id }: any) => id), ['1', '2'])
  t.strictSame(await listed(emulator, 'RETAIL', '?unlockedOnly=true&orderBy=UnlockTime'), [[['2', 'Achieved', '2020-06-15'], ['1', 'Achieved', '2015-01-01']], 2])
})

t.test('the history counts unlocks in the sandbox of the token', async (t) => {
  const emulator = build(t, { world: WORLD })
  const modern = (lastUnlock: string, earnedAchievements: number, currentGamerscore: number): object => ({
    titles: [{ lastUnlock, titleId: 1, titleVersion: null, serviceConfigId: SCID, titleType: 'DGame', platform: 'XboxOne', name: 'One', earnedAchievements, currentGamerscore, maxGamerscore: 70 }],
    pagingInfo: { continuationToken: null, totalRecords: 1 }
  })
  const old = (lastPlayed: string, currentAchievements: number, currentGamerscore: number): object => ({
    titles: [{ lastPlayed, currentAchievements, currentGamerscore, titleId: 2, titleType: 1, platforms: [1], name: 'Old', totalAchievements: 2, totalGamerscore: 11 }],
    pagingInfo: { continuationToken: null, totalRecords: 1 },
    version: NOW
  })
  const url = '/users/xuid(1)/history/titles'
  const cases = [
    ['none', modern('2015-01-01T00:00:00.0000000Z', 1, 10), old('2018-01-01T00:00:00.0000000Z', 1, 6)],
    ['RETAIL', modern('2015-01-01T00:00:00.0000000Z', 1, 10), old('2018-01-01T00:00:00.0000000Z', 1, 6)],
    ['XDKS.1', modern('2015-01-04T00:00:00.0000000Z', 2, 30), old('2019-01-01T00:00:00.0000000Z', 2, 11)]
  ] as const
  for (const [token, v2, v1] of cases) {
    t.strictSame(await ask(emulator, url, token), v2, token)
    const { titles, ...rest } = await ask(emulator, url, token, '1')
    t.strictSame({ titles: titles.map(({ sequence, ...title }: any) => title), ...rest }, v1, token)
  }
})

t.test('rarity counts players and unlockers of the sandbox of the token', async (t) => {
  const emulator = build(t, { world: WORLD, config: { dialect: 'live' } })
  const rarity = async (token: string): Promise<unknown> => (await ask(emulator, listOf('1', '?titleId=1'), token, '4')).achievements.map(({ rarity }: any) => rarity.currentPercentage)
  // RETAIL: ann, bob and dan; XDKS.1: ann, bob and cat.
  for (const token of ['none', 'RETAIL']) t.strictSame(await rarity(token), [66.67, 33.33, 0], token)
  t.strictSame(await rarity('XDKS.1'), [66.67, 66.67, 0])
})

t.test('an update changes progress in the sandbox of the token, and in no other', async (t) => {
  const emulator = build(t, { world: WORLD })
  const update = async (token: string, id: string, percentComplete: number): Promise<unknown> => {
    const { statusCode, body } = await emulator.app.inject({
      method: 'POST',
      url: `/users/xuid(1)/achievements/${SCID}/update`,
      headers: { authorization: `XBL3.0 x=hash;${token}`, 'x-xbl-contract-version': '2' },
      payload: { action: 'progressUpdate', serviceConfigId: SCID, titleId: 1, userId: '1', achievements: [{ id, percentComplete }] }
    })
    return [statusCode, body]
  }
  const held = (id: number): unknown => emulator.store.world.export().users[0]?.achievements.filter((each) => each.serviceConfigId === SCID && each.id === id)
    .map(({ sandbox, percentComplete, timeUnlocked }) => [sandbox, percentComplete, timeUnlocked])
  t.strictSame(await update('XDKS.1', '3', 20), [200, ''], 'less than in RETAIL')
  t.strictSame(held(3), [['RETAIL', 30, null], ['XDKS.1', 20, null]])
  t.strictSame(await update('none', '3', 20), [304, ''], 'less than before')
  t.strictSame(await update('none', '3', 100), [200, ''])
  t.strictSame(held(3), [['RETAIL', 100, NOW], ['XDKS.1', 20, null]])
  t.strictSame(await update('RETAIL', '3', 100), [304, ''])
  t.strictSame(await update('XDKS.1', '3', 100), [200, ''])
  t.strictSame(held(3), [[null, 100, NOW]], 'the same in every sandbox of the title')
  t.strictSame(await update('XDKS.1', '2', 100), [304, ''])
  t.strictSame(await update('RETAIL', '2', 50), [200, ''])
  t.strictSame(held(2), [['RETAIL', 50, null], ['XDKS.1', 100, '2015-01-03T00:00:00.0000000Z']])
})

t.test('a change that names no sandbox is made in every sandbox of the title', async (t) => {
  const emulator = build(t, {
    world: {
      titles: [title({ public: true, sandboxes: ['RETAIL'] }), title({ titleId: 2, name: 'Two', public: true, sandboxes: ['XDKS.1'], achievements: [achievement({ id: 2 })] })],
      users: [user({ achievements: [unlocked(1, null, '01'), unlocked(2, null, '02')] })],
      sessions: WORLD.sessions.map((each) => ({ ...each, titleId: null }))
    }
  })
  t.strictSame(await listed(emulator, 'none'), [[['1', 'Achieved', '2015-01-01']], 1])
  t.strictSame(await listed(emulator, 'XDKS.1'), [[['2', 'Achieved', '2015-01-02']], 1])
})

t.test('the IGDB view has no sandboxes: an achievement that is unlocked in several of them is counted once', async (t) => {
  const emulator = build(t, { world: WORLD })
  const records = async (): Promise<unknown> => (await emulator.app.inject({ url: '/achievements/?fields=external_id,owners,owners_percentage&order=owners:desc', headers: { 'user-key': 'key' } }))
    .json().map(({ external_id: id, owners, owners_percentage: share }: any) => [id, owners, share])
  // Four play the first title, one the second.
  t.strictSame(await records(), [[`${SCID}/2`, 3, 75], [`${SCID}/1`, 2, 50], [`${OTHER_SCID}/1`, 1, 100], [`${OTHER_SCID}/2`, 1, 100], [`${SCID}/3`, 0, 0]])
  await emulator.app.inject({ method: 'PUT', url: `/_emulator/users/4/achievements/${SCID}/1`, payload: {} })
  await emulator.app.inject({ method: 'PUT', url: `/_emulator/users/1/achievements/${SCID}/2`, payload: { sandbox: 'RETAIL' } })
  t.strictSame(await records(), [[`${SCID}/1`, 3, 75], [`${SCID}/2`, 3, 75], [`${OTHER_SCID}/1`, 1, 100], [`${OTHER_SCID}/2`, 1, 100], [`${SCID}/3`, 0, 0]])
})
