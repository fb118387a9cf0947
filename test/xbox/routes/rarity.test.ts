import t from 'tap'
import { build, GAMER, listOf, SAMPLE_SCID, singleOf } from '../../helper.ts'

const user = (n: number, rest = {}): object => ({ xuid: n === 0 ? GAMER : String(n), gamertag: `u${n}`, ...rest })
const did = (id: number, percentComplete = 100): object => ({ serviceConfigId: SAMPLE_SCID, id, percentComplete })

const WORLD = {
  titles: [
    { titleId: 1, name: 'One', serviceConfigId: SAMPLE_SCID, public: true, achievements: [{ id: 1, name: 'a' }] },
    { titleId: 2, name: 'Two', serviceConfigId: SAMPLE_SCID, public: true, achievements: [{ id: 2, name: 'b' }] },
    { titleId: 3, name: 'Hidden', serviceConfigId: SAMPLE_SCID, public: true, sandboxes: ['DEV.1'], achievements: [{ id: 3, name: 'c' }] }
  ],
  users: [
    user(0, { achievements: [did(1)] }),
    // Has progress in the other title of the service configuration, has played it, or both.
    user(1, { achievements: [did(2, 1)] }),
    user(2, { titles: [{ titleId: 2, lastPlayed: '2013-01-01T00:00:00Z' }] }),
    user(3, { achievements: [did(2)], titles: [{ titleId: 2, lastPlayed: '2013-01-01T00:00:00Z' }] }),
    // The same in a title that is not published in the sandbox of the request.
    user(4, { achievements: [did(3)] }),
    user(5, { titles: [{ titleId: 3, lastPlayed: '2013-01-01T00:00:00Z' }] }),
    user(6)
  ],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }, { userHash: 'demo', token: 'dev', xuid: GAMER, sandbox: 'DEV.1' }]
}

t.test('players are the users with progress in, or play of, a title of the service configuration in the sandbox', async (t) => {
  const { get } = build(t, { world: WORLD, config: { dialect: 'live' } })
  const rarity = async (session: string): Promise<unknown> => {
    const { achievements } = (await get(listOf(GAMER), { session, headers: { 'x-xbl-contract-version': '4' } })).json()
    return achievements.map(({ id, rarity }: { id: string, rarity: object }) => [id, rarity])
  }
  t.strictSame(await rarity('demo;gamer'), [
    ['1', { currentCategory: 'Common', currentPercentage: 25 }],
    ['2', { currentCategory: 'Common', currentPercentage: 25 }]
  ])
  t.strictSame(await rarity('demo;dev'), [['3', { currentCategory: 'Common', currentPercentage: 50 }]])
})

t.test('rarity is Unset without players, Common for one of ten, Rare for one of eleven', async (t) => {
  const title = { titleId: 1, name: 'One', serviceConfigId: SAMPLE_SCID, achievements: [{ id: 1, name: 'a' }] }
  const plays = { titles: [{ titleId: 1, lastPlayed: '2020-01-01T00:00:00Z' }] }
  for (const [players, achievements, rarity] of [
    [0, [], { currentCategory: 'Unset', currentPercentage: 0 }],
    [1, [], { currentCategory: 'Rare', currentPercentage: 0 }],
    [10, [did(1)], { currentCategory: 'Common', currentPercentage: 10 }],
    [11, [did(1)], { currentCategory: 'Rare', currentPercentage: 9.09 }]
  ] as const) {
    const users = [user(0, { achievements, ...players > 0 && plays }), ...Array.from({ length: Math.max(0, players - 1) }, (_, index) => user(index + 1, plays))]
    const { get } = build(t, { world: { ...WORLD, titles: [title], users, sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }] }, config: { dialect: 'live' } })
    const { achievements: [item] } = (await get(listOf(GAMER), { headers: { 'x-xbl-contract-version': '4' } })).json()
    t.strictSame(item.rarity, rarity, `${players} players`)
  }
})

t.test('V1: a single achievement that is locked is not revoked', async (t) => {
  const { get } = build(t, {
    config: { dialect: 'live' },
    world: {
      ...WORLD,
      titles: [{ titleId: 1, name: 'One', serviceConfigId: SAMPLE_SCID, public: true, generation: 'xbox360', achievements: [{ id: 1, name: 'a' }] }],
      users: [user(0, { achievements: [{ serviceConfigId: SAMPLE_SCID, id: 1, percentComplete: 5, isRevoked: true }] })]
    }
  })
  const { achievements: [item] } = (await get(singleOf(GAMER, SAMPLE_SCID, 1), { headers: { 'x-xbl-contract-version': '1' } })).json()
  t.match(item, { unlocked: false, isRevoked: false })
})
