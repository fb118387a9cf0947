import t from 'tap'
import { formatInstant } from '../../../src/base/instant.ts'
import { build, GAMER, NOW } from '../../helper.ts'

const scid = (n: number): string => `aaaaaaaa-0000-0000-0000-0000000000${n + 10}`
const title = (titleId: number, rest = {}): object => ({ titleId, name: `t${titleId}`, serviceConfigId: scid(titleId), achievements: [1, 2, 3].map((id) => ({ id, name: 'n' })), ...rest })
const old = (titleId: number, titleType: number, platforms: number[]): object => title(titleId, { generation: 'xbox360', xbox360: { titleType, platforms } })
const did = (titleId: number, id: number): object => ({ serviceConfigId: scid(titleId), id, percentComplete: 100, timeUnlocked: '2015-01-01T00:00:00Z' })
const played = (titleId: number): object => ({ titleId, lastPlayed: `202${titleId}-01-01T00:00:00Z` })

const WORLD = {
  titles: [title(1), title(2), title(3), old(4, 1, [1]), old(5, 3, [15, 1]), old(6, 5, [2, 16]), old(7, 1, [17])],
  users: [{ xuid: GAMER, gamertag: 'gamer', achievements: [did(1, 1), did(2, 1), did(4, 1)], titles: [4, 5, 6, 7].map(played) }],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }]
}
const path = `/users/xuid(${GAMER})/history/titles`
const headersOf = (version: string) => ({ headers: { 'x-xbl-contract-version': version } })

interface Page { titles: Array<{ titleId: number }>, pagingInfo: { continuationToken: string | null, totalRecords: number }, version?: string }

for (const dialect of ['documented', 'live'] as const) {
  t.test(`${dialect}: a history is filtered by title, and under V1 by platform and type`, async (t) => {
    const { get } = build(t, { world: WORLD, config: { dialect } })
    for (const [version, query, expected] of [
      ['2', '?titleId=1', [1]],
      ['2', '?titleId=2,1', [1, 2]],
      ['2', '?titleId=2&TITLEID=1,2', [1, 2]],
      ['2', '?titleId=002', [2]],
      // There is no progress in 3; 4 is of another generation; 9 does not exist.
      ['2', '?titleId=3', []],
      ['2', '?titleId=4', []],
      ['2', '?titleId=9', []],
      ['2', '?titleId=9,1,4', [1]],
      // V2 ignores the parameters of V1.
      ['2', '?platforms=x&types=Persistent', [1, 2]],
      ['1', '', [7, 6, 5, 4]],
      ['1', '?titleId=5', [5]],
      ['1', '?titleId=1', []],
      ['1', '?platforms=1', [5, 4]],
      ['1', '?platforms=1,2,15', [6, 5, 4]],
      ['1', '?platforms=16&platforms=17', [7, 6]],
      ['1', '?platforms=3', []],
      ['1', '?types=1,3', [7, 5, 4]],
      ['1', '?types=5', [6]],
      ['1', '?types=1&platforms=1&titleId=4,5,6', [4]],
      ['1', '?types=0', []],
      ['1', '?platforms=1,2,15,16,17&types=1,3&orderBy=unlockTime', [4, 5, 7]]
    ] as const) {
      for (const slash of ['', '/']) {
        const { titles, pagingInfo }: Page = (await get(path + slash + query, headersOf(version))).json()
        t.strictSame([titles.map(({ titleId }) => titleId), pagingInfo], [expected, { continuationToken: null, totalRecords: expected.length }], `${version} ${slash}${query}`)
      }
    }
  })
}

t.test('live, V2: continuation tokens are decimal offsets', async (t) => {
  const { get } = build(t, { world: WORLD, config: { dialect: 'live' } })
  const read = async (query: string): Promise<[number[], Page['pagingInfo']]> => {
    const { titles, pagingInfo }: Page = (await get(`${path}?${query}`)).json()
    return [titles.map(({ titleId }) => titleId), pagingInfo]
  }
  t.strictSame(await read('maxItems=1'), [[1], { continuationToken: '1', totalRecords: 2 }])
  t.strictSame(await read('&maxItems=1&continuationToken='), [[1], { continuationToken: '1', totalRecords: 2 }], 'as async-xbox-live-api asks for it')
  t.strictSame(await read('maxItems=1&continuationToken=1'), [[2], { continuationToken: null, totalRecords: 2 }])
  t.strictSame(await read('continuationToken=2'), [[], { continuationToken: null, totalRecords: 2 }])
  t.equal((await get(`${path}?continuationToken=1,2018-03-28T01:28:51.8070000Z`)).statusCode, 400)
})

