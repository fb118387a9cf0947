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
  /** Runs, ahead of the clock that it follows by so many ms; behind, when negative. */
  shift: (offset: number) => void
  state: () => ClockState
}

/** A clock that follows another until it is adjusted. */
export function createClock (followed: Clock): AdjustableClock {
  let state: ClockState = { frozen: null, offset: 0 }
  return {
    now: () => state.frozen ?? followed.now() + state.offset,
    freeze: (at) => { state = { frozen: at, offset: 0 } },
    shift: (offset) => { state = { frozen: null, offset } },
    state: () => state
  }
}
