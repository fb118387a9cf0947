import t from 'tap'
import { NOW } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, title } from '../world-parts.ts'
import { buildView, refusal, type View } from './ask.ts'

const EIGHT = { titles: [title({ achievements: [1, 2, 3, 4, 5, 6, 7, 8].map((id) => achievement({ id, name: `n${id}`, igdb: { id, rank: id > 6 ? null : 1 + id % 2 } })) })], userKeys: ['demo', 'other'] }
const ENDED = 'its next page has to be asked for within 3 minutes.'

/** A page: the ids of its records, and its headers. */
async function page ({ ask }: Pick<View, 'ask'>, url: string): Promise<{ ids: number[], count: number, next: string }> {
  const { headers, ...response } = await ask(url)
  if (response.statusCode !== 200) throw new Error(response.body)
  return { ids: response.json().map(({ id }: { id: number }) => id), count: Number(headers['x-count']), next: String(headers['x-next-page']) }
}

const begin = async (view: View, query: string) => page(view, `/achievements/?scroll=1&${query}`)
const put = (view: View, world: object) => view.app.inject({ method: 'PATCH', url: '/_emulator/world', payload: world })

t.test('the path of a scroll stays the same from page to page; the last page is empty', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const first = await begin(view, 'limit=3')
  t.match(first, { ids: [1, 2, 3], count: 8, next: /^\/achievements\/scroll\/[\w-]{24}$/ })
  t.strictSame(await page(view, first.next), { ids: [4, 5, 6], count: 8, next: first.next })
  t.strictSame(await page(view, first.next), { ids: [7, 8], count: 8, next: 'undefined' })
  for (let again = 0; again < 2; again++) t.strictSame(await page(view, first.next), { ids: [], count: 8, next: 'undefined' })
})

t.test('the query of the first page applies to every page', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const { ids, next } = await begin(view, 'limit=1&offset=1&fields=name&order=rank:desc&filter[rank][exists]&search=n')
  t.strictSame(ids, [3])
  const response = await view.ask(`${next}?fields=*&limit=50&filter[rank][eq]=7`)
  t.equal(response.headers['x-count'], '6')
  t.strictSame(response.json(), [{ id: 5, name: 'n5' }])
})

t.test('a write between two pages neither skips nor repeats a record', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const { ids, next } = await begin(view, 'limit=3&order=rank')
  t.strictSame(ids, [2, 4, 6])
  // A record before the position is deleted, one after it, and a record that was read moves behind it.
  await put(view, { titles: [{ titleId: 1, achievements: [{ id: 9, name: 'n9', igdb: { id: 9, rank: 1 } }, { id: 10, name: 'n10', igdb: { id: 10, rank: 2 } }] }] })
  t.strictSame(await page(view, next), { ids: [9, 1, 3], count: 10, next }, 'records of the same rank with a higher id')
  await put(view, { titles: [{ titleId: 1, achievements: [{ id: 1, igdb: { id: 1, rank: 0 } }] }] })
  t.strictSame((await page(view, next)).ids, [5, 10, 7])
  t.strictSame((await page(view, next)).ids, [8])
})

t.test('a scroll continues after a record that was deleted', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const { next } = await begin(view, 'limit=3')
  const rest = EIGHT.titles.map((each) => ({ ...each, achievements: each.achievements.filter(({ id }) => id !== 3 && id !== 4) }))
  await view.app.inject({ method: 'PUT', url: '/_emulator/world', payload: { ...EIGHT, titles: rest } })
  t.strictSame(await page(view, next), { ids: [5, 6, 7], count: 6, next })
})

t.test('an order by owners is that of the first page', async (t) => {
  const view = buildView(t, { world: { ...EIGHT, users: [{ xuid: '1', gamertag: 'ann' }, { xuid: '2', gamertag: 'bob' }] } })
  const unlock = (xuid: number, id: number, percentComplete = 100) => view.app.inject({ method: 'PUT', url: `/_emulator/users/${xuid}/achievements/${SCID}/${id}`, payload: { percentComplete } })
  await unlock(1, 8)
  await unlock(1, 7)
  await unlock(2, 7)
  for (const [order, first, second, rest] of [
    ['owners:desc', [7, 8], [1, 2], [3, 4]], ['owners', [1, 2], [3, 4], [5, 6]], ['owners_percentage:desc', [7, 8], [1, 2], [3, 4]], ['owners_percentage', [1, 2], [3, 4], [5, 6]]
  ] as const) {
    const { ids, next } = await begin(view, `limit=2&fields=owners&order=${order}`)
    t.strictSame(ids, first, order)
    // The writes would change the position of a record that is still to come, and of one that was read.
    for (const id of [1, 2]) await unlock(1, id)
    t.strictSame((await page(view, next)).ids, second, order)
    t.strictSame((await page(view, next)).ids, rest, order)
    t.match((await view.ask('/achievements/1?fields=owners')).json(), [{ owners: 1 }], 'the record shows the present number')
    for (const id of [1, 2]) await unlock(1, id, 0)
  }
})

