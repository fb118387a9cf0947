/** Calls work later. Each method returns what prevents that. */
export interface Timers {
  /** @param interval in ms. */
  readonly every: (interval: number, work: () => void) => () => void
  /** @param delay in ms. */
  readonly after: (delay: number, work: () => void) => () => void
}

/** Timers of the machine. They keep no process running. */
export const systemTimers: Timers = {
  every: (interval, work) => {
    const timer = setInterval(work, interval).unref()
    return () => { clearInterval(timer) }
  },
  after: (delay, work) => {
    const timer = setTimeout(work, delay).unref()
    return () => { clearTimeout(timer) }
  }
}
