import t from 'tap'
import { command } from '../../control/client.ts'
import { build, type Emulator } from '../../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../../world-parts.ts'

const done = (id: number, members: object = {}): object => ({ serviceConfigId: SCID, id, percentComplete: 100, ...members })
const IN = ['RETAIL', 'DEV.1']

/** Two titles in both sandboxes. The world gives the sequence of the first in one of them, and that of the second in both. */
const WORLD = {
  titles: [
    title({ generation: 'xbox360', sandboxes: IN, achievements: [1, 2, 3, 4].map((id) => achievement({ id })) }),
    title({ titleId: 2, serviceConfigId: OTHER_SCID, generation: 'xbox360', sandboxes: IN })
  ],
  users: [user({
    achievements: [done(1), done(2, { sandbox: 'DEV.1' })],
    titles: [{ titleId: 1, sandbox: 'RETAIL', lastPlayed: '2017-12-19T05:33:33.8739999Z', sequence: 297 }, { titleId: 2, lastPlayed: '2016-01-01T00:00:00Z', sequence: 4294967295 }]
  })],
  sessions: [session({ token: 'RETAIL', xuid: '1' }), session({ token: 'DEV.1', xuid: '1', sandbox: 'DEV.1' })]
}

/** The sequence of title 1 in each sandbox, and that of title 2 in the first. */
async function sequences ({ get }: Emulator): Promise<number[]> {
  const [retail, dev] = await Promise.all(IN.map(async (sandbox) => {
    const response = await get('/users/xuid(1)/history/titles?orderBy=Title', { session: `hash;${sandbox}`, headers: { 'x-xbl-contract-version': '1' } })
    return response.json().titles.map(({ sequence }: { sequence: number }) => sequence)
  }))
  return [retail[0], dev[0], retail[1]]
}

const put = (emulator: Emulator, id: number, body: object): Promise<unknown> => command(emulator, 'PUT', `/users/1/achievements/${SCID}/${id}`, body)

t.test('sequence is that of the world, or the number of unlocks, and grows with each unlock in the sandbox', async (t) => {
  for (const dialect of ['documented', 'live'] as const) {
    const emulator = build(t, { world: WORLD, config: { dialect } })
    const most = 4294967295
    t.strictSame(await sequences(emulator), [297, 2, most])
    await put(emulator, 3, { sandbox: 'DEV.1' })
    t.strictSame(await sequences(emulator), [297, 3, most])
    await put(emulator, 3, { sandbox: 'RETAIL', timeUnlocked: '2001-01-01T00:00:00Z' })
    t.strictSame(await sequences(emulator), [298, 3, most])
    await put(emulator, 3, { sandbox: 'RETAIL', timeUnlocked: '2002-01-01T00:00:00Z' })
    await put(emulator, 4, { percentComplete: 50 })
    t.strictSame(await sequences(emulator), [298, 3, most], 'neither another time of an unlock nor progress counts as an unlock')
    await command(emulator, 'PUT', `/users/1/achievements/${OTHER_SCID}/1`)
    t.strictSame(await sequences(emulator), [298, 3, most], 'it does not exceed 32 bits')
    await command(emulator, 'PATCH', '/world', {})
    t.strictSame(await sequences(emulator), [298, 3, most], 'it is the same after a change of the world')
    await put(emulator, 4, {})
    t.strictSame(await sequences(emulator), [299, 4, most])
    await command(emulator, 'POST', '/reset')
    t.strictSame(await sequences(emulator), [297, 2, most])
  }
})

t.test('an unlock that no list of the sandbox shows does not count for sequence', async (t) => {
  const shared = (members: object): object => title({ generation: 'xbox360', sandboxes: IN, ...members })
  const emulator = build(t, {
    world: {
      titles: [
        shared({ achievements: [achievement()] }),
        shared({ titleId: 2, sandboxes: ['RETAIL'], achievements: [achievement({ id: 2 })] }),
        shared({ titleId: 3, generation: 'modern', achievements: [achievement({ id: 3 })] })
      ],
      users: [user({ titles: IN.map((sandbox) => ({ titleId: 1, sandbox, lastPlayed: '2016-01-01T00:00:00Z', sequence: 7 })) })],
      sessions: WORLD.sessions
    }
  })
  for (const id of [1, 2, 3]) await put(emulator, id, {})
  const ofBoth = async (): Promise<number[]> => (await sequences(emulator)).slice(0, 2)
  t.strictSame(await ofBoth(), [9, 8])
  await command(emulator, 'PATCH', '/world', {})
  t.strictSame(await ofBoth(), [9, 8])
})

t.test('V1: lastPlayed ends with milliseconds', async (t) => {
  const { get } = build(t, { world: WORLD })
  const { titles: [first] } = (await get('/users/xuid(1)/history/titles', { session: 'hash;RETAIL', headers: { 'x-xbl-contract-version': '1' } })).json()
  t.strictSame(first, {
    lastPlayed: '2017-12-19T05:33:33.8730000Z',
    currentAchievements: 1,
    currentGamerscore: 0,
    sequence: 297,
    titleId: 1,
    titleType: 1,
    platforms: [1],
    name: 'One',
    totalAchievements: 4,
    totalGamerscore: 0
  })
})

t.test('an unlock in another sandbox counts neither for sequence in the list of V1 nor for rarity', async (t) => {
  const world = { ...WORLD, users: [...WORLD.users, ...Array.from({ length: 19 }, (_, index) => user({ xuid: String(index + 2), gamertag: `u${index}`, achievements: [done(4, { sandbox: 'RETAIL' })] }))] }
  const { get } = build(t, { world, config: { dialect: 'live' } })
  for (const [sandbox, numbered, rareUnlocks] of [
    ['RETAIL', [[1, 0]], [{ rarityCategory: 'Rare', numUnlocks: 1, isRarestCategory: true }]],
    ['DEV.1', [[1, 1], [2, 0]], [{ rarityCategory: 'Common', numUnlocks: 2, isRarestCategory: true }]]
  ] as const) {
    const ask = async (path: string, version: string): Promise<any> => (await get(`/users/xuid(1)/${path}`, { session: `hash;${sandbox}`, headers: { 'x-xbl-contract-version': version } })).json()
    t.strictSame((await ask('achievements', '1')).achievements.map(({ id, sequence }: Record<string, unknown>) => [id, sequence]), numbered, sandbox)
    const { titles } = await ask('history/titles?titleId=1', '3')
    t.strictSame(titles[0].rareUnlocks, rareUnlocks, sandbox)
  }
})
