import t from 'tap'
import { formatInstant } from '../../../src/base/instant.ts'
import { ids, page, unlock } from '../../demo-list.ts'
import { build, GAMER, LARGE_TITLE, listOf, NOW, type Emulator } from '../../helper.ts'

const live = { dialect: 'live' } as const
const A = 'aaaaaaaa-0000-0000-0000-000000000001'
const B = 'aaaaaaaa-0000-0000-0000-000000000002'
const C = 'aaaaaaaa-0000-0000-0000-000000000003'
const named = (list: number[]): object[] => list.map((id) => ({ id, name: `n${id}` }))

/** Service configuration A belongs to two titles, and is defined before B, whose title id is the lowest. */
const WORLD = {
  titles: [
    { titleId: 9, name: 'nine', serviceConfigId: A, achievements: named([10, 4294967295, 9, 2]) },
    { titleId: 1, name: 'one', serviceConfigId: B, achievements: named([7, 0]) },
    { titleId: 5, name: 'five', serviceConfigId: A, achievements: named([100, 3]) },
    { titleId: 4, name: 'four', serviceConfigId: C, generation: 'xbox360', achievements: named([21, 5, 13]) }
  ],
  users: [{ xuid: GAMER, gamertag: 'gamer', achievements: [{ serviceConfigId: A, id: 9, percentComplete: 100 }, { serviceConfigId: A, id: 3, percentComplete: 100 }] }],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }]
}
const BY_ID = ['2', '3', '9', '10', '100', '4294967295', '0', '7']
const AS_DEFINED = ['10', '4294967295', '9', '2', '7', '0', '100', '3']

t.test('live: Unordered, the default, is by achievement id as a number, one service configuration after the other', async (t) => {
  const { get } = build(t, { world: WORLD, config: live })
  for (const query of ['', '?orderBy=Unordered', '?orderBy=unordered', '?possibleOnly=true']) {
    t.strictSame(ids(await page(get, query)), BY_ID, query)
    for (const skip of BY_ID.keys()) t.strictSame(ids(await page(get, `${query}${query === '' ? '?' : '&'}skipItems=${skip}&maxItems=3`)), BY_ID.slice(skip, skip + 3))
  }
  t.strictSame(ids(await page(get, '?unlockedOnly=true')), ['3', '9'])
  t.strictSame(ids(await page(get, '?titleId=1,9')), BY_ID)
  t.strictSame(ids(await page(get, '?titleId=1')), ['0', '7'])
  t.strictSame(ids(await page(get, '?orderBy=Title')), ['7', '0', '100', '3', '10', '4294967295', '9', '2'], 'other orders keep the order of definition among equals')
})

t.test('documented: Unordered is the order of definition; a catalogue is by achievement id in both dialects', async (t) => {
  const { get } = build(t, { world: WORLD })
  for (const query of ['', '?orderBy=Unordered']) t.strictSame(ids(await page(get, query)), AS_DEFINED, query)
  for (const [dialect, unordered] of [['documented', [21, 5, 13]], ['live', [5, 13, 21]]] as const) {
    const emulator = build(t, { world: WORLD, config: { dialect } })
    for (const [path, expected] of [
      ['titleachievements?titleId=4', [5, 13, 21]], ['achievements?possibleOnly=true', [5, 13, 21]],
      ['titleachievements?titleId=4&orderBy=Unordered', unordered], ['achievements?possibleOnly=true&orderBy=Unordered', unordered]
    ] as const) {
      for (const size of [1, 2, 3]) t.strictSame(await walk(emulator, `/users/xuid(${GAMER})/${path}&maxItems=${size}`, '1'), expected, `${dialect} ${path} ${size}`)
    }
  }
})

