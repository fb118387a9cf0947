import t from 'tap'
import { addSamples, describeDurations, describeRates, describeUnplaced, KEPT_SECONDS, rateLines, samplesOf, type RateBucket } from '../../../src/console/text/journal-rates.ts'

const sample = (at: number, ms = 1, isBad = false) => ({ at, ms, isBad })

t.test('requests are counted by the second', async (t) => {
  const first = addSamples([], [sample(10_999, 5, true), sample(10_000, 1), sample(10_500, 3), sample(11_000, 2)])
  t.strictSame(first, [
    { second: 10, count: 3, bad: 1, median: 3, longest: 5, durations: [] },
    { second: 11, count: 1, bad: 0, median: 2, longest: 2, durations: [2] }
  ])
  const second = addSamples(first, [sample(11_100, 4, true), sample(10_100, 99), sample(14_000)])
  t.strictSame(second, [
    first[0],
    { second: 11, count: 2, bad: 1, median: 2, longest: 4, durations: [] },
    { second: 14, count: 1, bad: 0, median: 1, longest: 1, durations: [1] }
  ], 'what comes for a second that is over is left out')
  t.strictSame(addSamples([], []), [])
})

t.test('memory is bounded', async (t) => {
  let buckets: readonly RateBucket[] = []
  for (let second = 0; second < 2 * KEPT_SECONDS; second++) buckets = addSamples(buckets, [sample(second * 1000)])
  t.equal(buckets.length, KEPT_SECONDS)
  t.equal(buckets[0]?.second, KEPT_SECONDS)
  const [many] = addSamples([], Array.from({ length: 2000 }, (_none, index) => sample(0, index)))
  t.strictSame([many?.count, many?.longest, many?.durations.length], [2000, 1999, 500])
})

t.test('a clock that was set back begins anew', async (t) => {
  const before = addSamples([], [sample(10_000), sample(20_000)])
  t.strictSame(addSamples(before, [sample(15_000)], 15_000).map(({ second }) => second), [10, 15])
})

t.test('requests from before the page are placed by their times, as far as those say it', async (t) => {
  const entry = (id: number, time: string, status: number | null = 200) => ({ id, time, ms: id, status })
  const entries = [entry(1, '2030-01-01T00:00:01.000Z', 403), entry(2, '2020-01-01T00:00:02.000Z'), entry(2, '2020-01-01T00:00:02.000Z'), entry(3, '2020-01-01T00:00:03.000Z', null)]
  t.strictSame(samplesOf(entries, { now: '2020-01-01T00:00:04.000Z', isFrozen: false }, 100_000), {
    samples: [{ at: 98_000, ms: 2, isBad: false }, { at: 99_000, ms: 3, isBad: true }], unplaced: 1
  }, 'a clock that was ahead for a while')
  t.strictSame(samplesOf(entries, { now: '2020-01-01T00:00:04.000Z', isFrozen: true }, 100_000), { samples: [], unplaced: 3 })
  t.match(describeUnplaced(1200, 'en-GB'), /^Without 1,200 from before this page/)
})

t.test('as lines and as sentences', async (t) => {
  const lines = rateLines(addSamples([], [sample(9_000, 99), sample(10_000, 2), sample(10_001, 4, true), sample(12_000, 7), sample(13_000, 99)]), 13, 3)
  t.strictSame(lines, { x: [10, 11, 12], counts: [2, 0, 1], bad: [1, null, null], medians: [2, null, 7], longest: [4, null, 7] })
  t.equal(describeRates(lines, 'en-GB'), '3 requests in the last 3 seconds, 1 of them refused or failed; at most 2 in a second.')
  t.equal(describeDurations(lines, (ms) => `${ms} ms`), 'A typical answer took 2 ms, the longest 7 ms.')
  const none = rateLines([], 100, 60)
  t.equal(describeRates(none, 'en-GB'), 'No requests in the last 60 seconds.')
  t.equal(describeDurations(none, String), 'No requests, no durations.')
})
