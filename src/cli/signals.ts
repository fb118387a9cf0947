import { constants } from 'node:os'

/** What tells the command to stop: a service manager, a terminal, and a terminal that is closed. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * A terminal sends Ctrl-C to all of its processes, and npm and npx send on what they get, perhaps as another
 * signal: one keystroke arrives twice. Signals that come within this time of the first, in ms, are the same.
 */
const ECHO = 100

/** The first signal to stop, and the second one. */
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
