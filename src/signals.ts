import { constants } from 'node:os'

/** What tells the command to stop: a service manager, a terminal, and a terminal that is closed. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * What a terminal sends to all of its processes npm and npx send on, and other runners may send another
 * signal: what comes within it is the same telling, in ms.
 */
const ECHO = 100

/** Being told to stop, and being told once more. */
export interface StopSignals {
  readonly first: Promise<void>
  /** Resolves with the exit code of a command that a signal ends: 128 and its number, as shells have it. */
  readonly again: Promise<number>
}

/** Listens for signals from now on: none of them ends the process by itself. */
export function watchSignals (): StopSignals {
  const first = Promise.withResolvers<void>()
  const again = Promise.withResolvers<number>()
  let begun: number | undefined
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      const now = performance.now()
      begun ??= now
      first.resolve()
      if (now - begun > ECHO) again.resolve(128 + constants.signals[signal])
    })
  }
  return { first: first.promise, again: again.promise }
}
