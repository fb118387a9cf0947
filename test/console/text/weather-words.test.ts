import t from 'tap'
import { listBoundaries, nearestBoundaries } from '../../../src/console/text/boundaries.ts'
import { clockAt, clockTo, describeClockState, readLocalTime, readStep, readUtcTime, settingOf, shiftedClock, writeInstant, writeLocalTime, type ReadClock } from '../../../src/console/text/clock-words.ts'
import { CLOSE_CODES } from '../../../src/console/text/close-codes.ts'
import { cutAfter } from '../../../src/console/text/cut-connections.ts'
import { describeCaller, describeLimitChip, describeLimits, readLimits, secondsLeft } from '../../../src/console/text/limit-words.ts'
import { build, DEMO } from '../../helper.ts'
import { command } from '../../control/client.ts'

const NOON = Date.UTC(2020, 5, 15, 12)
const running: ReadClock = { now: '2020-06-16T12:00:00.0000000Z', isFrozen: false, offset: 86_400_000, readAt: NOON }
const frozen: ReadClock = { ...running, isFrozen: true, offset: 0 }
const real: ReadClock = { ...running, now: '2020-06-15T12:00:00.0000000Z', offset: 0 }

t.test('the clock ticks from when it was read, unless it stands still', async (t) => {
  t.equal(clockAt(running, NOON + 1500), NOON + 86_401_500)
  t.equal(clockAt(frozen, NOON + 1500), NOON + 86_400_000)
  t.equal(clockAt(running, NOON - 5), NOON + 86_400_000, 'a machine whose clock was set back')
  t.strictSame([running, frozen, real].map(describeClockState), ['+1 d', 'frozen', null])
})

t.test('what the clock is set to', async (t) => {
  t.strictSame([running, frozen, real].map(settingOf), [{ offset: 'PT86400S' }, { now: frozen.now }, null])
  t.strictSame(shiftedClock(frozen, -1000, NOON), { now: '2020-06-16T11:59:59.000Z' })
  t.strictSame(shiftedClock(running, 1000, NOON), { offset: 'PT86401S' })
  t.equal(shiftedClock(running, -86_400_000, NOON), null, 'back to the real time')
  t.strictSame(shiftedClock(frozen, 1e15, NOON), { now: '9999-12-31T23:59:59.999Z' })
  t.strictSame(shiftedClock(frozen, -1e15, NOON), { now: '0001-01-01T00:00:00.000Z' })
  t.strictSame(clockTo(NOON, { isRunning: false, clock: running, machine: NOON }), { now: '2020-06-15T12:00:00.000Z' })
  t.strictSame(clockTo(NOON + 5000, { isRunning: true, clock: running, machine: NOON + 1000 }), { offset: 'PT4S' })
  t.strictSame(clockTo(NOON, { isRunning: true, clock: frozen, machine: NOON + 1000 }), { offset: '-PT1S' })
})

t.test('the emulator takes what the page sends', async (t) => {
  const emulator = build(t)
  for (const setting of [shiftedClock(frozen, 1e15, NOON), shiftedClock(running, -1.5, NOON), clockTo(NOON, { isRunning: true, clock: frozen, machine: NOON + 1 }), { now: frozen.now }]) {
    await command(emulator, 'PUT', '/clock', setting)
  }
  t.equal((await command(emulator, 'GET', '/clock')).isFrozen, true)
  for (const [code] of CLOSE_CODES) t.strictSame(await command(emulator, 'POST', '/rta/close', { code: code === 'cut' ? null : Number(code) }), { closed: 0 })
})

t.test('times and steps as a person gives them', async (t) => {
  t.equal(readStep('1 h'), 3_600_000)
  t.equal(readStep('x'), 'Expected a duration such as 1 h 30 min, -2 d or PT45M.')
  t.equal(readStep('0 s'), 'Expected a duration other than none.')
  const local = new Date(2020, 1, 3, 4, 5, 6).getTime()
  t.equal(readLocalTime('2020-02-03T04:05:06'), local)
  t.equal(readLocalTime('2020-02-03T04:05'), local - 6000)
  t.equal(readLocalTime('2020-02-03T04:05:06.5'), local + 500)
  t.equal(writeLocalTime(local), '2020-02-03T04:05:06')
  t.equal(writeInstant(NOON + 308), '2020-06-15T12:00:00.3080000Z')
  t.equal(writeLocalTime(readLocalTime('0007-12-31T23:59:59') as number), '0007-12-31T23:59:59')
  for (const text of ['', 'x', '2020-02-03']) t.equal(readLocalTime(text), undefined, text)
  for (const [text, ms] of [
    ['2020-06-15T12:00:00Z', NOON], ['2020-06-15T12:00:00.3087016Z', NOON + 308], [' 2020-06-15 12:00 ', NOON], ['2020-06-15', NOON - 43_200_000], ['2020-06-15t12:00:00z', NOON]
  ] as const) t.equal(readUtcTime(text), ms, text)
  for (const text of ['', 'x', '2020-13-01', '2020-02-30', '2020-06-15T25:00', '2020-06-15T12:00+02:00', '15.06.2020']) t.equal(readUtcTime(text), undefined, text)
})