t.test('live: continuation tokens are decimal offsets, to which skipItems is added', async (t) => {
  const { get } = build(t, { config: live })
  const all = Array.from({ length: 48 }, (_, index) => String(index + 1))
  const first = await page(get, `?titleId=${LARGE_TITLE}`)
  t.strictSame([ids(first), first.pagingInfo], [all.slice(0, 32), { continuationToken: '32', totalRecords: 48 }], 'as recorded')
  for (const [query, expected, continuationToken] of [
    ['continuationToken=32', all.slice(32), null],
    ['continuationToken=32&maxItems=8', all.slice(32, 40), '40'],
    ['continuationToken=32&maxItems=16', all.slice(32), null],
    ['continuationToken=2&skipItems=3&maxItems=5', all.slice(5, 10), '10'],
    ['continuationToken=0&maxItems=1', all.slice(0, 1), '1'],
    ['continuationToken=', all.slice(0, 32), '32'],
    ['continuationToken=&skipItems=3&maxItems=5', all.slice(3, 8), '8'],
    ['continuationToken=0000000007&maxItems=1', all.slice(7, 8), '8'],
    ['skipItems=46&maxItems=1', all.slice(46, 47), '47'],
    ['skipItems=47&maxItems=1', all.slice(47), null],
    ['continuationToken=48', [], null],
    ['continuationToken=9999999999&skipItems=2147483647', [], null]
  ] as const) {
    const found = await page(get, `?titleId=${LARGE_TITLE}&${query}`)
    t.strictSame([ids(found), found.pagingInfo], [expected, { continuationToken, totalRecords: 48 }], query)
  }
})

t.test('a token of one dialect is refused by the other', async (t) => {
  const documented = build(t)
  const { get } = build(t, { config: live })
  const { pagingInfo: { continuationToken: issued } } = await page(documented.get, '?maxItems=1')
  for (const token of [issued as string, '99999999999', '-1', '+1', '3.0', ' 3', '3,2', '0x3', '٣', ' ', '3,2018-03-28T01:28:51.8070000Z', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']) {
    const refused = await get(listOf(GAMER, `?continuationToken=${encodeURIComponent(token)}`))
    t.equal(refused.statusCode, 400, token)
    t.match(refused.json(), { code: 4000, description: `continuationToken is ${JSON.stringify(token)}; expected an offset of at most 10 decimal digits.` })
  }
  const refused = await documented.get(listOf(GAMER, '?continuationToken=32'))
  t.strictSame([refused.statusCode, refused.json()], [400, {
    errorCode: 4000, errorMessage: 'continuationToken is "32"; expected a token that was issued for this user, these filters and this order.'
  }])
})

t.test('live: an unlock between two pages shifts the items after it', async (t) => {
  const query = `/users/xuid(${GAMER})/achievements?titleId=${LARGE_TITLE}&orderBy=UnlockTime&maxItems=20`
  const before = await walk(build(t, { config: live }), query, '2')
  const emulator = build(t, { config: live })
  const last = before.at(-1) as string
  const seen = await walk(emulator, query, '2', () => unlock(emulator, last, formatInstant(NOW)))
  t.strictSame(seen, [...before.slice(0, 20), ...before.slice(19, -1)], 'it is missed, and the last of the first page comes twice')
})

t.test('live: EndingSoon goes by the time of each request', async (t) => {
  let now = NOW
  const { get } = build(t, { config: live, now: () => now })
  const query = `?titleId=${LARGE_TITLE}&orderBy=EndingSoon`
  const whole = ids(await page(get, `${query}&maxItems=100`))
  now = Date.UTC(2200, 0)
  t.strictSame(ids(await page(get, `${query}&maxItems=2&continuationToken=2`)), ['3', '4'], 'all windows have ended')
  now = NOW
  t.strictSame(ids(await page(get, `${query}&maxItems=2&continuationToken=2`)), whole.slice(2, 4))
})

/** The ids of a list, read page by page with its tokens. */
async function walk ({ get }: Emulator, path: string, version: string, afterFirst: () => void = () => {}): Promise<unknown[]> {
  const seen: unknown[] = []
  for (let token: string | null = '0'; token !== null;) {
    const response = await get(`${path}&continuationToken=${token}`, { headers: { 'x-xbl-contract-version': version } })
    if (token === '0') afterFirst()
    const { achievements, pagingInfo } = response.json()
    seen.push(...achievements.map(({ id }: { id: unknown }) => id))
    token = pagingInfo.continuationToken
  }
  return seen
}
