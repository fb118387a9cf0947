import t from 'tap'
import { DIALECTS } from '../../src/model/dialect.ts'
import { build, FRIEND, GAMER, listOf, type Emulator } from '../helper.ts'
import { command } from './client.ts'

const START = Date.UTC(2020, 0, 1)
const at = (ms: number): object => ({ now: new Date(START + ms).toISOString() })
const body = (currentRequests: number, maxRequests: number, periodInSeconds: number): object => ({ version: 1, currentRequests, maxRequests, periodInSeconds, limitType: 'Rate' })

async function ask ({ get }: Emulator, session = 'demo;gamer', xuid = GAMER): Promise<unknown> {
  const { statusCode, headers, ...response } = await get(listOf(xuid, '?maxItems=1'), { session })
  return statusCode === 200 ? 200 : [statusCode, headers['retry-after'], headers['content-type'], response.json()]
}
const refused = (retryAfter: number, json: object, type = 'application/json; charset=utf-8'): unknown => [429, String(retryAfter), type, json]

for (const dialect of DIALECTS) {
  t.test(`the published example over HTTP, on a frozen clock, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { rateLimit: '30,100', dialect } })
    const type = dialect === 'live' ? 'application/json' : undefined
    let all = 0
    for (const [index, [requests, refusals]] of [[35, 5], [28, 0], [21, 0], [36, 20], [24, 24]].entries() as Iterable<[number, [number, number]]>) {
      await command(emulator, 'PUT', '/clock', at(index * 15_000))
      const answers = []
      for (let n = 1; n <= requests; n++) {
        all++
        const answer = await ask(emulator)
        answers.push(answer)
        const expected = all > 100 ? refused(300 - index * 15, body(all, 100, 300), type) : n > 30 ? refused(15, body(n, 30, 15), type) : 200
        t.strictSame(answer, expected, `request ${n} of period ${index + 1}`)
      }
      t.equal(answers.filter((answer) => answer !== 200).length, refusals, `period ${index + 1}`)
    }
    await command(emulator, 'PUT', '/clock', at(300_000))
    t.equal(await ask(emulator), 200, 'a new window')
  })
}

t.test('each user and title has its own rate limit', async (t) => {
  const emulator = build(t, { config: { rateLimit: '1,9' } })
  const full = refused(15, body(2, 1, 15))
  await command(emulator, 'PUT', '/clock', at(0))
  await command(emulator, 'POST', '/sessions', { userHash: 'other', token: 'gamer', xuid: GAMER, titleId: 3051199919, sandbox: 'RETAIL' })
  t.equal(await ask(emulator), 200)
  t.strictSame(await ask(emulator, 'other;gamer'), full, 'another token of the same')
  t.equal(await ask(emulator, 'demo;titleless'), 200, 'the user without the title')
  t.equal(await ask(emulator, 'demo;friend', FRIEND), 200, 'the title with another user')
  t.strictSame(await ask(emulator, 'demo;titleless'), full)
})

t.test('every request with a valid token counts towards the rate limit, and no other', async (t) => {
  const emulator = build(t, { config: { rateLimit: '3,300' } })
  const { get } = emulator
  await command(emulator, 'PUT', '/clock', at(0))
  for (let n = 0; n < 5; n++) await get(listOf(GAMER), { session: 'demo;nobody' })
  for (let n = 0; n < 5; n++) t.equal((await get('/_emulator/health')).statusCode, 200)
  for (let n = 0; n < 5; n++) t.equal((await get('/nope')).statusCode, 404)
  t.equal((await get(listOf('x'))).statusCode, 400)
  t.equal((await get(listOf(GAMER), { headers: { 'x-requestedserviceversion': '2' } })).statusCode, 406)
  t.equal(await ask(emulator), 200)
  t.strictSame(await ask(emulator), refused(15, body(4, 3, 15)))
  t.equal((await get(listOf('x'))).statusCode, 429, 'before anything else is looked at')
  t.equal((await get('/_emulator/requests')).statusCode, 200)
})

t.test('the rate limit follows the clock of the emulator, forwards and back', async (t) => {
  const emulator = build(t, { config: { rateLimit: '1,300' } })
  for (const [ms, expected] of [[0, 200], [14_001, refused(1, body(2, 1, 15))], [-1, 200], [-1, refused(15, body(2, 1, 15))], [15_000, 200]] as const) {
    await command(emulator, 'PUT', '/clock', at(ms))
    t.strictSame(await ask(emulator), expected, `${ms}`)
  }
})

t.test('the rate limit is off by default', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', '/clock', at(0))
  for (let n = 0; n < 120; n++) t.equal(await ask(emulator), 200)
})
