import { FIRST_MS, LAST_MS } from './instant.ts'

/** Where the emulator reads the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** What a test has made of a clock. */
export interface ClockState {
  /** The instant at which it stands still; null when it runs. */
  readonly frozen: number | null
  /** How far it is ahead of the clock that it follows, in ms. */
  readonly offset: number
}

/** A clock that a test can stop and shift. */
export interface AdjustableClock extends Clock {
  /** Stands still at an instant, in ms since 1970. */
  freeze: (at: number) => void
  /**
   * Runs, ahead of the clock that it follows by so many ms; behind, when negative.
   *
   * @returns false, and changes nothing, when that is now outside the years 1 to 9999.
   */
  shift: (offset: number) => boolean
  state: () => ClockState
}

/**
 * A clock that follows another until it is adjusted. It stays within the years 1 to 9999, outside of
 * which the service has no instants: one that runs into either end stands still there.
 */
export function createClock (followed: Clock): AdjustableClock {
  let state: ClockState = { frozen: null, offset: 0 }
  return {
    now: () => state.frozen ?? Math.min(Math.max(followed.now() + state.offset, FIRST_MS), LAST_MS),
    freeze: (at) => { state = { frozen: at, offset: 0 } },
    shift: (offset) => {
      const now = followed.now() + offset
      const isInside = now >= FIRST_MS && now <= LAST_MS
      if (isInside) state = { frozen: null, offset }
      return isInside
    },
    state: () => state
  }
}
