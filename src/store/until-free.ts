import { setImmediate, setTimeout } from 'node:timers/promises'
import { isBusy } from './write-queue.ts'

/** Between two tries, in ms. */
const PAUSE = 50

/**
 * Does something with a database once no other process holds the lock that it needs, however long
 * that takes; the event loop goes on.
 *
 * @param onWait is called once, when it has to wait.
 * @param signal ends the waiting with its reason.
 */
export async function untilFree<T> (work: () => T, { onWait = () => {}, signal }: { onWait?: () => void, signal?: AbortSignal } = {}): Promise<T> {
  try {
    return work()
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  onWait()
  for (;;) {
    await setTimeout(PAUSE)
    signal?.throwIfAborted()
    try {
      const result = work()
      // A signal that came while it worked is heard first.
      await setImmediate()
      signal?.throwIfAborted()
      return result
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
}
