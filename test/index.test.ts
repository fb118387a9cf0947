import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import t from 'tap'
import { startEmulator, WorldError, ConfigError, XblError, type Emulator } from '../src/index.ts'
import { LIST_SAMPLE, LIVE_SAMPLE } from './documented-samples.ts'
import { GAMER, FRIEND, listOf, SAMPLE_SCID, SAMPLE_TITLE, singleOf } from './helper.ts'
import { start } from './in-process.ts'
import { thrownBy } from './thrown-error.ts'

const SMALL = {
  titles: [{ titleId: 1, name: 'One', serviceConfigId: SAMPLE_SCID, public: true, achievements: [{ id: 1, name: 'First', requirements: [{ id: 'r', target: '50' }] }] }],
  users: [{ xuid: GAMER, gamertag: 'gamer' }]
}

async function get (emulator: Emulator, path: string, authorization = emulator.authorization({ xuid: GAMER, titleId: null })): Promise<{ status: number, body: any }> {
  const response = await fetch(emulator.url + path, { headers: { authorization, 'x-xbl-contract-version': '2' } })
  return { status: response.status, body: await response.json() }
}

t.test('by default the demo world on a free port of this machine', async (t) => {
  const emulator = await start(t)
  t.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  const { body } = await get(emulator, listOf(GAMER, `?titleId=${SAMPLE_TITLE}`))
  t.strictSame(body, LIST_SAMPLE)
})

t.test('a given world: unlock, read, reset', async (t) => {
  const emulator = await start(t, { world: SMALL })
  const before = emulator.world()
  emulator.clock.freeze('2013-01-17T03:19:00.3080000Z')
  t.strictSame(emulator.unlock({ xuid: `0${GAMER}`, serviceConfigId: SAMPLE_SCID.toUpperCase(), id: 1 }), {
    serviceConfigId: SAMPLE_SCID,
    id: 1,
    sandbox: null,
    percentComplete: 100,
    timeUnlocked: '2013-01-17T03:19:00.3080000Z',
    isRevoked: false,
    requirements: [{ id: 'r', current: '50' }]
  })
  const unlocked = await get(emulator, listOf(GAMER, '?unlockedOnly=true'))
  t.equal(unlocked.body.achievements[0].progression.timeUnlocked, '2013-01-17T03:19:00.3080000Z')
  emulator.unlock({
    xuid: GAMER, serviceConfigId: SAMPLE_SCID, id: 1, percentComplete: 20, isRevoked: true, requirements: [{ id: 'r', current: '7' }]
  })
  const { body } = await get(emulator, singleOf(GAMER, SAMPLE_SCID, 1))
  t.match(body.achievement, { progressState: 'InProgress', isRevoked: true, progression: { requirements: [{ current: '7' }] } })
  emulator.unlock({ xuid: GAMER, serviceConfigId: SAMPLE_SCID, id: 1, timeUnlocked: '2012-01-01T00:00:00Z' })
  t.equal(emulator.world().users[0]?.achievements[0]?.timeUnlocked, '2012-01-01T00:00:00.0000000Z')
  t.match(emulator.unlock({ xuid: GAMER, serviceConfigId: SAMPLE_SCID, id: 1, sandbox: 'RETAIL', percentComplete: 30 }), { sandbox: 'RETAIL', percentComplete: 30 })
  emulator.reset()
  const { sessions, ...rest } = emulator.world()
  t.strictSame({ ...rest, sessions: [] }, before)
})

t.test('the clock', async (t) => {
  const { clock } = await start(t, { world: SMALL })
  clock.freeze('2013-02-15T00:00:00.1234567Z')
  t.equal(clock.now(), '2013-02-15T00:00:00.1230000Z')
  clock.shift('P1D')
  t.ok(clock.now() > new Date().toISOString(), 'ahead of the machine by a day')
  clock.reset()
  const before = new Date().toISOString()
  const now = clock.now()
  t.ok(before.slice(0, 23) <= now && now.slice(0, 23) <= new Date().toISOString(), 'the machine\'s')
})

t.test('faults and requests', async (t) => {
  const emulator = await start(t, { world: SMALL })
  const repair = emulator.fault({ status: 503 })
  t.strictSame(await get(emulator, listOf(GAMER)), { status: 503, body: { errorCode: 5300, errorMessage: 'A fault that a test has set up.' } })
  repair()
  t.equal((await get(emulator, listOf(GAMER))).status, 200)
  t.strictSame(emulator.requests().map(({ path, status, fault }) => ({ path, status, fault })), [
    { path: listOf(GAMER), status: 503, fault: 1 },
    { path: listOf(GAMER), status: 200, fault: null }
  ])
  t.equal(emulator.requests({ status: 200 }).length, 1)
})

