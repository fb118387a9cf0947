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

/** The windows of each caller, in the order in which they began. */
type Windows = Map<string, { readonly burst: Window, readonly sustain: Window }>

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

/** A limiter. @param callers the requests that are counted already; by default none. */
export function createRateLimiter ({ burst, sustain }: RateLimits, callers: Windows = new Map()): RateLimiter {
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
  return window === undefined || isOver(window, now) ? { end: now + seconds * 1000, seconds, count: 1 } : { ...window, count: window.count + 1 }
}

const isOver = ({ end, seconds }: Window, now: number): boolean => now >= end || now < end - seconds * 1000

function excessOf ({ end, seconds, count }: Window, max: number, now: number): Excess | null {
  if (count <= max) return null
  return { currentRequests: count, maxRequests: max, periodInSeconds: seconds, retryAfter: Math.ceil((end - now) / 1000) }
}

/** A window of a caller, as it is now. */
export interface WindowState {
  /** How many requests it has counted, refused ones too. */
  readonly used: number
  readonly limit: number
  /** When it ends, in ms since 1970; null: none has begun. */
  readonly end: number | null
  /** True when the next request is refused. */
  readonly isFull: boolean
}

/** The windows of a user and title. */
export interface LimitedCaller extends Pick<Claims, 'xuid' | 'titleId'> {
  readonly burst: WindowState
  readonly sustain: WindowState
}

function windowStateOf (window: Window, limit: number, now: number): WindowState {
  if (isOver(window, now)) return { used: 0, limit, end: null, isFull: limit === 0 }
  return { used: window.count, limit, end: window.end, isFull: window.count >= limit }
}

/** Counts the requests of each user and title against limits, which may be changed. */
export interface RateLimit {
  /** Counts a request. @throws 429 when a window is full. */
  readonly count: (claims: Claims, now: number) => void
  /** The limits; null: there are none. */
  readonly limits: () => RateLimits | null
  /** Those of the configuration. */
  readonly configured: RateLimits | null
  /** Changes the limits. What was counted counts on; null ends them, and forgets it. */
  readonly set: (limits: RateLimits | null) => void
  /** Goes back to the limits of the configuration, and forgets what was counted. */
  readonly reset: () => void
  /** Whose requests are counted in a window that has not ended, in the order of XUIDs and titles; one without comes first. */
  readonly callers: (now: number) => LimitedCaller[]
}

/**
 * @param configured `burst,sustain`, as in the configuration; null: there are no limits.
 * @param onChange is called with other limits, after that; and with the same ones when what was counted is forgotten.
 */
export function createRateLimit (configured: string | null, onChange: (limits: RateLimits | null) => void = () => {}): RateLimit {
  const first = readLimits(configured)
  const windows: Windows = new Map()
  let limits = first
  let limiter = limits && createRateLimiter(limits, windows)
  function set (next: RateLimits | null): void {
    if (next === null) windows.clear()
    if (next?.burst === limits?.burst && next?.sustain === limits?.sustain) return
    limits = next && { burst: next.burst, sustain: next.sustain }
    limiter = limits && createRateLimiter(limits, windows)
    onChange(limits)
  }
  return {
    count: ({ xuid, titleId }, now) => {
      const excess = limiter === null ? null : limiter(cacheKey({ xuid, titleId }), now)
      if (excess !== null) throw tooManyRequests(excess)
    },

    limits: () => limits,
    configured: first,
    set,
    reset: () => {
      const isForgotten = windows.size > 0
      const before = limits
      windows.clear()
      set(first)
      if (isForgotten && limits === before) onChange(limits)
    },

    callers: (now) => {
      const { burst, sustain } = limits ?? { burst: 0, sustain: 0 }
      return [...windows]
        .filter(([, each]) => !isOver(each.burst, now) || !isOver(each.sustain, now))
        .map(([caller, each]) => ({ ...JSON.parse(caller) as Pick<Claims, 'xuid' | 'titleId'>, burst: windowStateOf(each.burst, burst, now), sustain: windowStateOf(each.sustain, sustain, now) }))
        .toSorted(compareCallers)
    }
  }
}

function readLimits (text: string | null): RateLimits | null {
  if (text === null) return null
  const [burst = 0, sustain = 0] = text.split(',').map(Number)
  return { burst, sustain }
}

/** The order of callers: by XUID, as a number, then by title. */
export function compareCallers (a: Pick<Claims, 'xuid' | 'titleId'>, b: Pick<Claims, 'xuid' | 'titleId'>): number {
  if (a.xuid === b.xuid) return (a.titleId ?? -1) - (b.titleId ?? -1)
  return BigInt(a.xuid ?? -1) < BigInt(b.xuid ?? -1) ? -1 : 1
}
