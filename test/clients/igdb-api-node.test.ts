import t from 'tap'
import { listen } from '../control/client.ts'
import { DEMO, FRIEND, NOW } from '../helper.ts'
import { installClient } from './install.ts'

interface Answer { readonly body: any[], readonly headers: Readonly<Record<string, string>>, readonly scrollUrl?: string, readonly scrollCount?: string, readonly url: string }

/** igdb-api-node 3.1.7, as far as it is used here; it has no types. */
interface Client {
  readonly achievements: (options: object, fields?: readonly string[]) => Promise<Answer>
  readonly scroll: (path: string) => Promise<Answer>
  readonly scrollAll: (path: string, options: object) => Promise<any[]>
}

const require = installClient('igdb-api-node')
const { default: igdb, config } = require('igdb-api-node') as { default: (key: string) => Client, config: { threeScale: { url: string } } }
// The client's own list of endpoints; this one was announced after its last version for GET.
const { default: endpoints } = require('igdb-api-node/lib/endpoints') as { default: string[] }
endpoints.push('achievements')

const LARGE_SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const ALL = DEMO.titles.reduce((sum, { achievements }) => sum + achievements.length, 0)

/** The client, pointed at an emulator. */
async function start (t: Parameters<typeof listen>[0]) {
  const { url, emulator, database } = await listen(t)
  config.threeScale.url = url
  return { client: igdb('demo'), emulator, select: (sql: string) => database.prepare<[], { id: number, name: string }>(sql).all() }
}

t.test('by ids', async (t) => {
  const { client } = await start(t)
  const { body, url } = await client.achievements({ ids: [2003, 1234, 999, 2001] }, ['name', 'rank'])
  t.match(url, /\/achievements\/2003,1234,999,2001\?fields=name,rank$/)
  t.strictSame(body, [
    { id: 1234, name: 'Boss Killer', rank: 3 },
    { id: 2001, name: 'First Light', rank: 1 },
    { id: 2003, name: 'Sea Legs', rank: 2 }
  ])
})

t.test('with filters, an order, a search and pages', async (t) => {
  const { client } = await start(t)
  const find = async (options: object): Promise<unknown> => (await client.achievements(options, ['name'])).body.map(({ name }) => name)
  t.strictSame(await find({ filters: { 'rank-gte': 2, 'tags-not_in': 'Tag1' } }), ['Sea Legs'])
  t.strictSame(await find({ filters: { 'rank-exists': 1 }, order: 'name:desc', limit: 2, offset: 1 }), ['Sea Legs', 'First Light'])
  t.strictSame(await find({ filters: { 'tags-any': 'Story,Sailing', 'created_at-lt': '2016-01-01' }, order: 'rank:desc' }), ['Sea Legs', 'First Light', 'Tea with Maren'])
  t.strictSame(await find({ search: 'boss KILL' }), ['Boss Killer'])
  t.strictSame(await find({ filters: { 'name-prefix': 'Tea ' } }), ['Tea with Maren', 'Tea with Maren'])
  t.strictSame((await client.achievements({ fields: '*', limit: 50 })).body.length, 50)
  t.strictSame((await client.achievements({})).body.length, 10)
})

t.test('scroll, page by page', async (t) => {
  const { client } = await start(t)
  const first = await client.achievements({ scroll: 1, limit: 30 })
  t.equal(first.scrollCount, String(ALL))
  const [second, third, fourth] = [await client.scroll(first.scrollUrl ?? ''), await client.scroll(first.scrollUrl ?? ''), await client.scroll(first.scrollUrl ?? '')]
  t.strictSame([first, second, third, fourth].map(({ body }) => body.length), [30, 30, ALL - 60, 0])
  t.strictSame([second.scrollUrl, third.scrollUrl], [first.scrollUrl, undefined])
})

/** A list, and its records in SQL. */
const LISTS: ReadonlyArray<[query: string, rest: string]> = [
  ['order=id&limit=12', 'ORDER BY id'],
  ['order=name:desc&filter[rank][not_exists]=1&limit=10', 'WHERE rank IS NULL ORDER BY name DESC, id'],
  ['order=rank&filter[icon][exists]&limit=9', 'WHERE icon IS NOT NULL ORDER BY rank IS NULL, rank, id'],
  ['filter[name][prefix]=T&filter[category][in]=1,2&limit=2', "WHERE name GLOB 'T*' ORDER BY id"],
  ['order=external_id:desc&search=light&limit=3', "WHERE name LIKE '%light%' ORDER BY external_id DESC"],
  ['search=nothing like it', 'WHERE FALSE']
]

t.test('scrollAll returns what the SQL says, every record once', async (t) => {
  const { client, select } = await start(t)
  for (const [query, rest] of LISTS) {
    const expected = select(`SELECT id, name FROM igdb_record ${rest}`)
    // It reads X-Count over the length of the first page, rounded, pages: some limits round down and lose the end.
    t.strictSame(await client.scrollAll(`/achievements/?fields=name&${query}`, { interval: 0 }), expected, query)
  }
})

t.test('a write between two of its pages', async (t) => {
  const { client, emulator, select } = await start(t)
  const first = await client.achievements({ scroll: 1, limit: 40, order: 'owners' })
  emulator.services.operations.run('progress.set', { xuid: FRIEND, scid: LARGE_SCID, id: 40, sandbox: null, percentComplete: 100, timeUnlocked: null, isRevoked: false, requirements: null, now: NOW })
  const second = await client.scroll(first.scrollUrl ?? '')
  const ids = [...first.body, ...second.body].map(({ id }) => id)
  t.equal(new Set(ids).size, ids.length)
  t.strictSame(new Set(ids), new Set(select('SELECT id FROM igdb_record').map(({ id }) => id)))
})

t.test('what is refused', async (t) => {
  const { client } = await start(t)
  await t.rejects(igdb('x').achievements({}), { message: /^HTTP Status 403 - / })
  igdb('demo')
  await t.rejects(client.achievements({ limit: 0 }), { message: /^HTTP Status 400 - / })
  await t.rejects(client.achievements({ filters: { 'nope-eq': 1 } }), { message: /^HTTP Status 400 - / })
})
