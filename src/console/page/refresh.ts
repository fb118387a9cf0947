import { waitAfterReading } from '../text/reading-pace.ts'
import { begun, onEvent, type LiveEvent } from './live.ts'

/**
 * Reads something now and again after each event that concerns it, but never twice at a time, and less often while
 * they come by the hundred.
 *
 * @param concerns whether what is read may be another after the event. `missed` and `world` always concern it.
 * @returns `again` reads it once more; `end` ends all, and the signal that `run` has been given.
 */
export function keepFresh (run: (signal: AbortSignal) => Promise<void>, concerns: (event: LiveEvent) => boolean): { again: () => void, end: () => void } {
  const abort = new AbortController()
  // Until the first reading is done, what comes waits for it.
  let [isRunning, isAsked] = [true, false]
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = 0
  let ended = -Infinity
  const start = async (): Promise<void> => {
    timer = undefined
    isAsked = false
    isRunning = true
    const began = performance.now()
    await run(abort.signal)
    const pause = began - ended
    ended = performance.now()
    wait = waitAfterReading({ pause, wait, took: ended - began })
    isRunning = false
    if (isAsked) plan()
  }
  const plan = (): void => {
    isAsked = true
    if (!isRunning && !abort.signal.aborted) timer ??= setTimeout(() => { start().catch(() => {}) }, wait)
  }
  const endEvents = onEvent((event) => { if (event.kind === 'missed' || event.kind === 'world' || concerns(event)) plan() })
  begun.then(() => { if (!abort.signal.aborted) return start() }).catch(() => {})
  const end = (): void => {
    endEvents()
    clearTimeout(timer)
    abort.abort()
  }
  return { again: plan, end }
}
