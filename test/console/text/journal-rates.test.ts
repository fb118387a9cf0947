import t from 'tap'
import { addSamples, describeDurations, describeRates, KEPT_SECONDS, rateLines, type RateBucket } from '../../../src/console/text/journal-rates.ts'

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

t.test('as lines and as sentences', async (t) => {
  const lines = rateLines(addSamples([], [sample(9_000, 99), sample(10_000, 2), sample(10_001, 4, true), sample(12_000, 7), sample(13_000, 99)]), 13, 3)
  t.strictSame(lines, { x: [10, 11, 12], counts: [2, 0, 1], bad: [1, null, null], medians: [2, null, 7], longest: [4, null, 7] })
  t.equal(describeRates(lines, 'en-GB'), '3 requests in the last 3 seconds, 1 of them refused or failed; at most 2 in a second.')
  t.equal(describeDurations(lines, (ms) => `${ms} ms`), 'A typical answer took 2 ms, the longest 7 ms.')
  const none = rateLines([], 100, 60)
  t.equal(describeRates(none, 'en-GB'), 'No requests in the last 60 seconds.')
  t.equal(describeDurations(none, String), 'No requests, no durations.')
})
