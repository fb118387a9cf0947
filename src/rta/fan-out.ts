/** How many steps are done in one turn of the event loop. A step is an event to a subscriber, which takes some microseconds. */
const STEPS_A_TURN = 256

/** How many pieces of work may wait: changes come faster than they can be told then. */
const MOST_TO_TELL = 10_000

/** Work that is done step by step, outside of the turn in which it was ordered. */
export interface FanOut {
  /** Adds work behind what waits already. Its steps are done one after another, one for each value that it yields. */
  readonly add: (work: Iterator<unknown>) => void
  /** Forgets all that waits. */
  readonly clear: () => void
}

/**
 * Creates the queue of what is to be told to subscribers.
 *
 * @param replace makes what takes the place of all that waits, once that is too much.
 */
export function createFanOut (replace: () => Iterator<unknown>, mostWaiting = MOST_TO_TELL): FanOut {
  const waiting: Array<Iterator<unknown>> = []
  let isScheduled = false

  const schedule = (): void => {
    if (isScheduled) return
    isScheduled = true
    setImmediate(run)
  }

  const run = (): void => {
    isScheduled = false
    for (let left = STEPS_A_TURN; left > 0; left--) {
      const [first] = waiting
      if (first === undefined) return
      if (first.next().done === true) waiting.shift()
    }
    schedule()
  }

  return {
    add (work) {
      const isFull = waiting.length >= mostWaiting
      if (isFull) waiting.length = 0
      waiting.push(isFull ? replace() : work)
      schedule()
    },

    clear: () => { waiting.length = 0 }
  }
}
