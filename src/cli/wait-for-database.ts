import { STOP_SIGNALS } from './signals.ts'
import { untilFree } from '../store/until-free.ts'
import { CommandError } from '../base/user-error.ts'

/**
 * Does something with a database file once no other process writes to it, and says when that takes a
 * while. SIGTERM, SIGINT and SIGHUP end the waiting.
 *
 * @throws {CommandError} when one of them has come.
 */
export async function waitForDatabase<T> (file: string, work: () => T): Promise<T> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new CommandError(`told to stop while another process was writing to ${file}`))
  const onWait = (): void => {
    process.stderr.write(`xbl-achievements: waiting for another process that is writing to ${file}, or seeding it; Ctrl-C ends the wait\n`)
    // Not before: a signal ends work that nothing can interrupt, as long as nobody listens.
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  }
  try {
    return await untilFree(work, { onWait, signal: stop.signal })
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, onSignal)
  }
}
