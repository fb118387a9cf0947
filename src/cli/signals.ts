import { constants } from 'node:os'
import { CommandError } from '../base/user-error.ts'
import { retryWhileBusy } from '../store/retry-while-busy.ts'
import { printError, type CommandProcess } from './output.ts'

/** The signals that stop the command. They come from a service manager, from a terminal, and from a terminal that is closed. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * A terminal sends Ctrl-C to all of its processes, and npm and npx pass on what they get, perhaps as
 * another signal: one keystroke arrives twice. Signals that come within this time of the first, in ms,
 * are counted as one.
 */
const ECHO = 100

/** The first signal to stop, and the second one. */
export interface StopSignals {
  readonly first: Promise<void>
  /** All that have come. */
  readonly received: readonly NodeJS.Signals[]
  /** Resolves with the exit code of a command that a signal ends: 128 and its number, as shells have it. */
  readonly second: Promise<number>
}

/** Listens for signals from now on: none of them ends the process by itself. */
export function watchSignals (process: CommandProcess): StopSignals {
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<number>()
  const received: NodeJS.Signals[] = []
  let firstAt: number | undefined
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      const now = performance.now()
      firstAt ??= now
      received.push(signal)
      first.resolve()
      if (now - firstAt > ECHO) second.resolve(128 + constants.signals[signal])
    })
  }
  return { first: first.promise, received, second: second.promise }
}

/**
 * Does something with a database file once no other process writes to it, and prints a line when that takes a
 * while. SIGTERM, SIGINT and SIGHUP end the waiting.
 *
 * @throws {CommandError} when one of them has come.
 */
export async function waitForDatabase<T> (file: string, process: CommandProcess, work: () => T): Promise<T> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new CommandError(`told to stop while another process was writing to ${file}`))
  const onWait = (): void => {
    printError(process, [`xbl-achievements: waiting for another process that is writing to ${file}, or seeding it; Ctrl-C ends the wait`])
    // Not earlier: as long as nothing listens, a signal ends the process even during work that cannot be interrupted.
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  }
  try {
    return await retryWhileBusy(work, { onWait, signal: stop.signal })
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, onSignal)
  }
}
