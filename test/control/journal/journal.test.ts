import { get, request } from 'node:http'
import t from 'tap'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, SAMPLE_TITLE, type Emulator } from '../../helper.ts'
import { command, control, listen, sentBy } from '../client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const TIME = '2020-06-15T12:00:00.0000000Z'
const LIST = listOf(GAMER)
const UPDATE = `${LIST}/${SCID}/update`
const GAMERS = { xuid: GAMER, titleId: SAMPLE_TITLE, sandbox: 'RETAIL', location: 'US', thirdPartySite: false }
const REFUSED = 'The service configuration does not belong to title 5, which the body names.'
const TITLELESS = { ...GAMERS, titleId: null }
/** What light-my-request, and so `inject`, sends. */
const INJECTED = { 'user-agent': 'lightMyRequest', host: 'localhost:80' }
const HEADERS = { authorization: 'XBL3.0 x=…', 'x-xbl-contract-version': '2', ...INJECTED }
const entry = (id: number, members: object): object => ({
  id,
  time: TIME,
  method: 'GET',
  scheme: 'http',
  host: 'localhost:80',
  httpVersion: '1.1',
  path: LIST,
  query: '',
  headers: HEADERS,
  contractVersion: '2',
  claims: GAMERS,
  body: null,
  status: 200,
  refusal: null,
  hint: null,
  fault: null,
  matched: true,
  answer: null,
  ...members
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
  const noJson = (await update(emulator, '{')).json().errorMessage
  await get('/nope?x=1')
  await app.inject({ method: 'DELETE', url: LIST })
  for (const path of ['/health', '/ready', '/nope', '/world']) await control(emulator, 'GET', path)
  const posted = { method: 'POST', path: UPDATE, claims: TITLELESS, body }
  const length = (bytes: number): object => ({ ...HEADERS, 'content-type': 'application/json', 'content-length': String(bytes) })
  const sent = length(JSON.stringify(body).length)
  const unknown = 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.'
  const malformed = 'The Authorization header is malformed; expected "XBL3.0 x=<userhash>;<token>".'
  const expected = [
    entry(1, { query: 'maxItems=1&x=a?b' }),
    entry(2, { claims: null, status: 401, refusal: unknown }),
    entry(3, { contractVersion: null, claims: null, status: 401, headers: { authorization: 'Bearer …', ...INJECTED }, refusal: malformed }),
    entry(4, { path: listOf(FRIEND), claims: { ...GAMERS, xuid: FRIEND, location: 'FR' }, status: 503, fault: 1, refusal: 'A fault that a test has set up.' }),
    entry(5, { ...posted, headers: sent }),
    entry(6, { ...posted, headers: sent, status: 304 }),
    entry(7, { ...posted, headers: length(JSON.stringify({ ...body, titleId: 5 }).length), status: 403, body: { ...body, titleId: 5 }, refusal: REFUSED }),
    entry(8, { ...posted, headers: { ...HEADERS, 'content-length': '1' }, status: 400, body: null, refusal: noJson }),
    entry(9, { path: '/nope', query: 'x=1', claims: null, status: 404, matched: false, refusal: '/nope is not a path of this service.' }),
    entry(10, { method: 'DELETE', contractVersion: null, claims: null, headers: INJECTED, status: 405, refusal: 'DELETE is not supported here; supported: GET, HEAD.' })
  ]
  t.strictSame(await journal(emulator), expected)
  t.strictSame(await journal(emulator, '/unmatched'), [expected[8]])
  const { body: text } = await app.inject('/_emulator/requests')
  for (const secret of ['secret-token', 'demo', 'titleless']) t.notOk(text.includes(secret), secret)
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
  const host = `127.0.0.1:${emulator.port}`
  const ask = async (): Promise<unknown> => await new Promise((resolve) => {
    get({ host: '127.0.0.1', port: emulator.port, path: LIST, headers: { host, connection: 'close', ...sentBy() }, agent: false }, (response) => {
      response.resume().on('error', () => {}).on('close', resolve)
    }).on('error', resolve)
  })
  for (const fault of [{ effect: 'reset' }, { effect: 'truncate' }, { status: 304 }, { delay: 1 }]) {
    await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
    await ask()
  }
  const seen = { host, headers: { host, connection: 'close', authorization: 'XBL3.0 x=…', 'x-xbl-contract-version': '2' } }
  t.strictSame(await journal(emulator), [
    entry(1, { ...seen, status: null, fault: 1 }), entry(2, { ...seen, fault: 2 }), entry(3, { ...seen, status: 304, fault: 3 }), entry(4, { ...seen, fault: 4 })
  ])
})

t.test('an entry tells why a list is empty, also when the answer comes out of the cache', async (t) => {
  const emulator = build(t)
  const ask = (version: string | undefined) => emulator.app.inject({
    url: `${LIST}?titleId=${SAMPLE_TITLE}`, headers: { authorization: 'XBL3.0 x=demo;gamer', ...version !== undefined && { 'x-xbl-contract-version': version } }
  })
  for (const version of [undefined, '1', '2', undefined]) t.equal((await ask(version)).statusCode, 200)
  const hint = `x-xbl-contract-version is missing or asks for V1, which has titles of the Xbox 360 alone; send 2 for title ${SAMPLE_TITLE}`
  t.strictSame((await journal(emulator)).map((each) => each.hint), [hint, hint, null, hint])
})
