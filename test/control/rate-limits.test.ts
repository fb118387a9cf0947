import t from 'tap'
import { build, FRIEND, GAMER, listOf, SAMPLE_TITLE, type Emulator } from '../helper.ts'
import { command, control, refusal } from './client.ts'

const PATH = '/rate-limits'
const LIMITS = { burst: 2, sustain: 9 }
const NOON = { now: '2020-06-15T12:00:00Z' }
const ask = async ({ get }: Emulator, session = 'demo;gamer'): Promise<number> => (await get(listOf(session === 'demo;friend' ? FRIEND : GAMER), { session })).statusCode
const burst = (used: number, isFull = false): object => ({ used, limit: 2, isFull, ends: '2020-06-15T12:00:15.0000000Z', resetsIn: 15 })
const sustain = (used: number): object => ({ used, limit: 9, isFull: false, ends: '2020-06-15T12:05:00.0000000Z', resetsIn: 300 })

t.test('limits are switched on, changed and ended while the emulator runs', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', '/clock', NOON)
  t.strictSame(await command(emulator, 'GET', PATH), { limits: null, configured: null, callers: [], next: null, counts: { callers: 0, full: 0 } })
  t.equal(await ask(emulator), 200)
  t.strictSame(await command(emulator, 'PUT', PATH, { limits: LIMITS }), { limits: LIMITS, configured: null })
  t.strictSame([await ask(emulator), await ask(emulator), await ask(emulator)], [200, 200, 429], 'what was asked before does not count')
  await command(emulator, 'PUT', PATH, { limits: { burst: 4, sustain: 9 } })
  t.strictSame([await ask(emulator), await ask(emulator)], [200, 429], 'what was counted counts on')
  await command(emulator, 'PUT', PATH, { limits: null })
  t.equal(await ask(emulator), 200)
  t.strictSame(await command(emulator, 'GET', PATH), { limits: null, configured: null, callers: [], next: null, counts: { callers: 0, full: 0 } })
  await command(emulator, 'PUT', PATH, { limits: LIMITS })
  t.strictSame((await command(emulator, 'GET', PATH)).callers, [], 'to end them forgets what was counted')
})

t.test('windows of callers', async (t) => {
  const emulator = build(t, { config: { rateLimit: '2,9' } })
  await command(emulator, 'PUT', '/clock', NOON)
  for (const session of ['demo;gamer', 'demo;gamer', 'demo;friend', 'demo;titleless']) await ask(emulator, session)
  const callers = [
    { xuid: GAMER, gamertag: 'gamer', titleId: null, burst: burst(1), sustain: sustain(1) },
    { xuid: GAMER, gamertag: 'gamer', titleId: SAMPLE_TITLE, burst: burst(2, true), sustain: sustain(2) },
    { xuid: FRIEND, gamertag: 'friend', titleId: SAMPLE_TITLE, burst: burst(1), sustain: sustain(1) }
  ]
  const state = { limits: LIMITS, configured: LIMITS }
  t.strictSame(await command(emulator, 'GET', PATH), { ...state, callers, next: null, counts: { callers: 3, full: 1 } })
  t.strictSame(await command(emulator, 'GET', `${PATH}?limit=2`), { ...state, callers: callers.slice(0, 2), next: `${GAMER},${SAMPLE_TITLE}`, counts: { callers: 3, full: 1 } })
  t.strictSame(await command(emulator, 'GET', `${PATH}?limit=2&after=${GAMER},${SAMPLE_TITLE}`), { ...state, callers: callers.slice(2), next: null, counts: { callers: 3, full: 1 } })
  t.strictSame((await command(emulator, 'GET', `${PATH}?limit=1`)).next, `${GAMER},`)
  t.strictSame((await command(emulator, 'GET', `${PATH}?after=,`)).callers, callers)
  t.strictSame(await command(emulator, 'GET', `${PATH}?full=true`), { ...state, callers: callers.slice(1, 2), next: null, counts: { callers: 1, full: 1 } })
  t.strictSame((await command(emulator, 'GET', `${PATH}?full=FALSE&xuid=gamer`)).callers, callers.slice(0, 1))
  await command(emulator, 'DELETE', `/users/${FRIEND}`)
  t.equal((await command(emulator, 'GET', `${PATH}?xuid=${FRIEND}`)).callers[0].gamertag, null, 'nobody of the world')

  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T12:00:20.5Z' })
  const [, later] = (await command(emulator, 'GET', PATH)).callers
  t.strictSame([later.burst, later.sustain], [{ used: 0, limit: 2, isFull: false, ends: null, resetsIn: null }, { ...sustain(2), resetsIn: 280 }])
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T12:05:00Z' })
  t.strictSame((await command(emulator, 'GET', PATH)).callers, [])
})

