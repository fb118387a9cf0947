import t from 'tap'
import { build, NOW, type Emulator } from '../../helper.ts'
import { itemV1, pageV1 } from '../../live-service/row.ts'
import { session, user } from '../../world-parts.ts'

const scid = (n: number): string => `aaaaaaaa-0000-0000-0000-00000000000${n}`
const done = (n: number, id: number, timeUnlocked: string | null = null): object => ({ serviceConfigId: scid(n), id, percentComplete: 100, timeUnlocked })
const old = (titleId: number, n: number, members: { platform?: number, ids: number[], type?: number, isSecret?: boolean }): object => ({
  titleId,
  name: `t${n}`,
  serviceConfigId: scid(n),
  generation: 'xbox360',
  xbox360: { platforms: [members.platform ?? 1] },
  achievements: members.ids.map((id) => ({
    id, name: `n${id}`, description: 'done', lockedDescription: 'to do', isSecret: members.isSecret ?? false, xbox360: { type: members.type ?? 1 }
  }))
})

/** The titles, types, platforms and times of a recorded list, and unlocks without a time. */
const WORLD = {
  titles: [
    old(1112737772, 1, { ids: [45], type: 7 }), old(1480657497, 2, { ids: [2, 3, 5, 9, 10] }), old(1297287234, 3, { ids: [44], platform: 2, type: 4 }),
    old(1431504854, 4, { ids: [23, 24] }), old(1297290392, 5, { ids: [6], platform: 15 }), old(1000000000, 6, { ids: [1], platform: 16, isSecret: true })
  ],
  users: [user({
    achievements: [
      done(1, 45, '2024-09-17T20:33:06.6330000Z'), done(2, 10, '2024-09-16T18:13:37.5430000Z'), done(2, 2, '2024-09-16T17:50:50.7509999Z'),
      done(2, 9, '2024-09-16T18:13:37.5700000Z'), done(2, 3, '2024-09-16T18:14:54.4530000Z'), done(2, 5), done(3, 44, '2023-02-02T20:18:41.1230000Z'),
      done(4, 23, '2023-12-03T08:53:07.4230000Z'), { serviceConfigId: scid(4), id: 24, percentComplete: 50 },
      done(5, 6, '2014-04-12T14:05:02Z'), done(6, 1, '2030-01-01T00:00:00Z')
    ]
  })],
  sessions: [session({ xuid: '1' })]
}
const options = { session: 'hash;token', headers: { 'x-xbl-contract-version': '1' } }
const path = (query = ''): string => `/users/xuid(1)/achievements${query}`

/** The members in which the items of the list differ: [titleId, id, sequence, flags, platform, timeUnlocked]. */
type Line = [number, number, number, number, number, string]
const LINES: Line[] = [
  [1480657497, 3, 4, 0x130009, 1, '2024-09-16T18:14:54.4530000Z'],
  [1480657497, 9, 3, 0x130009, 1, '2024-09-16T18:13:37.5700000Z'],
  [1480657497, 10, 2, 0x130009, 1, '2024-09-16T18:13:37.5430000Z'],
  [1480657497, 2, 1, 0x130009, 1, '2024-09-16T17:50:50.7500000Z'],
  [1480657497, 5, 0, 0x120009, 1, '1753-01-01T00:00:00.0000000Z'],
  [1431504854, 23, 0, 0x130009, 1, '2023-12-03T08:53:07.4230000Z'],
  [1297290392, 6, 0, 0x330009, 15, '2014-04-12T14:05:02.0000000Z'],
  [1297287234, 44, 4294967295, 0x23000c, 2, '2023-02-02T20:18:41.1230000Z'],
  [1112737772, 45, 0, 0x13000f, 1, '2024-09-17T20:33:06.6330000Z'],
  [1000000000, 1, 0, 0x330001, 16, '2030-01-01T00:00:00.0000000Z']
]
const itemOf = ([titleId, id, sequence, flags, platform, timeUnlocked]: Line): object => itemV1({
  id,
  titleId,
  name: `n${id}`,
  sequence,
  flags,
  unlockedOnline: (flags & 0x10000) !== 0,
  unlocked: true,
  isSecret: (flags & 8) === 0,
  platform,
  description: 'done',
  lockedDescription: 'to do',
  type: flags & 7,
  timeUnlocked
})
const bodyOf = (lines: readonly Line[]): string => JSON.stringify(pageV1(lines.map(itemOf)))
const named = (ids: readonly number[]): Line[] => ids.map((id) => LINES.find((line) => line[1] === id) as Line)

