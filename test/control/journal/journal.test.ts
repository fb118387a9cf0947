import { request } from 'node:http'
import t from 'tap'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, SAMPLE_TITLE, type Emulator } from '../../helper.ts'
import { command, control, listen, refusal, sentBy } from '../client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const TIME = '2020-06-15T12:00:00.0000000Z'
const LIST = listOf(GAMER)
const UPDATE = `${LIST}/${SCID}/update`
const GAMERS = { xuid: GAMER, titleId: SAMPLE_TITLE, sandbox: 'RETAIL', location: 'US', thirdPartySite: false }
const TITLELESS = { ...GAMERS, titleId: null }
const entry = (id: number, members: object): object => ({
  id, time: TIME, method: 'GET', path: LIST, query: '', contractVersion: '2', claims: GAMERS, body: null, status: 200, fault: null, matched: true, ...members
})

/** The entries of the journal without `ms`, which differs each time. */
async function journal (emulator: Pick<Emulator, 'app'>, query = ''): Promise<any[]> {
  const { requests } = await command(emulator, 'GET', `/requests${query}`)
  return requests.map(({ ms, ...rest }: any) => {
    if (!(ms >= 0)) throw new Error(`${ms} ms`)
    return rest
  })
}

const update = async ({ app }: Pick<Emulator, 'app'>, payload: unknown, headers: object = {}) => await app.inject({ method: 'POST', url: UPDATE, headers: { ...sentBy('demo;titleless'), ...headers }, payload: payload as object })

t.test('the journal contains every request, and no token', async (t) => {
  const emulator = build(t)
  const { app, get } = emulator
  const body = { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '11', percentComplete: 40 }] }
  await command(emulator, 'POST', '/faults', { status: 503, xuid: FRIEND })
  await get(`${LIST}?maxItems=1&x=a?b#c`)
  await get(LIST.replace('(', '%28'), { session: 'demo;secret-token' })
  await get(LIST, { session: null, headers: { authorization: 'Bearer secret-token', 'x-xbl-contract-version': undefined } })
  await get(listOf(FRIEND), { session: 'demo;friend' })
  await update(emulator, body)
  await update(emulator, body)
  await update(emulator, { ...body, titleId: 5 })
  await update(emulator, '{')
  await get('/nope?x=1')
  await app.inject({ method: 'DELETE', url: LIST })
  for (const path of ['/health', '/ready', '/nope', '/world']) await control(emulator, 'GET', path)
  const posted = { method: 'POST', path: UPDATE, claims: TITLELESS, body }
  const expected = [
    entry(1, { query: 'maxItems=1&x=a?b' }),
    entry(2, { claims: null, status: 401 }),
    entry(3, { contractVersion: null, claims: null, status: 401 }),
    entry(4, { path: listOf(FRIEND), claims: { ...GAMERS, xuid: FRIEND, location: 'FR' }, status: 503, fault: 1 }),
    entry(5, posted),
    entry(6, { ...posted, status: 304 }),
    entry(7, { ...posted, status: 403, body: { ...body, titleId: 5 } }),
    entry(8, { ...posted, status: 400, body: null }),
    entry(9, { path: '/nope', query: 'x=1', claims: null, status: 404, matched: false }),
    entry(10, { method: 'DELETE', contractVersion: null, claims: null, status: 405 })
  ]
  t.strictSame(await journal(emulator), expected)
  t.strictSame(await journal(emulator, '/unmatched'), [expected[8]])
  const { body: text } = await app.inject('/_emulator/requests')
  for (const secret of ['secret-token', 'demo', 'titleless', 'XBL3.0', 'Bearer']) t.notOk(text.includes(secret), secret)
})

