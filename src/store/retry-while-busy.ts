import { setImmediate, setTimeout } from 'node:timers/promises'
import { isBusy } from './write-queue.ts'

/** How long to wait between two attempts, in ms. */
const RETRY_INTERVAL = 50
/** How long what cannot wait otherwise may block the event loop, in ms: most writes are shorter. */
const LONGEST_BLOCK = 50
const FEWEST_ATTEMPTS = 3

/**
 * Works with a database, and tries again for as long as another process holds a lock that the work needs. The
 * event loop is free between the attempts.
 *
 * @param onWait is called once, before the first wait.
 * @param signal ends the waiting: the promise is rejected with its reason.
 */
export async function retryWhileBusy<T> (work: () => T, { onWait = () => {}, signal }: { onWait?: () => void, signal?: AbortSignal } = {}): Promise<T> {
  try {
    return work()
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  onWait()
  for (;;) {
    await setTimeout(RETRY_INTERVAL)
    signal?.throwIfAborted()
    try {
      const result = work()
      // Signals that arrived during the work are handled first: they still end the waiting.
      await setImmediate()
      signal?.throwIfAborted()
      return result
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
}

/** The same for work that has to be done now, if it is possible within some ms, in which it blocks the event loop. @throws what the last attempt threw. */
export function retryBriefly<T> (work: () => T): T {
  const neverWoken = new Int32Array(new SharedArrayBuffer(4))
  const end = performance.now() + LONGEST_BLOCK
  // A few attempts also where the process stood still meanwhile.
  for (let attempt = 0; attempt < FEWEST_ATTEMPTS || performance.now() < end; attempt++) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
    }
    Atomics.wait(neverWoken, 0, 0, 1)
  }
  return work()
}
