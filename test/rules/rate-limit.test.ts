import t from 'tap'
import type { Claims } from '../../src/model/session.ts'
import { createRateLimit, createRateLimiter, type Excess, type RateLimiter } from '../../src/rules/rate-limit.ts'
import { thrownBy } from '../thrown-error.ts'

const START = Date.UTC(2020, 0, 1)
const times = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1)
const counts = (limiter: RateLimiter, n: number, at: number): Array<Excess | null> => times(n).map(() => limiter('a', START + at))

t.test('the published example: both windows count refused requests', async (t) => {
  const limiter = createRateLimiter({ burst: 30, sustain: 100 })
  const burst = (currentRequests: number): Excess => ({ currentRequests, maxRequests: 30, periodInSeconds: 15, retryAfter: 15 })
  const sustain = (currentRequests: number, retryAfter: number): Excess => ({ currentRequests, maxRequests: 100, periodInSeconds: 300, retryAfter })
  const periods: Array<[number, Excess[]]> = [
    [35, times(5).map((n) => burst(30 + n))],
    [28, []],
    [21, []],
    [36, times(20).map((n) => sustain(100 + n, 255))],
    [24, times(24).map((n) => sustain(120 + n, 240))]
  ]
  for (const [period, [requests, refused]] of periods.entries()) {
    const expected = [...times(requests - refused.length).map(() => null), ...refused]
    t.strictSame(counts(limiter, requests, period * 15_000), expected, `period ${period + 1}`)
  }
})

t.test('a window begins with its first request and ends to the millisecond', async (t) => {
  const limiter = createRateLimiter({ burst: 1, sustain: 1000 })
  const excess = (currentRequests: number, retryAfter: number): Excess => ({ currentRequests, maxRequests: 1, periodInSeconds: 15, retryAfter })
  for (const [at, expected] of [
    [7_000, null], [7_000, excess(2, 15)], [7_001, excess(3, 15)], [8_000, excess(4, 14)], [21_999, excess(5, 1)], [22_000, null], [36_999, excess(2, 1)], [90_000, null]
  ] as const) {
    t.strictSame(limiter('a', START + at), expected, `${at}`)
  }
})

t.test('of two full windows the one that ends later', async (t) => {
  const limiter = createRateLimiter({ burst: 0, sustain: 1 })
  const burst = { currentRequests: 1, maxRequests: 0, periodInSeconds: 15, retryAfter: 15 }
  t.strictSame(counts(limiter, 2, 0), [burst, { currentRequests: 2, maxRequests: 1, periodInSeconds: 300, retryAfter: 300 }])
  t.strictSame(counts(limiter, 1, 290_000), [{ ...burst }], 'the burst window ends at 305 s, the other at 300 s')
})

t.test('each caller has windows of its own', async (t) => {
  const limiter = createRateLimiter({ burst: 1, sustain: 9 })
  t.equal(limiter('a', START), null)
  t.equal(limiter('b', START), null)
  t.equal(limiter('a', START)?.currentRequests, 2)
  t.equal(limiter('b', START)?.currentRequests, 2)
})

t.test('a clock that is set back begins new windows, unless it stays inside', async (t) => {
  const limiter = createRateLimiter({ burst: 1, sustain: 2 })
  t.equal(limiter('a', START + 10_000), null)
  t.equal(limiter('a', START + 12_000)?.currentRequests, 2)
  t.strictSame(limiter('a', START + 10_000), { currentRequests: 3, maxRequests: 2, periodInSeconds: 300, retryAfter: 300 }, 'as early as the window began')
  t.equal(limiter('a', START + 9_999), null, 'before it began')
})

t.test('callers whose windows have ended are forgotten first when there are many', async (t) => {
  const limiter = createRateLimiter({ burst: 1, sustain: 1 })
  const crowd = (size: number, at: number): void => {
    for (const n of times(size)) limiter(`crowd ${n}`, START + at)
  }
  crowd(5000, 0)
  limiter('a', START + 1)
  crowd(9999, 1)
  t.equal(limiter('a', START + 300_000)?.currentRequests, 2, 'its window has not ended')
  crowd(10_001, 300_001)
  // Forgotten or not, a window that has ended is a new one; what was remembered would be the old count at an earlier instant.
  t.equal(limiter('a', START + 299_000), null)
})

