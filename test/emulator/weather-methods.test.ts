import t from 'tap'
import { GAMER, LARGE_TITLE, listOf, SAMPLE_TITLE } from '../helper.ts'
import { start } from '../in-process.ts'

t.test('faults are changed in process', async (t) => {
  const emulator = await start(t)
  emulator.fault({ status: 503, seed: 1 })
  t.match(emulator.changeFault(1, { enabled: false, titleId: LARGE_TITLE, status: undefined as never }), { id: 1, status: 503, enabled: false, titleId: LARGE_TITLE })
  t.match(emulator.faults(), [{ enabled: false }])
  t.throws(() => emulator.changeFault(2, {}), { status: 404, message: 'There is no fault 2.' })
  t.throws(() => emulator.changeFault(1, { status: null }), { status: 400, message: 'The fault does nothing; expected status, effect or delay.' })
  t.throws(() => emulator.changeFault(1, { happened: -1 }), { message: 'The change, at /happened: found -1, expected an integer from 0 to 4294967295.' })
  emulator.rta.addFault({ on: 'event', drop: true })
  t.match(emulator.rta.changeFault(1, { times: 2 }), { id: 1, times: 2 })
  t.throws(() => emulator.rta.changeFault(2, {}), { status: 404, message: 'There is no fault 2 of real-time activity.' })
})

t.test('rate limits are changed in process', async (t) => {
  const emulator = await start(t, { rateLimit: '1,9' })
  emulator.clock.freeze('2020-06-15T12:00:00Z')
  const { rateLimits } = emulator
  t.strictSame(rateLimits.get(), { burst: 1, sustain: 9 })
  await (await fetch(`${emulator.url}${listOf(GAMER)}`, { headers: { authorization: 'XBL3.0 x=demo;gamer' } })).text()
  t.match(rateLimits.callers(), [{ gamertag: 'gamer', titleId: SAMPLE_TITLE, burst: { used: 1, isFull: true } }])
  t.strictSame([rateLimits.callers({ full: true }).length, rateLimits.callers({ full: false }).length], [1, 0])
  rateLimits.set({ burst: 2, sustain: 3 })
  t.match(rateLimits.callers({ full: false }), [{ burst: { used: 1, limit: 2 } }])
  rateLimits.set(null)
  t.strictSame([rateLimits.get(), rateLimits.callers()], [null, []])
  rateLimits.reset()
  t.strictSame(rateLimits.get(), { burst: 1, sustain: 9 })
  t.throws(() => rateLimits.set({ burst: -1, sustain: 3 }), { message: 'The limits, at /limits/burst: found -1, expected an integer from 0 to 999999999.' })
  t.throws(() => rateLimits.set(undefined as never), { message: 'The limits, at /limits: missing, expected an object with burst and sustain, or null.' })
  t.throws(() => rateLimits.callers({ full: 1 as never }), { message: 'The selection, at /full: found 1, expected true or false.' })
})
