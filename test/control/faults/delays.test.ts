import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { fillDefaults } from '../../../src/base/validation.ts'
import { createFaults } from '../../../src/control/faults/faults.ts'
import { FaultSpec } from '../../../src/control/faults/schema.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { build, FRIEND, GAMER, listOf, type Emulator } from '../../helper.ts'
import { command, listen, refusal, sentBy } from '../client.ts'

const LIST = listOf(GAMER, '?titleId=3051199919')
/** In ms. */
const LONGEST = 3_600_000

/** Waits until the first fault happens to a request. */
async function begun (emulator: Pick<Emulator, 'app'>): Promise<void> {
  while ((await command(emulator, 'GET', '/faults')).faults[0].happened === 0) await setImmediate()
}

t.test('a delayed request is answered late, and whole', async (t) => {
  const { url, ...emulator } = await listen(t)
  for (const delay of [30, { min: 30, max: 40 }]) {
    await command(emulator, 'POST', '/faults', { delay, times: 1 })
    const asked = performance.now()
    const response = await fetch(url + LIST, { headers: sentBy() })
    // A timer counts whole ms, from the beginning of its turn.
    t.ok(performance.now() - asked > 28, JSON.stringify(delay))
    t.strictSame([response.status, await response.json()], [200, LIST_SAMPLE])
  }
})

t.test('a delayed request is answered after a later one', async (t) => {
  for (const delay of [LONGEST, { min: LONGEST, max: LONGEST }]) {
    const { url, ...emulator } = await listen(t, { config: { requestTimeout: LONGEST } })
    await command(emulator, 'POST', '/faults', { delay, times: 1, xuid: GAMER })
    const slow = fetch(url + LIST, { headers: sentBy() }).then(() => 'answered', () => 'left')
    await begun(emulator)
    t.equal((await fetch(url + listOf(FRIEND), { headers: sentBy('demo;friend') })).status, 200)
    t.equal(emulator.emulator.holds.count(), 1, 'the earlier one waits')
    emulator.emulator.connections.destroy()
    t.equal(await slow, 'left')
  }
})

t.test('a status is sent after the delay; beyond the request timeout, 408', async (t) => {
  // Without a socket, through which a request can take longer than the timeout on a busy machine.
  const emulator = build(t, { config: { requestTimeout: 20 } })
  const late = refusal(null, 'The request did not arrive whole in time.')
  for (const [fault, status, body] of [
    [{ delay: 1, status: 410 }, 410, refusal(null, 'A fault that a test has set up.')],
    [{ delay: 20 }, 200, LIST_SAMPLE],
    [{ delay: 21 }, 408, late],
    [{ delay: 3_600_000 }, 408, late],
    [{ delay: 3_600_000, status: 503 }, 408, late],
    [{ delay: { min: 3_600_000, max: 3_600_000 }, effect: 'reset' }, 408, late]
  ] as const) {
    await command(emulator, 'POST', '/faults', { ...fault, times: 1 })
    const response = await emulator.get(LIST)
    t.strictSame([response.statusCode, response.json()], [status, body], JSON.stringify(fault))
  }
})

t.test('a random delay is evenly distributed between its limits, both included', async (t) => {
  const drawn = (spec: object, count: number): Array<number | undefined> => {
    const faults = createFaults()
    faults.addRoute({ methods: ['GET'], path: '/:', hasClaims: true })
    faults.add(fillDefaults(FaultSpec, spec) as FaultSpec)
    return Array.from({ length: count }, () => faults.trigger({ method: 'GET', paths: ['/'], xuid: null, titleId: null })?.delay)
  }
  const delays = drawn({ delay: { min: 10, max: 14 }, seed: 3 }, 1000)
  const counts = [10, 11, 12, 13, 14].map((delay) => delays.filter((each) => each === delay).length)
  t.equal(counts.reduce((sum, count) => sum + count), 1000)
  t.ok(counts.every((count) => count > 150 && count < 250), String(counts))
  t.strictSame(drawn({ delay: { min: 10, max: 14 }, seed: 3 }, 1000), delays, 'the same seed')
  t.not(drawn({ delay: { min: 10, max: 14 }, seed: 4 }, 1000).join(), delays.join(), 'another one')
  t.strictSame(drawn({ delay: { min: 7, max: 7 } }, 3), [7, 7, 7])
  t.strictSame(drawn({ delay: 0 }, 3), [0, 0, 0])
  t.strictSame(drawn({ status: 503, times: 2 }, 3), [0, 0, undefined])
})

t.test('the delay ends when the client disconnects, and the server can close', async (t) => {
  const { url, app, ...emulator } = await listen(t, { config: { requestTimeout: 3_600_000 } })
  await command({ app, ...emulator }, 'POST', '/faults', { delay: 3_600_000, times: 1 })
  const leave = new AbortController()
  const given = fetch(url + LIST, { headers: sentBy(), signal: leave.signal }).then(() => 'answered', ({ name }) => name)
  await begun({ app })
  leave.abort()
  t.equal(await given, 'AbortError')
  for (;;) {
    const { requests } = await command({ app }, 'GET', '/requests')
    if (requests.length === 0) {
      await setImmediate()
      continue
    }
    const [{ status, fault, path, claims }] = requests
    t.strictSame([requests.length, status, fault, path, claims.xuid], [1, null, 1, listOf(GAMER), GAMER])
    break
  }
  await app.close()
  t.equal(app.server.listening, false)
})