t.test('live, V1: a continuation token is an offset and the version of the list, which the later pages repeat', async (t) => {
  let now = NOW
  const { get } = build(t, { world: WORLD, config: { dialect: 'live' }, now: () => now })
  const read = async (query: string): Promise<[number[], Page['pagingInfo'], unknown]> => {
    const { titles, pagingInfo, version }: Page = (await get(`${path}?${query}`, headersOf('1'))).json()
    return [titles.map(({ titleId }) => titleId), pagingInfo, version]
  }
  const version = formatInstant(NOW)
  t.strictSame(await read('maxItems=2'), [[7, 6], { continuationToken: `2,${version}`, totalRecords: 4 }, version])
  now += 5000
  for (const [query, titles, token, pinned] of [
    [`maxItems=1&continuationToken=2,${version}`, [5], `3,${version}`, version],
    [`maxItems=1&continuationToken=${encodeURIComponent(`3,${version}`)}`, [4], null, version],
    [`maxItems=1&continuationToken=0,${version}&skipItems=1`, [6], `2,${version}`, version],
    ['maxItems=3&continuationToken=1,2018-03-28T01:28:51.807Z', [6, 5, 4], null, '2018-03-28T01:28:51.8070000Z'],
    ['maxItems=1&continuationToken=2', [5], `3,${formatInstant(now)}`, formatInstant(now)],
    ['maxItems=1&continuationToken=0', [7], `1,${formatInstant(now)}`, formatInstant(now)],
    ['maxItems=1&continuationToken=', [7], `1,${formatInstant(now)}`, formatInstant(now)],
    [`continuationToken=4,${version}`, [], null, version],
    [`continuationToken=9999999999,${version}`, [], null, version]
  ] as const) {
    t.strictSame(await read(query), [titles, { continuationToken: token, totalRecords: 4 }, pinned], query)
  }
  for (const token of [' ', ',', '2,', `,${version}`, `-1,${version}`, `2,${version},`, '2,now', '2,2018-02-30T00:00:00Z', `99999999999,${version}`, `2;${version}`, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']) {
    const refused = await get(`${path}?continuationToken=${encodeURIComponent(token)}`, headersOf('1'))
    t.equal(refused.statusCode, 400, token)
    t.match(refused.json(), {
      code: 4000, description: `continuationToken is ${JSON.stringify(token)}; expected an offset of at most 10 decimal digits, or one, a comma and an instant.`
    })
  }
})

t.test('live: rareUnlocks is the last member under the contract versions with rarity', async (t) => {
  const others = Array.from({ length: 20 }, (_, index) => ({ xuid: String(index + 1), gamertag: `u${index}`, achievements: [1, 4].map((titleId) => did(titleId, 1)) }))
  const mine = [did(1, 1), did(1, 2), did(1, 3), did(2, 1), did(4, 2), did(4, 3)]
  const { get } = build(t, { world: { ...WORLD, users: [{ ...WORLD.users[0], achievements: mine }, ...others] }, config: { dialect: 'live' } })
  const entry = (rarityCategory: string, numUnlocks: number, isRarestCategory: boolean): object => ({ rarityCategory, numUnlocks, isRarestCategory })
  const read = async (version: string, query = ''): Promise<unknown> => {
    const { titles }: Page = (await get(`${path}?orderBy=Title${query}`, headersOf(version))).json()
    return titles.map((title) => [title.titleId, Object.entries(title).at(-1)])
  }
  for (const version of ['4', '5']) {
    t.strictSame(await read(version), [
      [1, ['rareUnlocks', [entry('Rare', 2, true), entry('Common', 1, false)]]],
      [2, ['rareUnlocks', [entry('Common', 1, true)]]]
    ], version)
  }
  t.strictSame(await read('3'), [
    [4, ['rareUnlocks', [entry('Rare', 2, true)]]], [5, ['rareUnlocks', []]], [6, ['rareUnlocks', []]], [7, ['rareUnlocks', []]]
  ])
  t.strictSame(await read('4', '&maxItems=1&skipItems=1'), [[2, ['rareUnlocks', [entry('Common', 1, true)]]]])
  t.strictSame(await read('2'), [[1, ['maxGamerscore', 0]], [2, ['maxGamerscore', 0]]])
  t.strictSame(await read('1', '&titleId=4'), [[4, ['totalGamerscore', 0]]])
})