for (const dialect of ['documented', 'live'] as const) {
  t.test(`${dialect}: what was earned is ordered by title id, descending, then the newest first; flags, sequence and times are as recorded`, async (t) => {
    const { get } = build(t, { world: WORLD, config: { dialect } })
    t.equal((await get(path(), options)).body, bodyOf(LINES))
    t.equal((await get(path('?titleId=1480657497'), options)).body, bodyOf(LINES.slice(0, 5)))
    for (const [orderBy, ids] of [
      ['UnlockTime', [1, 45, 3, 9, 10, 2, 23, 44, 6, 5]],
      ['Title', [1, 45, 44, 6, 23, 2, 3, 5, 9, 10]],
      // By service configuration, in the order of definition.
      ['Unordered', [45, 2, 3, 5, 9, 10, 44, 23, 6, 1]]
    ] as const) {
      t.equal((await get(path(`?orderBy=${orderBy}`), options)).body, bodyOf(named(ids)), orderBy)
    }
  })

  t.test(`${dialect}: pages by token and by skipItems have the same items`, async (t) => {
    const emulator = build(t, { world: WORLD, config: { dialect } })
    for (const size of [1, 2, 5, 9, 10, 11]) {
      t.strictSame(await walk(emulator, size), LINES.map(itemOf), `pages of ${size}`)
      for (const skip of [0, 4, 9, 10, 2147483647]) {
        t.strictSame((await get(emulator, `?maxItems=${size}&skipItems=${skip}`)).achievements, LINES.slice(skip, skip + size).map(itemOf), `${size} after ${skip}`)
      }
    }
  })
}

t.test('documented: an unlock between two pages shifts no item, and is on the last page', async (t) => {
  for (const [timeUnlocked, size] of [['2040-01-01T00:00:00.0000000Z', 1], ['2001-01-01T00:00:00.0000000Z', 2]] as const) {
    const emulator = build(t, { world: WORLD })
    const seen = await walk(emulator, size, () => unlock(emulator, timeUnlocked))
    t.strictSame(seen.map(({ id }) => id), [...LINES.map(([, id]) => id), 24])
    t.strictSame((await get(emulator, '?titleId=1431504854')).achievements.map(({ id, sequence }) => [id, sequence]),
      timeUnlocked > '2023' ? [[24, 1], [23, 0]] : [[23, 1], [24, 0]], 'and is in its place from the start of a list')
  }
})

t.test('live: an unlock between two pages shifts the items after it, because tokens are offsets', async (t) => {
  const emulator = build(t, { world: WORLD, config: { dialect: 'live' } })
  const seen = await walk(emulator, 6, () => unlock(emulator, '2040-01-01T00:00:00.0000000Z'))
  t.strictSame(seen.map(({ id }) => id), [3, 9, 10, 2, 5, 23, 23, 6, 44, 45, 1], 'it is missed, and the one after it comes twice')
})

t.test('live: a single achievement has its sequence, too', async (t) => {
  const emulator = build(t, { world: { ...WORLD, sessions: [session({ xuid: '1', titleId: 1480657497 })] }, config: { dialect: 'live' } })
  const single = await emulator.get(`${path()}/${scid(2)}/9`, options)
  t.strictSame(single.json(), { achievements: [itemOf(LINES[1] as Line)], pagingInfo: { continuationToken: null, totalRecords: 1 }, version: '0001-01-01T00:00:00.0000000Z' })
})

type Item = Record<string, unknown>
const get = async (emulator: Emulator, query: string): Promise<{ achievements: Item[], pagingInfo: { continuationToken: string | null } }> => (await emulator.get(path(query), options)).json()

async function walk (emulator: Emulator, size: number, afterFirst: () => void = () => {}): Promise<Item[]> {
  const seen: Item[] = []
  for (let token: string | null = '0'; token !== null;) {
    const page = await get(emulator, `?maxItems=${size}&continuationToken=${token}`)
    if (token === '0') afterFirst()
    seen.push(...page.achievements)
    token = page.pagingInfo.continuationToken
  }
  return seen
}

/** Unlocks achievement 24. */
function unlock ({ run }: Emulator, timeUnlocked: string): void {
  run('progress.set', { xuid: '1', scid: scid(4), id: 24, sandbox: 'RETAIL', percentComplete: 100, timeUnlocked, isRevoked: false, requirements: [], now: NOW })
}