t.test('several scrolls do not affect each other', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const [one, other, third] = [await begin(view, 'limit=2'), await begin(view, 'limit=2'), await begin(view, 'limit=3')]
  t.equal(new Set([one.next, other.next, third.next]).size, 3)
  for (const [next, ids] of [[one.next, [3, 4]], [one.next, [5, 6]], [other.next, [3, 4]], [third.next, [4, 5, 6]], [one.next, [7, 8]]] as const) t.strictSame((await page(view, next)).ids, ids)
  t.equal((await begin(buildView(t, { world: EIGHT }), 'limit=2')).next, one.next, 'the same requests get the same cursor')
})

t.test('a list that fits on its page has no next page', async (t) => {
  const view = buildView(t, { world: EIGHT })
  t.strictSame(await begin(view, 'limit=8'), { ids: [1, 2, 3, 4, 5, 6, 7, 8], count: 8, next: 'undefined' })
  t.strictSame(await begin(view, 'filter[rank][eq]=9'), { ids: [], count: 0, next: 'undefined' })
  t.match(await page(view, '/achievements/1,2,3?scroll=1&limit=2'), { ids: [1, 2], count: 3 })
})

t.test('HEAD does not advance a scroll', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const { next } = await begin(view, 'limit=2')
  const { statusCode, headers } = await view.app.inject({ method: 'HEAD', url: next, headers: { 'user-key': 'demo' } })
  t.strictSame([statusCode, headers['x-count'], headers['x-next-page']], [200, '8', next])
  t.strictSame((await page(view, next)).ids, [3, 4])
})

t.test('every page needs a user key, not always the same', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const { next } = await begin(view, 'limit=2')
  t.equal((await view.ask(next, null)).statusCode, 403)
  t.equal((await view.ask(next, 'x')).statusCode, 403)
  t.strictSame((await view.ask(next, 'other')).json(), [{ id: 3 }, { id: 4 }])
})

t.test('a scroll expires after 3 minutes of the emulator\'s clock', async (t) => {
  let now = NOW
  const view = buildView(t, { world: EIGHT, now: () => now })
  const { next } = await begin(view, 'limit=1')
  for (let seconds = 0; seconds < 3; seconds++) {
    now += 180_000
    t.equal((await view.ask(next)).statusCode, 200)
  }
  now += 180_001
  const { statusCode, body } = await view.ask(next)
  t.equal(statusCode, 404)
  t.strictSame(JSON.parse(body), refusal(404, `There is no scroll "${next.split('/')[3]}", or it has ended: ${ENDED}`))
})

t.test('of very many scrolls the one that was used longest ago ends', async (t) => {
  const view = buildView(t, { world: EIGHT })
  const { next: first } = await begin(view, 'limit=1')
  const { next: second } = await begin(view, 'limit=1')
  t.equal((await view.ask(first)).statusCode, 200)
  for (let count = 0; count < 999; count++) await view.ask('/achievements/?scroll=1&limit=1')
  t.strictSame([(await view.ask(first)).statusCode, (await view.ask(second)).statusCode], [200, 404])
})

t.test('unknown cursors', async (t) => {
  const { ask } = buildView(t, { world: { titles: [title({ serviceConfigId: OTHER_SCID })], userKeys: ['demo'] } })
  for (const [path, shown] of [['x', 'x'], ['__proto__', '__proto__'], ['%00', '\u0000'], ['..%2F', '../'], ['%25%32', '%2']] as const) {
    const { statusCode, body } = await ask(`/achievements/scroll/${path}`)
    t.equal(statusCode, 404, path)
    t.strictSame(JSON.parse(body), refusal(404, `There is no scroll ${JSON.stringify(shown)}, or it has ended: ${ENDED}`))
  }
  t.strictSame((await ask('/achievements/scroll')).json(), refusal(400, 'The id is "scroll"; expected comma-delimited ids, unsigned integers in decimal.'))
})
