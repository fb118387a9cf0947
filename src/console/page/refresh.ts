import { begun, onEvent, type LiveEvent } from './live.ts'

/** The shortest and the longest wait between two readings, in ms. What takes long is read less often; a person who looks for the key is not what takes long. */
const [SHORTEST, LONGEST] = [60, 1500]

/**
 * Reads something now and again after each event that concerns it, but never twice at a time, and hardly more than a third of
 * the time: events come by the hundred.
 *
 * @param concerns whether what is read may be another after the event. `missed` and `world` always concern it.
 * @returns `again` reads it once more; `end` ends all, and the signal that `run` has been given.
 */
export function keepFresh (run: (signal: AbortSignal) => Promise<void>, concerns: (event: LiveEvent) => boolean): { again: () => void, end: () => void } {
  const abort = new AbortController()
  // Until the first reading is done, what comes waits for it.
  let [isRunning, isAsked] = [true, false]
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = SHORTEST
  const start = async (): Promise<void> => {
    timer = undefined
    isAsked = false
    isRunning = true
    const began = performance.now()
    await run(abort.signal)
    wait = Math.max(SHORTEST, Math.min(LONGEST, 2 * (performance.now() - began)))
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
