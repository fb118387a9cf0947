import t from 'tap'
import { formatInstant } from '../../../src/base/instant.ts'
import { ids, LARGE, page, unlock } from '../../demo-list.ts'
import { build, LARGE_TITLE, NOW, type Emulator } from '../../helper.ts'
import { achievement, SCID, title, user } from '../../world-parts.ts'

const ORDERS = ['Unordered', 'Title', 'UnlockTime', 'EndingSoon']
const FILTERS = ['', '&types=Persistent', '&types=Challenge', '&unlockedOnly=true', '&possibleOnly=true', '&unlockedOnly=true&types=Challenge']
const SIZES = [1, 7, 32, 1000]

type Known = typeof LARGE[number]
const unlockTime = ({ progress }: Known): string => progress?.timeUnlocked ?? ''
const endsAfterNow = ({ endDate }: Known): string => endDate > formatInstant(NOW) ? endDate : '9999'

/** Each order, computed without the store. JavaScript's sort is stable, and so are ties in docs/specification.md. */
const EXPECTED: Record<string, (filter: string) => Known[]> = {
  Unordered: (filter) => kept(filter),
  Title: (filter) => kept(filter),
  UnlockTime: (filter) => filter.includes('possibleOnly')
    ? kept(filter)
    : kept(filter).toSorted((a, b) => unlockTime(a) < unlockTime(b) ? 1 : unlockTime(a) > unlockTime(b) ? -1 : 0),
  EndingSoon: (filter) => kept(filter).toSorted((a, b) => endsAfterNow(a) < endsAfterNow(b) ? -1 : endsAfterNow(a) > endsAfterNow(b) ? 1 : 0)
}

function kept (filter: string): Known[] {
  const type = /types=(\w+)/.exec(filter)?.[1]
  return LARGE
    .filter(({ achievementType }) => type === undefined || achievementType === type)
    .filter(({ state }) => !filter.includes('unlockedOnly') || state === 'Achieved')
}

const untouched = LARGE.filter(({ state }) => state === 'NotStarted').map(({ id }) => id)

async function walkByToken (get: Emulator['get'], query: string, between: (pages: number) => void = () => {}): Promise<string[]> {
  const seen: string[] = []
  let token: string | null = '0'
  for (let pages = 1; token !== null; pages++) {
    const part = await page(get, `${query}&continuationToken=${token}`)
    seen.push(...ids(part))
    token = part.pagingInfo.continuationToken
    if (pages > 1 && part.achievements.length === 0) throw new Error('a token leads to a page without items')
    if (token !== null && !/^[\w-]{1,32}$/.test(token)) throw new Error(`token ${token}`)
    between(pages)
  }
  return seen
}

async function walkBySkip (get: Emulator['get'], query: string, size: number): Promise<string[]> {
  const seen: string[] = []
  for (let skip = 0; ; skip += size) {
    const part = await page(get, `${query}&skipItems=${skip}`)
    if (part.achievements.length === 0) return seen
    seen.push(...ids(part))
  }
}

