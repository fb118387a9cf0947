import { describeChange, toChange, type EmulatorChange } from '../control/events/change.ts'
import { WaitError } from '../control/journal/wait.ts'
import type { EmulatorApp } from '../server/app.ts'

/** How many changes the message of a wait that was in vain names. */
const MOST_NAMED = 3

/** What is waited for. */
export interface FeedWait<T> {
  /** In ms of real time. */
  readonly timeout: number
  /** Looks for it, at first without a change, and then after each; undefined while it is not there. */
  readonly find: (change?: EmulatorChange) => T | undefined
  /** For the message: that it has not come. */
  readonly describe: () => string
}

/**
 * Waits for something that follows from changes, also from those of other processes on the same database file.
 *
 * @throws {WaitError} when it does not come in time, with what came last, or when the emulator is closed.
 */
export async function waitForFeed<T> ({ services: { feed }, journal: { stopped } }: Pick<EmulatorApp, 'services' | 'journal'>, { timeout, find, describe }: FeedWait<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const came: EmulatorChange[] = []
  let count = 0
  const look = (change?: EmulatorChange): void => {
    try {
      const found = find(change)
      if (found !== undefined) resolve(found)
    } catch (error) {
      reject(error as Error)
    }
  }
  const end = feed.listen((entry) => {
    const change = toChange(entry)
    count++
    came.push(change)
    if (came.length > MOST_NAMED) came.shift()
    look(change)
  })
  // After that, so that nothing is missed in between.
  look()
  const giveUp = (): void => {
    const lines = came.map((change) => `\n  ${change.kind} ${describeChange(change)}`).join('')
    const what = count === 0 ? 'nothing has changed.' : `${count === 1 ? '1 change' : `${count} changes`} came${count > MOST_NAMED ? ', the last' : ''}:${lines}`
    reject(new WaitError(`${stopped.aborted ? 'The emulator was closed' : `Waited ${timeout} ms`}: ${describe()}; ${what}`))
  }
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeout)])
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await promise
  } finally {
    end()
    signal.removeEventListener('abort', giveUp)
  }
}