t.test('of more than ten thousand callers the one whose windows began first is forgotten', async (t) => {
  const limiter = createRateLimiter({ burst: 1000, sustain: 1 })
  const count = (caller: string, at: number): number | undefined => limiter(caller, START + at)?.currentRequests
  t.strictSame([count('a', 0), count('b', 0)], [undefined, undefined])
  // The windows of a begin anew, after those of b.
  t.strictSame([count('a', 300_000), count('a', 300_000)], [undefined, 2])
  for (const n of times(9_998)) count(`crowd ${n}`, 300_000)
  t.equal(count('a', 300_000), 3)
  count('one more', 300_000)
  t.equal(count('a', 300_000), 4, 'b has been forgotten')
  count('another', 300_000)
  t.equal(count('a', 300_000), undefined, 'a has been')
  t.equal(count('crowd 2', 300_000), 2, 'a took the place of the first of the crowd, the second is there')
})

t.test('a limit is one of a user and title', async (t) => {
  const claims = (xuid: string | null, titleId: number | null): Claims => ({ xuid, titleId, sandbox: null, location: null, thirdPartySite: false })
  const limit = createRateLimit('1,300')
  const callers = [claims('1', 2), claims('12', null), claims('1', null), claims(null, 2), claims(null, null), claims('1', 22)]
  for (const caller of callers) t.doesNotThrow(() => limit.count(caller, START))
  for (const caller of callers) {
    const { status, headers, body } = thrownBy(() => limit.count({ ...caller, sandbox: 'other', thirdPartySite: true }, START + 1)) as any
    t.strictSame({ status, headers, body }, {
      status: 429, headers: { 'retry-after': '15' }, body: { version: 1, currentRequests: 2, maxRequests: 1, periodInSeconds: 15, limitType: 'Rate' }
    })
  }
  t.equal(thrownBy(() => limit.count(claims('1', 2), START)).message, '3 requests in 15 seconds, of which 1 pass.')
  limit.reset()
  for (const caller of callers) t.doesNotThrow(() => limit.count(caller, START), 'forgotten')
})

t.test('without limits every request passes', async (t) => {
  const limit = createRateLimit(null)
  for (const n of times(1000)) t.equal(limit.count({ xuid: '1', titleId: n % 2, sandbox: null, location: null, thirdPartySite: false }, START), undefined)
  t.equal(limit.reset(), undefined)
})

t.test('callers are in the order of XUIDs as numbers, then of titles', async (t) => {
  const limit = createRateLimit('9,9')
  const claims = (xuid: string | null, titleId: number | null): Claims => ({ xuid, titleId, sandbox: null, location: null, thirdPartySite: false })
  for (const caller of [claims('18446744073709551615', 1), claims('9', 5), claims('10', 1), claims(null, 3), claims('9', null), claims(null, null), claims('9', 4)]) limit.count(caller, START)
  t.strictSame(limit.callers(START).map(({ xuid, titleId }) => [xuid, titleId]), [[null, null], [null, 3], ['9', null], ['9', 4], ['9', 5], ['10', 1], ['18446744073709551615', 1]])
  t.strictSame(limit.callers(START - 1), [], 'a clock that is set back')
  t.strictSame(limit.callers(START + 300_000), [])
})

t.test('changes of limits are told, and only those', async (t) => {
  const told: unknown[] = []
  const limit = createRateLimit(null, (limits) => { told.push(limits) })
  t.strictSame([limit.limits(), limit.configured, limit.callers(START)], [null, null, []])
  limit.set(null)
  limit.reset()
  const given = { burst: 1, sustain: 2 }
  limit.set(given)
  limit.set({ ...given })
  limit.set({ ...given, sustain: 3 })
  limit.reset()
  t.strictSame(told, [{ burst: 1, sustain: 2 }, { burst: 1, sustain: 3 }, null])
  t.not(limit.limits(), given)
})

t.test('that what was counted is forgotten is told, too', async (t) => {
  const told: unknown[] = []
  const limit = createRateLimit('1,2', (limits) => { told.push(limits) })
  limit.reset()
  limit.count({ xuid: '1', titleId: 2, sandbox: null, location: null, thirdPartySite: false }, START)
  limit.reset()
  limit.reset()
  t.strictSame(told, [{ burst: 1, sustain: 2 }])
  t.strictSame(limit.callers(START), [])
})