t.test('a token of nobody is counted, and comes first', async (t) => {
  const emulator = build(t, { config: { rateLimit: '2,9' } })
  await command(emulator, 'PUT', '/clock', NOON)
  const { userHash, token } = await command(emulator, 'POST', '/sessions', {})
  for (const session of ['demo;gamer', `${userHash};${token}`]) await ask(emulator, session)
  const callers = [
    { xuid: null, gamertag: null, titleId: null, burst: burst(1), sustain: sustain(1) },
    { xuid: GAMER, gamertag: 'gamer', titleId: SAMPLE_TITLE, burst: burst(1), sustain: sustain(1) }
  ]
  const state = { limits: LIMITS, configured: LIMITS, counts: { callers: 2, full: 0 } }
  t.strictSame(await command(emulator, 'GET', `${PATH}?limit=1`), { ...state, callers: callers.slice(0, 1), next: ',' })
  t.strictSame(await command(emulator, 'GET', `${PATH}?limit=1&after=,`), { ...state, callers: callers.slice(1), next: null })
})

t.test('a limit of none refuses everything', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', '/clock', NOON)
  await command(emulator, 'PUT', PATH, { limits: { burst: 0, sustain: 999_999_999 } })
  t.equal(await ask(emulator), 429)
  await command(emulator, 'PUT', '/clock', { now: '2020-06-15T12:01:00Z' })
  t.strictSame((await command(emulator, 'GET', PATH)).callers[0].burst, { used: 0, limit: 0, isFull: true, ends: null, resetsIn: null })
})

t.test('limits go back to those of the start', async (t) => {
  const emulator = build(t, { config: { rateLimit: '1,9' } })
  const configured = { burst: 1, sustain: 9 }
  await command(emulator, 'PUT', '/clock', NOON)
  for (const [method, path] of [['DELETE', PATH], ['POST', '/reset?everything=true']] as const) {
    await command(emulator, 'PUT', PATH, { limits: LIMITS })
    await ask(emulator)
    await command(emulator, method, path)
    t.strictSame(await command(emulator, 'GET', PATH), { limits: configured, configured, callers: [], next: null, counts: { callers: 0, full: 0 } }, path)
  }
  await command(emulator, 'PUT', PATH, { limits: LIMITS })
  await command(emulator, 'POST', '/reset')
  t.strictSame((await command(emulator, 'GET', PATH)).limits, LIMITS, 'a reset of the world leaves them')
})

t.test('wrong limits and questions', async (t) => {
  const emulator = build(t)
  for (const [body, message] of [
    [{}, 'The body, at /limits: missing, expected an object with burst and sustain, or null.'],
    [{ limits: { burst: -1, sustain: 1 } }, 'The body, at /limits/burst: found -1, expected an integer from 0 to 999999999.'],
    [{ limits: { burst: 1, sustain: 1e9 } }, 'The body, at /limits/sustain: found 1000000000, expected an integer from 0 to 999999999.'],
    [{ limits: '100,300' }, 'The body, at /limits: found "100,300", expected an object with burst and sustain, or null.'],
    [[], 'The body: found [], expected an object.']
  ] as const) {
    const { status, body: answer } = await control(emulator, 'PUT', PATH, body)
    t.strictSame([status, answer], [400, refusal(4000, message)])
  }
  for (const after of ['x', '', '7', '7,x', 'x,7', '7,7,7', '-1,7']) {
    const { status, body } = await control(emulator, 'GET', `${PATH}?after=${after}`)
    t.strictSame([status, body], [400, refusal(4000, `after is "${after}"; expected what next was of the page before.`)])
  }
  t.equal((await control(emulator, 'GET', `${PATH}?full=1`)).status, 400)
  t.equal((await control(emulator, 'GET', `${PATH}?users=1`)).status, 400)
  t.equal((await control(emulator, 'GET', `${PATH}?xuid=nobody`)).status, 404)
  t.strictSame((await command(emulator, 'GET', PATH)).limits, null)
})