for (const order of ORDERS) {
  t.test(`${order}: pages by token and by skipItems have the same items`, async (t) => {
    const { get } = build(t)
    for (const filter of FILTERS) {
      const expected = EXPECTED[order]?.(filter).map(({ id }) => id)
      for (const size of SIZES) {
        const query = `?titleId=${LARGE_TITLE}&orderBy=${order}&maxItems=${size}${filter}`
        t.strictSame(await walkByToken(get, query), expected, `tokens ${query}`)
        t.strictSame(await walkBySkip(get, query, size), expected, `skipItems ${query}`)
      }
    }
  })

  t.test(`${order}: skipItems skips that many items after a token`, async (t) => {
    const { get } = build(t)
    const query = `?titleId=${LARGE_TITLE}&orderBy=${order}`
    const expected = EXPECTED[order]?.('').map(({ id }) => id)
    for (const at of [1, 5, 20, 40]) {
      const { pagingInfo } = await page(get, `${query}&maxItems=${at}`)
      for (const skip of [0, 1, 5, 20, 100]) {
        const rest = await page(get, `${query}&maxItems=1000&skipItems=${skip}&continuationToken=${pagingInfo.continuationToken}`)
        t.strictSame(ids(rest), expected?.slice(at + skip), `${skip} after ${at}`)
        t.strictSame(rest.pagingInfo, { continuationToken: null, totalRecords: LARGE.length })
      }
    }
  })

  t.test(`${order}: an unlock between two pages shifts no item`, async (t) => {
    for (const size of SIZES) {
      let now = NOW
      const { get, run } = build(t, { now: () => now })
      const locked = LARGE.filter(({ state }) => state !== 'Achieved')
      // One before and one after the present page; once at a time later than all others, once earlier.
      const unlockTwo = (pages: number): void => {
        const next = [locked[pages - 1], locked.at(-pages)]
        for (const [index, known] of next.entries()) {
          if (known === undefined) continue
          unlock({ run }, known.id, index === 0 ? formatInstant(now) : '2001-01-01T00:00:00.0000000Z')
        }
        now += 1000
      }
      const query = `?titleId=${LARGE_TITLE}&orderBy=${order}&maxItems=${size}`
      t.strictSame(await walkByToken(get, query, unlockTwo), EXPECTED[order]?.('').map(({ id }) => id), `pages of ${size}`)
    }
  })
}

t.test('UnlockTime: what was unlocked in the meantime is first when the list is read again', async (t) => {
  const { get, run } = build(t)
  const last = untouched.at(-1) as string
  unlock({ run }, last, '2030-01-01T00:00:00.0000001Z')
  t.equal(ids(await page(get, `?titleId=${LARGE_TITLE}&orderBy=UnlockTime`))[0], last)
  t.equal(ids(await page(get, `?titleId=${LARGE_TITLE}&orderBy=UnlockTime&unlockedOnly=true`))[0], last)
})

t.test('unlockedOnly: what is unlocked between two pages is last in the order UnlockTime', async (t) => {
  const { get, run } = build(t)
  const before = EXPECTED['UnlockTime']?.('&unlockedOnly=true').map(({ id }) => id) ?? []
  const unlocked = untouched[0] as string
  const seen = await walkByToken(get, `?titleId=${LARGE_TITLE}&orderBy=UnlockTime&unlockedOnly=true&maxItems=5`, (pages) => {
    if (pages === 1) unlock({ run }, unlocked, formatInstant(NOW))
  })
  t.strictSame(seen, [...before, unlocked])
})

t.test('EndingSoon: a window that ends between two pages shifts no item', async (t) => {
  let now = NOW
  const { get } = build(t, { now: () => now })
  const query = `?titleId=${LARGE_TITLE}&orderBy=EndingSoon&maxItems=2`
  const expected = EXPECTED['EndingSoon']?.('').map(({ id }) => id)
  t.strictSame(await walkByToken(get, query, () => { now += 10 * 365 * 86_400_000 }), expected)
  const ended = ids(await page(get, '?orderBy=EndingSoon&maxItems=1000'))
  t.strictSame(ended, ids(await page(get, '?maxItems=1000')), 'after all windows have ended, the order is that of definition')
})

t.test('skipItems may skip a whole section of an order', async (t) => {
  const world = {
    titles: [title({ achievements: [1, 2, 3].map((id) => achievement({ id })) })],
    users: [user({ achievements: [{ serviceConfigId: SCID, id: 2, percentComplete: 100 }] })],
    sessions: [{ userHash: 'h', token: 't', xuid: '1' }]
  }
  const { get } = build(t, { world })
  for (const [skip, expected] of [[0, ['2', '1', '3']], [1, ['1', '3']], [2, ['3']], [3, []], [2147483647, []]] as const) {
    const response = await get(`/users/xuid(1)/achievements?orderBy=UnlockTime&skipItems=${skip}`, { session: 'h;t' })
    t.strictSame(ids(response.json()), expected, String(skip))
    t.strictSame(response.json().pagingInfo, { continuationToken: null, totalRecords: 3 })
  }
})
