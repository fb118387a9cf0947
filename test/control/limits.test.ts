import t from 'tap'
import type { RecordedRequest } from '../../src/control/journal/entry.ts'
import { createJournal } from '../../src/control/journal/journal.ts'
import { build, GAMER, listOf } from '../helper.ts'
import { command, control, listen, refusal, SERVICE_HEADERS } from './client.ts'

const MANY_FAULTS = 'There are 100 faults; expected some to be deleted first.'
const MANY_SESSIONS = 'There are 10000 sessions that the world did not begin with; expected a reset first.'

t.test('a body has at most 256 kB, except that of a world', async (t) => {
  const emulator = build(t)
  const long = JSON.stringify({ userHash: 'x'.repeat(256 * 1024) })
  for (const [method, path, body] of [['POST', '/sessions', long], ['POST', '/faults', long], ['PUT', '/clock', long], ['PUT', `/users/${GAMER}`, long], ['POST', '/reset', long]] as const) {
    const answer = await control(emulator, method, path, body)
    t.strictSame([answer.status, answer.body], [413, refusal(null, 'Request body is too large')], path)
  }
  t.equal((await control(emulator, 'PUT', '/world', { users: [{ xuid: '1', gamertag: 'x'.repeat(2 * 1024 * 1024) }] })).status, 200)
})

t.test('at most a hundred faults can be set up', async (t) => {
  const emulator = build(t)
  for (let n = 1; n <= 100; n++) await command(emulator, 'POST', '/faults', { status: 503, path: `/users/${n}/*` })
  const { status, body } = await control(emulator, 'POST', '/faults', { status: 503 })
  t.strictSame([status, body], [400, refusal(4000, MANY_FAULTS)])
  t.equal((await command(emulator, 'GET', '/faults')).faults.length, 100)
  t.throws(() => emulator.emulator.faults.add(emulator.emulator.faults.list()[0] as never), { message: MANY_FAULTS, status: 400 }, 'in the same process')
  await command(emulator, 'DELETE', '/faults/50')
  t.equal((await command(emulator, 'POST', '/faults', { status: 503 })).id, 101)
  t.equal((await control(emulator, 'POST', '/faults', { status: 503 })).status, 400)
})

t.test('a fault that cannot happen any more makes room for another', async (t) => {
  const emulator = build(t)
  for (let n = 1; n <= 100; n++) await command(emulator, 'POST', '/faults', { status: 503, times: n < 99 ? 2 : 1 })
  for (let n = 1; n <= 3; n++) t.equal((await emulator.get(listOf(GAMER))).statusCode, 503)
  // The first fault cannot happen any more, the second can once more.
  t.equal((await command(emulator, 'POST', '/faults', { status: 500 })).id, 101)
  const { faults } = await command(emulator, 'GET', '/faults')
  t.strictSame([faults.length, faults[0].id, faults[0].happened, faults.at(-1).id], [100, 2, 1, 101])
  t.equal((await control(emulator, 'POST', '/faults', { status: 500 })).status, 400)
})

t.test('the path and the method of a fault have a maximum length', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 503, path: `/users/${'x'.repeat(248)}*` })
  t.match(await control(emulator, 'POST', '/faults', { status: 503, method: 'X'.repeat(32) }), { status: 400, body: { errorMessage: /^The fault can happen to no request: / } })
  for (const [fault, message] of [
    [{ path: `/${'x'.repeat(256)}` }, `The body, at /path: found "/${'x'.repeat(77)}…, expected a path of at most 256 characters that starts with "/" or "*" and has no query, or null.`],
    [{ method: 'X'.repeat(33) }, `The body, at /method: found "${'X'.repeat(33)}", expected an HTTP method, or null.`]
  ] as const) {
    const { status, body } = await control(emulator, 'POST', '/faults', { status: 503, ...fault })
    t.strictSame([status, body], [400, refusal(4000, message)])
  }
})

t.test('at most ten thousand sessions can be made until a reset', async (t) => {
  const emulator = build(t)
  emulator.database.exec(`WITH RECURSIVE made(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM made WHERE n < 9999)
    INSERT INTO session (user_hash, token, third_party_site) SELECT 'made', n, 0 FROM made`)
  const { authorization } = await command(emulator, 'POST', '/sessions', { xuid: GAMER })
  for (const claims of [{ xuid: GAMER }, {}]) {
    const { status, body } = await control(emulator, 'POST', '/sessions', claims)
    t.strictSame([status, body], [400, refusal(4000, MANY_SESSIONS)])
  }
  const ask = async (): Promise<number> => (await emulator.get(listOf(GAMER), { headers: { authorization } })).statusCode
  t.equal(await ask(), 200, 'none is forgotten')
  await command(emulator, 'POST', '/reset')
  t.equal(await ask(), 401)
  await command(emulator, 'POST', '/sessions', { xuid: GAMER })
})