t.test('limits in words', async (t) => {
  t.equal(describeLimits({ burst: 100, sustain: 300 }), '100 in 15 s, 300 in 5 min')
  t.equal(describeLimitChip({ limits: null, counts: { callers: 0, full: 0 } }), null)
  t.equal(describeLimitChip({ limits: { burst: 1, sustain: 2 }, counts: { callers: 3, full: 0 } }), 'limit 1 / 2')
  t.equal(describeLimitChip({ limits: { burst: 1, sustain: 2 }, counts: { callers: 3, full: 2 } }), 'limit 1 / 2 · 2 over')
  for (const [caller, words] of [
    [{ xuid: '7', gamertag: 'gamer', titleId: 5 }, 'gamer in title 5'], [{ xuid: '7', gamertag: null, titleId: null }, '7 without a title'], [{ xuid: null, gamertag: null, titleId: 5 }, 'nobody in title 5']
  ] as const) t.equal(describeCaller(caller), words)
  t.strictSame([null, '2020-06-15T12:00:01.5000000Z', '2020-06-15T11:00:00.0000000Z'].map((ends) => secondsLeft({ ends }, NOON)), [0, 2, 0])
  t.strictSame(readLimits({ burst: ' 5 ', sustain: '0' }), { burst: 5, sustain: 0 })
  t.strictSame(readLimits({ burst: '-5', sustain: '9999999999' }), { errors: { burst: 'Expected a number of requests.', sustain: 'Expected a number of requests.' } })
  t.strictSame(readLimits({ burst: '5', sustain: '' }), { errors: { sustain: 'Expected a number of requests.' } })
})

t.test('connections that were cut, until their clients come back', async (t) => {
  const end = { kind: 'frame', type: 'close', code: 1006, connection: 3, xuid: '7', time: 'now' } as const
  const once = cutAfter([], end)
  t.strictSame(once, [{ connection: 3, xuid: '7', time: 'now' }])
  for (const event of [{ kind: 'other' }, { ...end, code: 1000 }, { ...end, type: 'text', code: null }, { kind: 'request', status: 200, claims: null }, { kind: 'request', status: 101, claims: null }] as const) t.equal(cutAfter(once, event), once)
  const claims = { xuid: '7', titleId: null, sandbox: null, location: null, thirdPartySite: false }
  t.strictSame(cutAfter(once, { kind: 'request', status: 101, claims }), [])
  t.strictSame(cutAfter(cutAfter([], { ...end, xuid: null }), { kind: 'request', status: 101, claims: null }), [])
  let many = once
  for (let n = 0; n < 150; n++) many = cutAfter(many, { ...end, connection: n })
  t.strictSame([many.length, many[0]?.connection], [100, 50])
})

t.test('when challenges begin and end, and tokens expire', async (t) => {
  const at = (hour: number): string => new Date(NOON + hour * 3_600_000).toISOString()
  const timeWindow = { startDate: at(-1), endDate: at(2) }
  const all = listBoundaries([{ achievements: [{ name: 'One', timeWindow }, { name: { 'en-US': 'Two', 'de-DE': 'Zwei' }, timeWindow: { startDate: at(5), endDate: at(6) } }, { name: 'Three', timeWindow: null }, { name: null }] }], [{ xuid: '7', expires: at(1) }, { xuid: null, expires: at(0) }, { xuid: '8', expires: null }])
  t.strictSame(all.map(({ words }) => words), ['One begins', 'the token of nobody expires', 'the token of 7 expires', 'One ends', 'Two begins', 'Two ends'])
  t.strictSame(nearestBoundaries(all, NOON), { previous: all[0], next: all[2] })
  t.strictSame(nearestBoundaries([], NOON), { previous: undefined, next: undefined })
  t.equal(listBoundaries([{ achievements: [{ name: {}, timeWindow }] }, { achievements: [{ name: null, timeWindow }] }], [])[0]?.words, ' begins')
  t.ok(listBoundaries(DEMO.titles, []).length > 0)
})