t.test('the journal is filtered', async (t) => {
  const emulator = build(t)
  await emulator.get(LIST)
  await emulator.get(listOf(FRIEND), { session: 'demo;friend' })
  await emulator.get(listOf('x'))
  await emulator.app.inject({ method: 'POST', url: '/nope' })
  await emulator.get('/nope/deeper')
  for (const [query, expected] of [
    ['', [1, 2, 3, 4, 5]], ['?method=post', [4]], ['?METHOD=GET', [1, 2, 3, 5]], ['?path=/nope', [4, 5]], [`?path=${LIST}`, [1]], ['?path=/NOPE', []], ['?status=404', [4, 5]], ['?status=400', [3]], [`?xuid=0${GAMER}`, [1, 3]], [`?xuid=${FRIEND}&status=200`, [2]], ['?status=200&method=POST', []], ['/unmatched', [4, 5]], ['/unmatched?method=GET', [5]], ['?unknown=1', [1, 2, 3, 4, 5]]
  ] as const) t.strictSame((await journal(emulator, query)).map(({ id }) => id), expected, query)
  for (const [query, message] of [
    ['?status=x', 'status is "x"; expected an HTTP status.'], ['?xuid=-1', 'xuid is "-1"; expected an unsigned 64-bit integer in decimal.'], ['?method=GET&method=PUT', 'method was given 2 times; expected once.'], ['/unmatched?status=', 'status is ""; expected an HTTP status.']
  ] as const) {
    const { status, body } = await control(emulator, 'GET', `/requests${query}`)
    t.strictSame([status, body], [400, refusal(4000, message)], query)
  }
})

t.test('the journal keeps the last requests, and is cleared', async (t) => {
  for (const size of [0, 1, 3, 1000]) {
    const emulator = build(t, { config: { journal: size } })
    for (let n = 1; n <= 11; n++) {
      await emulator.get(`/nope/${n}`)
      const kept = Array.from({ length: Math.min(n, size) }, (_, index) => n - Math.min(n, size) + 1 + index)
      t.strictSame((await journal(emulator)).map(({ id, path }) => [id, path]), kept.map((id) => [id, `/nope/${id}`]), `${n} of ${size}`)
    }
    const { status, body } = await control(emulator, 'DELETE', '/requests')
    t.strictSame([status, body], [204, null])
    t.strictSame(await journal(emulator), [])
    await emulator.get('/nope/12')
    t.strictSame((await journal(emulator)).map(({ id }) => id), size === 0 ? [] : [12], 'the count goes on')
  }
})

t.test('the time of an entry is that of the emulator\'s clock', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', '/clock', { now: '2101-01-01T00:00:00Z' })
  await emulator.get(LIST)
  t.strictSame(await journal(emulator), [entry(1, { time: '2101-01-01T00:00:00.0000000Z' })])
})

t.test('a body of more than 16 kB is left out, with and without content-length', async (t) => {
  const emulator = await listen(t)
  const bodyOf = (bytes: number): string => JSON.stringify({ x: 'x'.repeat(bytes - 8) })
  const send = async (text: string, isChunked: boolean): Promise<number> => await new Promise((resolve, reject) => {
    const length = isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': text.length }
    request({ port: emulator.port, host: '127.0.0.1', method: 'POST', path: UPDATE, agent: false, headers: { ...sentBy(), ...length } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', reject).end(text)
  })
  for (const isChunked of [false, true]) {
    for (const [size, isKept] of [[100, true], [16_384, true], [16_385, false], [100_000, false]] as const) {
      await command(emulator, 'DELETE', '/requests')
      const text = bodyOf(size)
      t.equal(text.length, size)
      t.equal(await send(text, isChunked), 400)
      t.strictSame((await journal(emulator)).map(({ body }) => body), [isKept ? JSON.parse(text) : null], `${size} ${isChunked}`)
    }
  }
})

t.test('an entry names the fault that happened to the request', async (t) => {
  const emulator = await listen(t)
  const ask = async (): Promise<unknown> => await fetch(`${emulator.url}${LIST}`, { headers: sentBy() }).then(async (response) => await response.text()).catch(() => null)
  for (const fault of [{ effect: 'reset' }, { effect: 'truncate' }, { status: 304 }, { delay: 1 }]) {
    await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
    await ask()
  }
  t.strictSame(await journal(emulator), [entry(1, { status: null, fault: 1 }), entry(2, { fault: 2 }), entry(3, { status: 304, fault: 3 }), entry(4, { fault: 4 })])
})
