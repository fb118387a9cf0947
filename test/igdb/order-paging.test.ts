import t from 'tap'
import { buildView, WORLD } from './ask.ts'

/** 11 Alpha, 12 Alphabet, 13 beta, 14 Éclair; 14 has no rank, game, tags. */
const ORDERS: ReadonlyArray<[order: string, ids: number[]]> = [
  ['id', [11, 12, 13, 14]],
  ['id:asc', [11, 12, 13, 14]],
  ['id:desc', [14, 13, 12, 11]],
  ['name', [11, 12, 13, 14]],
  ['name:desc', [14, 13, 12, 11]],
  // Records without a value come last; equal ones are ordered by id.
  ['rank', [11, 12, 13, 14]],
  ['rank:desc', [12, 13, 11, 14]],
  ['game:asc', [11, 12, 13, 14]],
  ['description:desc', [11, 12, 13, 14]],
  ['language', [11, 12, 13, 14]],
  ['category:desc', [14, 11, 12, 13]],
  ['created_at:desc', [12, 11, 13, 14]],
  ['updated_at', [13, 14, 11, 12]],
  ['external_id:desc', [14, 13, 12, 11]],
  ['owners', [13, 14, 12, 11]],
  ['owners:desc', [11, 12, 13, 14]],
  ['owners_percentage:desc', [11, 12, 13, 14]]
]

t.test('a list in any order is the same, read by offset or by scroll', async (t) => {
  const { ids, ask } = buildView(t, { world: WORLD })
  for (const [order, expected] of ORDERS) {
    t.strictSame(await ids(`/achievements/?order=${order}`), expected, order)
    for (const limit of [1, 2, 3]) {
      const paged: number[] = []
      for (let offset = 0; offset < 6; offset += limit) paged.push(...await ids(`/achievements/?order=${order}&limit=${limit}&offset=${offset}`))
      t.strictSame(paged, expected, `${order} by ${limit}`)

      const scrolled: number[] = []
      let next: string | undefined = `/achievements/?order=${order}&limit=${limit}&scroll=1`
      while (next !== undefined) {
        const response = await ask(next)
        scrolled.push(...response.json().map(({ id }: { id: number }) => id))
        next = response.headers['x-next-page'] as string | undefined
      }
      t.strictSame(scrolled, expected, `the scroll of ${order} by ${limit}`)
    }
  }
})

t.test('limit and offset', async (t) => {
  const { ids } = buildView(t)
  for (const [query, count] of [['', 10], ['?limit=1', 1], ['?limit=50', 50], ['?limit=050', 50], ['?limit=50&offset=50', 21], ['?offset=71', 0], ['?offset=2147483647', 0], ['?offset=0', 10]] as const) {
    t.equal((await ids(`/achievements/${query}`)).length, count, query)
  }
})

t.test('the headers of a scroll are sent only with scroll=1', async (t) => {
  const { ask } = buildView(t)
  for (const query of ['', '?scroll=0', '?limit=1']) {
    const { headers } = await ask(`/achievements/${query}`)
    t.strictSame([headers['x-count'], headers['x-next-page']], [undefined, undefined], query)
  }
})
