import t from 'tap'
import { formatInstant, fromTicks, LAST_DATE, readInstant, toTicks, ZERO_DATE } from '../../src/base/instant.ts'

t.test('reads an instant into its seven-digit form', async (t) => {
  const cases: Array<[string, string]> = [
    ['2013-01-17T03:19:00.3087016Z', '2013-01-17T03:19:00.3087016Z'],
    ['2013-01-17T03:19:00Z', '2013-01-17T03:19:00.0000000Z'],
    ['2013-01-17T03:19:00.5Z', '2013-01-17T03:19:00.5000000Z'],
    ['2013-01-17T03:19:00.0000001Z', '2013-01-17T03:19:00.0000001Z'],
    ['2012-02-29T23:59:59.999Z', '2012-02-29T23:59:59.9990000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.0000000Z'],
    ['0001-01-01T00:00:00Z', ZERO_DATE],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00.0000000Z'],
    ['9999-12-31T23:59:59.9999999Z', LAST_DATE]
  ]
  for (const [text, instant] of cases) t.equal(readInstant(text), instant, text)
})

t.test('refuses a text that is not an instant in UTC', async (t) => {
  const cases = [
    '', 'never', '2013-01-17', '2013-01-17T03:19Z', '2013-01-17 03:19:00Z', '2013-01-17T03:19:00',
    '2013-01-17T03:19:00+00:00', '2013-01-17T03:19:00-08:00', '2013-01-17T03:19:00z', '2013-01-17t03:19:00Z',
    '2013-01-17T03:19:00.Z', '2013-01-17T03:19:00.12345678Z', '2013-01-17T03:19:00,5Z',
    ' 2013-01-17T03:19:00Z', '2013-01-17T03:19:00Z\n', '13-01-17T03:19:00Z', '+012013-01-17T03:19:00Z',
    '0000-12-31T23:59:59Z', '10000-01-01T00:00:00Z'
  ]
  for (const text of cases) t.equal(readInstant(text), undefined, JSON.stringify(text))
})

t.test('refuses a date or a time that does not exist', async (t) => {
  const cases = [
    '2013-02-30T00:00:00Z', '2013-02-29T00:00:00Z', '1900-02-29T00:00:00Z', '2013-04-31T00:00:00Z',
    '2013-00-10T00:00:00Z', '2013-13-10T00:00:00Z', '2013-01-00T00:00:00Z', '2013-01-32T00:00:00Z',
    '2013-01-17T24:00:00Z', '2013-01-17T25:00:00Z', '2013-01-17T23:60:00Z', '2016-12-31T23:59:60Z'
  ]
  for (const text of cases) t.equal(readInstant(text), undefined, text)
})

t.test('counts ticks of 100 ns since the year 1', async (t) => {
  // Worked out by hand, without Date: the days of whole years and months, then the time of day.
  const daysBefore = (year: bigint): bigint => (year - 1n) * 365n + (year - 1n) / 4n - (year - 1n) / 100n + (year - 1n) / 400n
  const seconds = (daysBefore(2013n) + 16n) * 86_400n + 3n * 3600n + 19n * 60n
  t.equal(seconds * 10_000_000n + 3_087_016n, 634_939_895_403_087_016n)
  const cases: Array<[string, bigint]> = [
    ['2013-01-17T03:19:00.3087016Z', 634_939_895_403_087_016n],
    [ZERO_DATE, 0n],
    ['0001-01-01T00:00:00.0000001Z', 1n],
    ['1970-01-01T00:00:00.0000000Z', daysBefore(1970n) * 864_000_000_000n],
    ['1969-12-31T23:59:59.9999999Z', daysBefore(1970n) * 864_000_000_000n - 1n],
    [LAST_DATE, daysBefore(10_000n) * 864_000_000_000n - 1n]
  ]
  for (const [instant, ticks] of cases) {
    t.equal(toTicks(instant), ticks, instant)
    t.equal(fromTicks(ticks), instant, String(ticks))
  }
})

t.test('ticks and text convert into each other, and have the same order, in every year', async (t) => {
  const LAST_TICK = 3_155_378_975_999_999_999n
  // About two a year, with fractions that no millisecond holds.
  const step = 157_000_000_000_003n
  let before = ''
  for (let ticks = 0n; ticks <= LAST_TICK; ticks += step) {
    const instant = fromTicks(ticks)
    const holds = toTicks(instant) === ticks && readInstant(instant) === instant && instant > before
    if (!holds) t.fail(`${ticks}: ${instant} after ${before}`)
    before = instant
  }
  t.equal(before, fromTicks(LAST_TICK - LAST_TICK % step))
})

t.test('formats milliseconds as an instant', async (t) => {
  t.equal(formatInstant(0), '1970-01-01T00:00:00.0000000Z')
  t.equal(formatInstant(1358392740308), '2013-01-17T03:19:00.3080000Z')
  t.equal(formatInstant(-62135596800000), ZERO_DATE)
  t.equal(formatInstant(253402300799999), '9999-12-31T23:59:59.9990000Z')
})
