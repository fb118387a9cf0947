import { cacheKey } from '../base/cache-key.ts'
import { tooManyRequests } from '../model/refusals.ts'
import type { Claims } from '../model/session.ts'

/**
 * Fine-grained rate limiting: two fixed windows for each user and title, both of which count every
 * request, refused ones too. (docs/specification.md, "Rate limits")
 */

/** How many requests each window takes. */
export interface RateLimits {
  /** In 15 seconds. */
  readonly burst: number
  /** In 300 seconds. */
  readonly sustain: number
}

/** A full window, as `tooManyRequests` takes it: the members of the documented body, and the seconds until the window ends. */
export type Excess = Parameters<typeof tooManyRequests>[0]

/** A window of a caller: its end, as the clock has it in ms, its length in seconds, and the requests so far. */
interface Window {
  readonly end: number
  readonly seconds: number
  readonly count: number
}

const BURST_SECONDS = 15
const SUSTAIN_SECONDS = 300
/**
 * How many callers are remembered. When there are more, the one whose windows began first is forgotten: its next
 * request begins new windows, which is better than to refuse a caller that has sent little.
 */
const MOST_CALLERS = 10_000

/**
 * Counts a request.
 *
 * @param caller the user and title.
 * @param now the clock, in ms.
 * @returns the full window, or the one of two that ends later; null when the request may pass.
 */
export type RateLimiter = (caller: string, now: number) => Excess | null

/** A limiter without any counted request. */
export function createRateLimiter ({ burst, sustain }: RateLimits): RateLimiter {
  const callers = new Map<string, { readonly burst: Window, readonly sustain: Window }>()
  return (caller, now) => {
    const known = callers.get(caller)
    const windows = { burst: advance(known?.burst, now, BURST_SECONDS), sustain: advance(known?.sustain, now, SUSTAIN_SECONDS) }
    // Callers are in the order in which their windows began.
    if (windows.sustain.count === 1) callers.delete(caller)
    callers.set(caller, windows)
    if (callers.size > MOST_CALLERS) callers.delete(callers.keys().next().value as string)
    const excesses = [excessOf(windows.sustain, sustain, now), excessOf(windows.burst, burst, now)].filter((excess) => excess !== null)
    return excesses.toSorted((a, b) => b.retryAfter - a.retryAfter)[0] ?? null
  }
}

/** Counts a request in a window. A window begins with its first request; a clock that is set back begins a new one. */
function advance (window: Window | undefined, now: number, seconds: number): Window {
  const isOver = window === undefined || now >= window.end || now < window.end - seconds * 1000
  return isOver ? { end: now + seconds * 1000, seconds, count: 1 } : { ...window, count: window.count + 1 }
}

function excessOf ({ end, seconds, count }: Window, max: number, now: number): Excess | null {
  if (count <= max) return null
  return { currentRequests: count, maxRequests: max, periodInSeconds: seconds, retryAfter: Math.ceil((end - now) / 1000) }
}

/** Counts the requests of each user and title against limits. */
export interface Limit {
  /** Counts a request. @throws 429 when a window is full. */
  readonly count: (claims: Claims, now: number) => void
  /** Forgets the requests so far. */
  readonly clear: () => void
}

/** @param limits `burst,sustain`, as in the configuration; null: there are no limits. */
export function createLimit (limits: string | null): Limit {
  if (limits === null) return { count: () => {}, clear: () => {} }
  const [burst = 0, sustain = 0] = limits.split(',').map(Number)
  let limiter = createRateLimiter({ burst, sustain })
  return {
    count: ({ xuid, titleId }, now) => {
      const excess = limiter(cacheKey({ xuid, titleId }), now)
      if (excess !== null) throw tooManyRequests(excess)
    },

    clear: () => { limiter = createRateLimiter({ burst, sustain }) }
  }
}
