import t from 'tap'
import { ids, LARGE, page } from '../demo-list.ts'
import { build, GAMER, LARGE_TITLE, listOf, NOW } from '../helper.ts'
import { command, control, refusal, sentBy } from './client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const HOUR = 3_600_000
const state = (now: string, isFrozen: boolean, offset: number): object => ({ now, isFrozen, offset })

/** The expected order: challenges that have not ended at an instant, by their end; then all others. */
function endingSoon (now: string): string[] {
  const running = LARGE.filter(({ achievementType, endDate }) => achievementType === 'Challenge' && endDate > now)
  const byEnd = running.toSorted((a, b) => a.endDate < b.endDate ? -1 : Number(a.endDate > b.endDate))
  return [...byEnd, ...LARGE.filter((each) => !running.includes(each))].map(({ id }) => id)
}

t.test('a clock is frozen, shifted and reset', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const steps: Array<[body: unknown, answer: object]> = [
    [{ now: '2013-02-15T00:00:00Z' }, state('2013-02-15T00:00:00.0000000Z', true, 0)],
    [{ now: '2101-01-01T00:00:00.1239999Z', offset: null }, state('2101-01-01T00:00:00.1230000Z', true, 0)],
    [{ now: '0001-01-01T00:00:00Z' }, state('0001-01-01T00:00:00.0000000Z', true, 0)],
    [{ now: '9999-12-31T23:59:59.9999999Z' }, state('9999-12-31T23:59:59.9990000Z', true, 0)],
    [{ offset: 'P1D', now: null }, state('2020-06-16T12:00:00.0000000Z', false, 24 * HOUR)],
    [{ offset: '-PT2H30M' }, state('2020-06-15T09:30:00.0000000Z', false, -2.5 * HOUR)],
    [{ offset: '+P1W2DT3H4M5.678S' }, state('2020-06-24T15:04:05.6780000Z', false, 219 * HOUR + 4 * 60_000 + 5678)],
    [{ offset: 'PT1,5M' }, state('2020-06-15T12:01:30.0000000Z', false, 90_000)],
    [{ offset: 'PT0S' }, state('2020-06-15T12:00:00.0000000Z', false, 0)],
    [{ offset: 'P2900000D' }, state('9960-05-21T12:00:00.0000000Z', false, 2_900_000 * 24 * HOUR)]
  ]
  for (const [sent, answer] of steps) {
    const { status, body } = await control(emulator, 'PUT', '/clock', sent)
    t.strictSame([status, body], [200, answer], JSON.stringify(sent))
    t.strictSame(await command(emulator, 'GET', '/clock'), answer)
  }
  await command(emulator, 'PUT', '/clock', { offset: 'P1D' })
  now += HOUR
  t.strictSame(await command(emulator, 'GET', '/clock'), state('2020-06-16T13:00:00.0000000Z', false, 24 * HOUR), 'it runs')
  const { status, body } = await control(emulator, 'DELETE', '/clock')
  t.strictSame([status, body], [204, null])
  t.strictSame(await command(emulator, 'GET', '/clock'), state('2020-06-15T13:00:00.0000000Z', false, 0))
})

t.test('a time that is refused leaves the clock unchanged', async (t) => {
  const emulator = build(t)
  const INSTANT = 'an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z", or null'
  const wrong: Array<[body: unknown, message: string]> = [
    [{}, 'The clock takes now or offset; expected one of them.'],
    [{ now: null, offset: null }, 'The clock takes now or offset; expected one of them.'],
    [{ now: '2013-02-15T00:00:00Z', offset: 'P1D' }, 'The clock takes now or offset; expected one of them.'],
    [undefined, 'The body: missing, expected an object.'],
    [[], 'The body: found [], expected an object.'],
    [{ now: 0 }, `The body, at /now: found 0, expected ${INSTANT}.`],
    [{ now: '2013-02-15' }, `The body, at /now: found "2013-02-15", expected ${INSTANT}.`],
    [{ now: '2013-02-15T00:00:00+01:00' }, `The body, at /now: found "2013-02-15T00:00:00+01:00", expected ${INSTANT}.`],
    [{ offset: 1 }, 'The body, at /offset: found 1, expected an ISO 8601 duration, e.g. "P1D", or null.'],
    [{ time: 'now' }, 'The body, at /time: unknown member; known are now, offset.'],
    ...['2013-02-30T00:00:00Z', '2013-02-15T24:00:00Z', '0000-01-01T00:00:00Z', '2013-02-15T00:00:60Z'].map((now): [unknown, string] => [{ now }, `now is "${now}"; expected an instant in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".`]),
    ...['', 'P', 'PT', 'P1DT', '1D', 'P1', 'p1d', ' P1D', 'P1D ', 'P1Y', 'P1M', 'P1Y1D', 'PT1H1D', 'PT1M1H', 'P1D2W', 'P-1D', '--P1D', 'PT1e3S', 'P1D\n', 'tomorrow'].map((offset): [unknown, string] =>
      [{ offset }, `offset is ${JSON.stringify(offset)}; expected an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. "P1D" or "-PT2H30M".`]),
    ...['P3000000D', '-P800000D', 'P99999999999999999999D', `P${'9'.repeat(70)}D`].map((offset): [unknown, string] => [{ offset }, `offset is "${offset}"; expected one that stays within the years 1 to 9999.`])
  ]
  for (const before of [{ offset: 'PT1H' }, { now: '2013-02-15T00:00:00Z' }]) {
    const set = await command(emulator, 'PUT', '/clock', before)
    for (const [sent, message] of wrong) {
      const { status, body } = await control(emulator, 'PUT', '/clock', sent)
      t.strictSame([status, body], [400, refusal(4000, message)], JSON.stringify(sent))
      t.strictSame(await command(emulator, 'GET', '/clock'), set)
    }
  }
})

