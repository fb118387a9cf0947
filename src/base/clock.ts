import { FIRST_MS, LAST_MS } from './instant.ts'

/** Where the emulator reads the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** How a test has set a clock. */
export interface ClockSetting {
  /** The time at which it stands still, in ms since 1970; null when it runs. */
  readonly frozen: number | null
  /** How far it is ahead of the clock that it follows, in ms. */
  readonly offset: number
}

/** A clock that a test can stop and shift. */
export interface AdjustableClock extends Clock {
  /** Stops it at a time, in ms since 1970. */
  freeze: (at: number) => void
  /**
   * Lets it run with an offset to the clock that it follows, in ms; a negative one is behind.
   *
   * @returns false, and changes nothing, when it would now be outside of the years 1 to 9999.
   */
  shift: (offset: number) => boolean
  state: () => ClockSetting
}

/**
 * A clock that follows another until it is adjusted. It stays within the years 1 to 9999, because the
 * service's timestamps cannot express others: at either end of them it stands still.
 *
 * @param onAdjust is called after each adjustment that makes a difference.
 */
export function createClock (followed: Clock, onAdjust: () => void = () => {}): AdjustableClock {
  let state: ClockSetting = { frozen: null, offset: 0 }
  const adjust = ({ frozen, offset }: ClockSetting): void => {
    if (frozen === state.frozen && offset === state.offset) return
    state = { frozen, offset }
    onAdjust()
  }
  return {
    now: () => state.frozen ?? Math.min(Math.max(followed.now() + state.offset, FIRST_MS), LAST_MS),
    freeze: (at) => { adjust({ frozen: at, offset: 0 }) },
    shift: (offset) => {
      const now = followed.now() + offset
      const isInside = now >= FIRST_MS && now <= LAST_MS
      if (isInside) adjust({ frozen: null, offset })
      return isInside
    },
    state: () => state
  }
}
