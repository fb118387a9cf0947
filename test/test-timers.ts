import type { Timers } from '../src/base/timers.ts'

/** Timers that a test lets pass. */
export interface TestTimers extends Timers {
  /** Does what waits for so long. */
  readonly pass: (delay: number) => void
  /** How long what waits does so. */
  readonly waiting: () => number[]
}

export function createTestTimers (): TestTimers {
  const waiting = new Set<{ delay: number, work: () => void }>()
  const add = (delay: number, work: () => void): () => void => {
    const timer = { delay, work }
    waiting.add(timer)
    return () => { waiting.delete(timer) }
  }
  return {
    every: add,
    after: (delay, work) => {
      const cancel = add(delay, () => {
        cancel()
        work()
      })
      return cancel
    },
    pass: (delay) => { for (const timer of [...waiting]) if (timer.delay === delay) timer.work() },
    waiting: () => [...waiting].map(({ delay }) => delay)
  }
}