t.test('at the ends of the years 1 to 9999 every route is answered', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const payload = { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '11', percentComplete: 100 }] }
  const report = async (): Promise<number> => (await emulator.app.inject({ method: 'POST', url: `/users/xuid(${GAMER})/achievements/${SCID}/update`, headers: sentBy('demo;titleless'), payload })).statusCode
  for (const [offset, further, end] of [['P2914000D', 1, '9999-12-31T23:59:59.9990000Z'], ['-P737000D', -1, '0001-01-01T00:00:00.0000000Z']] as const) {
    await command(emulator, 'POST', '/reset')
    now = NOW
    await command(emulator, 'PUT', '/clock', { offset })
    now += further * 2000 * 24 * HOUR
    t.match(await command(emulator, 'GET', '/clock'), { now: end, isFrozen: false })
    t.equal(await report(), 200)
    for (const order of ['UnlockTime', 'EndingSoon']) {
      const query = `?titleId=${LARGE_TITLE}&orderBy=${order}&maxItems=20`
      const first = await page(emulator.get, query)
      if (order === 'UnlockTime' && further === 1) t.match(first.achievements[0], { id: '11', progression: { timeUnlocked: end } })
      t.equal((await page(emulator.get, `${query}&continuationToken=${first.pagingInfo.continuationToken}`)).achievements.length, 20, `${end} ${order}`)
    }
    t.match((await command(emulator, 'GET', '/requests')).requests.at(-1), { time: end, status: 200 })
  }
})

t.test('EndingSoon and challenges on a frozen clock', async (t) => {
  const report = async (emulator: ReturnType<typeof build>, id: string): Promise<[number, unknown]> => {
    const payload = { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id, percentComplete: 100 }] }
    const response = await emulator.app.inject({ method: 'POST', url: `/users/xuid(${GAMER})/achievements/${SCID}/update`, headers: sentBy('demo;titleless'), payload })
    return [response.statusCode, response.body === '' ? null : response.json()]
  }
  const closed = (id: number, window: string, now: string): [number, unknown] => [400, refusal(4000, `Achievement ${id} is a challenge from ${window}; it is ${now}, expected an instant in this window.`)]
  const cases: Array<[now: string, canonical: string, running: number, answers: Array<[string, [number, unknown]]>]> = [
    ['2013-02-15T00:00:00Z', '2013-02-15T00:00:00.0000000Z', 10, [
      ['33', closed(33, '2013-12-14T00:00:00Z to 2014-01-06T00:00:00Z', '2013-02-15T00:00:00.0000000Z')],
      ['38', closed(38, '2013-11-22T00:00:00Z to 2105-11-22T00:00:00Z', '2013-02-15T00:00:00.0000000Z')]
    ]],
    ['2101-01-01T00:00:00Z', '2101-01-01T00:00:00.0000000Z', 4, [
      ['38', [200, null]],
      ['47', [200, null]],
      ['34', closed(34, '2014-03-01T00:00:00Z to 2095-03-01T00:00:00Z', '2101-01-01T00:00:00.0000000Z')],
      ['48', closed(48, '2090-01-01T00:00:00Z to 2091-01-01T00:00:00Z', '2101-01-01T00:00:00.0000000Z')]
    ]],
    ['2014-01-05T23:59:59.999Z', '2014-01-05T23:59:59.9990000Z', 10, [['33', [200, null]]]],
    ['2014-01-06T00:00:00Z', '2014-01-06T00:00:00.0000000Z', 9, [['33', closed(33, '2013-12-14T00:00:00Z to 2014-01-06T00:00:00Z', '2014-01-06T00:00:00.0000000Z')]]]
  ]
  for (const [now, canonical, running, answers] of cases) {
    const emulator = build(t)
    await command(emulator, 'PUT', '/clock', { now })
    const order = endingSoon(now)
    t.strictSame(ids(await page(emulator.get, `?titleId=${LARGE_TITLE}&orderBy=EndingSoon&maxItems=100`)), order, now)
    t.equal(LARGE.filter(({ endDate, achievementType }) => achievementType === 'Challenge' && endDate > now).length, running, now)
    for (const [id, answer] of answers) t.strictSame(await report(emulator, id), answer, `${now} ${id}`)
    const unlocked = answers.filter(([, [status]]) => status === 200).map(([id]) => id)
    const { achievements } = await page(emulator.get, `?titleId=${LARGE_TITLE}&orderBy=UnlockTime&maxItems=100`)
    t.strictSame(achievements.filter(({ progression }) => progression.timeUnlocked === canonical).map(({ id }) => id), unlocked)
    t.equal((await emulator.get(listOf(GAMER), { session: 'demo;expired' })).statusCode, now < '2013-03' ? 200 : 401, 'the token that expired in 2013')
  }
})
