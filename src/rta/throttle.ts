/** How long a window is, in ms of the machine: the emulator's clock may stand still. */
const WINDOW = 10_000

/**
 * How many subscriptions a connection may ask for in a window. A client of all titles of all friends asks for as many
 * as it may have, and again after a mistake; none asks for five times as many in ten seconds.
 */
const MOST_SUBSCRIBES = 5000

/** Creates what counts the subscriptions that a connection asks for. @returns whether one more is too many. */
export function createThrottle (now: () => number = performance.now.bind(performance)): () => boolean {
  let end = -Infinity
  let asked = 0
  return () => {
    const at = now()
    if (at >= end) {
      end = at + WINDOW
      asked = 0
    }
    return ++asked > MOST_SUBSCRIBES
  }
}