t.test('the options that say who may call', async (t) => {
  const emulator = await start(t, { world: SMALL, allowedHosts: 'emulator', allowedOrigins: 'http://localhost:3000' })
  const { port } = new URL(emulator.url)
  for (const [headers, status] of [
    [{}, 200], [{ host: 'emulator' }, 200], [{ host: 'other' }, 403], [{ origin: 'http://localhost:3000' }, 200], [{ origin: 'http://localhost:3001' }, 403]
  ] as const) {
    const [response] = await once(request({ host: '127.0.0.1', port, path: '/_emulator/world', headers, agent: false }).end(), 'response') as [IncomingMessage]
    t.equal(response.resume().statusCode, status, JSON.stringify(headers))
  }
})

t.test('several emulators are independent', async (t) => {
  const [documented, live] = await Promise.all([start(t), start(t, { dialect: 'live' })])
  documented.clock.freeze('2013-02-15T00:00:00Z')
  documented.fault({ status: 410, path: '*/history/titles' })
  documented.unlock({ xuid: FRIEND, serviceConfigId: SAMPLE_SCID, id: 3 })
  const path = listOf(GAMER, `?titleId=${SAMPLE_TITLE}`)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => get(index % 2 === 0 ? documented : live, path)))
  for (const [index, { body }] of answers.entries()) t.strictSame(body, index % 2 === 0 ? LIST_SAMPLE : LIVE_SAMPLE)
  t.equal((await get(live, singleOf(FRIEND, SAMPLE_SCID, 3))).body.achievements[0].progressState, 'NotStarted')
  t.equal((await get(documented, `/users/xuid(${GAMER})/history/titles`)).status, 410)
  t.equal((await get(live, `/users/xuid(${GAMER})/history/titles`)).status, 200)
  t.equal(documented.requests().length, 26)
  t.equal(live.requests().length, 27)
  t.not(live.clock.now().slice(0, 10), '2013-02-15')
})

t.test('a wrong option is refused with a message, and nothing is left open', async (t) => {
  await t.rejects(startEmulator({ world: { titles: 1 } as object }), new WorldError(['world: /titles: found 1, expected a list']))
  await t.rejects(startEmulator({ world: 'no-such-file.json' }), new WorldError(['no-such-file.json: found no such file or folder, expected a world']))
  await t.rejects(startEmulator({ port: -1 }), new ConfigError('port: found -1, expected an integer from 0 to 65535'))
  const emulator = await start(t, { world: SMALL })
  const { port } = new URL(emulator.url)
  await t.rejects(startEmulator({ port: Number(port) }), { code: 'EADDRINUSE' })
  for (const [attempt, message] of [
    [() => emulator.authorization({ xuid: '7' }), 'xuid is "7"; expected the XUID of a user of the world.'],
    [() => emulator.authorization({ xuid: 7 as unknown as string }), 'The body, at /xuid: found 7, expected a XUID in quotes, or null.'],
    [() => emulator.unlock({ xuid: GAMER, serviceConfigId: SAMPLE_SCID, id: 9 }), `There is no achievement 9 of service configuration ${SAMPLE_SCID}.`],
    [() => emulator.fault({}), 'The fault does nothing; expected status, effect or delay.'],
    [() => emulator.fault({ status: 503, path: '/_emulator/health' }), 'The fault can happen to no request: no route of Xbox Live, of the sign-in or of the IGDB view that is served has path "/_emulator/health".'],
    [() => emulator.fault({ status: 503, body: { size: 1n } }), 'body is no JSON: Do not know how to serialize a BigInt.'],
    [() => emulator.clock.freeze('soon'), 'now is "soon"; expected an instant in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".']
  ] as const) {
    const error = thrownBy(attempt)
    t.ok(error instanceof XblError)
    t.equal(error.message, message)
  }
})

t.test('close() closes once, however often it is called', async (t) => {
  const emulator = await startEmulator()
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'data')
  const closes = [emulator.close(), emulator.close()]
  t.equal(closes[0], closes[1])
  await Promise.all(closes)
  await emulator.close()
})

t.test('closes without waiting for a connection that asks for nothing', async (t) => {
  const emulator = await startEmulator({ world: SMALL })
  const { hostname, port } = new URL(emulator.url)
  const socket = connect(Number(port), hostname)
  t.teardown(() => socket.destroy())
  await once(socket, 'connect')
  // The server holds it: what was connected later is answered.
  await get(emulator, listOf(GAMER))
  const closed = once(socket, 'close')
  await emulator.close()
  await closed
  await t.rejects(fetch(emulator.url))
})

t.test('a database file keeps its state', async (t) => {
  const database = `${t.testdir({})}/world.db`
  const first = await startEmulator({ world: SMALL, database })
  first.unlock({ xuid: GAMER, serviceConfigId: SAMPLE_SCID, id: 1 })
  const before = first.world()
  await first.close()
  const second = await start(t, { database })
  t.strictSame(second.world(), before)
  second.reset()
  t.strictSame(second.world().users[0]?.achievements, [], 'back to the world that was seeded')
})