t.test('sessions that have ended do not count towards the limit', async (t) => {
  const emulator = build(t)
  const ends = ["DELETE FROM session WHERE user_hash = 'made'", 'DELETE FROM session WHERE person = (SELECT row FROM person ORDER BY row DESC LIMIT 1)']
  for (const end of ends) {
    emulator.database.exec(`WITH RECURSIVE made(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM made WHERE n < 10000)
      INSERT INTO session (user_hash, token, third_party_site, person) SELECT 'made', n, 0, (SELECT max(row) FROM person) FROM made`)
    t.equal((await control(emulator, 'POST', '/sessions', {})).status, 400)
    emulator.database.exec(end)
    await command(emulator, 'POST', '/sessions', {})
  }
  const undone = emulator.database.prepare('SELECT count(*) FROM undo_session').pluck()
  t.not(undone.get(), 0)
  await command(emulator, 'POST', '/reset')
  t.equal(undone.get(), 0)
  await control(emulator, 'DELETE', '/sessions/demo/gamer')
  await command(emulator, 'POST', '/sessions', { userHash: 'demo', token: 'gamer' })
  await control(emulator, 'DELETE', '/sessions/demo/gamer')
  await command(emulator, 'POST', '/reset')
  t.equal((await emulator.get(listOf(GAMER))).statusCode, 200)
})

t.test('a world may start with more sessions than the limit', async (t) => {
  const sessions = Array.from({ length: 10_001 }, (_none, n) => ({ userHash: 'h', token: `t${n}` }))
  const emulator = build(t, { world: { sessions } })
  await command(emulator, 'POST', '/sessions', {})
})

const note = (url: string, more: Partial<RecordedRequest> = {}): RecordedRequest => ({
  now: 0, method: 'GET', isSecure: false, host: null, httpVersion: '1.1', url, headers: '', contractVersion: null, session: undefined, body: null, status: 200, refusal: null, hint: null, ms: 1, fault: null, matched: true, answer: null, ...more
})
const idsOf = (journal: ReturnType<typeof createJournal>): number[] => journal.find({}).map(({ id }) => id)

t.test('the journal takes at most 64 MB', async (t) => {
  const mega = 'x'.repeat(1024 * 1024)
  // Each counts as 2 MB and a little. Here they take no memory, because all of them share one text.
  for (const make of [
    () => note(mega), () => note('/', { host: mega }), () => note('/', { headers: mega }), () => note('/', { contractVersion: mega }), () => note('/', { body: `"${mega}"` }), () => note('/', { refusal: mega }),
    () => note('/', { answer: { headers: mega, bytes: 0, body: null } }), () => note('/', { answer: { headers: '', bytes: mega.length, body: mega } })
  ]) {
    const journal = createJournal(1000)
    for (let n = 1; n <= 64; n++) {
      journal.add(make())
      if ([1, 31, 32, 64].includes(n)) t.strictSame(idsOf(journal), Array.from({ length: Math.min(n, 31) }, (_none, index) => n - Math.min(n, 31) + 1 + index), `${n}`)
    }
    for (let n = 1; n <= 400; n++) journal.add(note('/'))
    t.equal(idsOf(journal).length, 431, 'small ones beside')
    journal.clear()
    t.strictSame(idsOf(journal), [])
    for (let n = 1; n <= 40; n++) journal.add(make())
    t.equal(idsOf(journal).length, 31, 'the room is free again')
  }
})

t.test('a long journal and a large world are sent in pieces', async (t) => {
  const emulator = await listen(t)
  const query = 'x'.repeat(8000)
  for (let n = 0; n < 50; n++) await emulator.get(`/nope?${query}${n}`)
  for (const path of ['/requests', '/requests/unmatched', '/requests.har', '/world']) {
    const response = await fetch(`${emulator.url}/_emulator${path}`)
    const { date, 'ms-cv': vector, ...headers } = Object.fromEntries(response.headers)
    const name = path === '/requests.har' ? { 'content-disposition': 'attachment; filename="requests.har"' } : {}
    t.strictSame(headers, { ...SERVICE_HEADERS, ...name, 'content-type': 'application/json; charset=utf-8', connection: 'keep-alive', 'keep-alive': 'timeout=72', 'transfer-encoding': 'chunked' }, path)
    const text = await response.text()
    if (path === '/requests.har') t.strictSame(JSON.parse(text).log.entries.map((entry: any) => entry.request.url), Array.from({ length: 50 }, (_none, n) => `http://localhost:80/nope?${query}${n}`))
    else if (path !== '/world') t.strictSame(JSON.parse(text).requests.map((entry: any) => [entry.id, entry.query]), Array.from({ length: 50 }, (_none, n) => [n + 1, `${query}${n}`]))
    else t.equal(text, `${JSON.stringify(emulator.store.world.export(), null, 2)}\n`)
    const head = await emulator.app.inject({ method: 'HEAD', url: `/_emulator${path}` })
    t.strictSame([head.statusCode, head.body], [200, ''])
  }
})
