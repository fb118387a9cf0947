import { setTimeout } from 'node:timers/promises'
import type { JournalEntry } from '../control/journal/entry.ts'
import { UnreachableError } from './control-client.ts'
import { printError, type CommandProcess } from './output.ts'
import { STOP_SIGNALS } from './signals.ts'

/** How long the emulator waits for a request before it answers that there is none, in s. */
const FOLLOW_WAIT = '5'
/** Between two attempts to reach an emulator that is gone, in ms. */
const RECONNECT_INTERVAL = 250

/** What is read of the journal of a running emulator. */
export interface Read {
  readonly requests: readonly JournalEntry[]
  /** The id of the newest entry, whether it is among those or not. */
  readonly newest: number
}

/** The journal of a running emulator, and where its entries are written. */
interface FollowedJournal {
  readonly read: (parameters: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Read>
  /** Returns false once nobody reads what is written. */
  readonly write: (entries: readonly JournalEntry[]) => Promise<boolean>
}

/**
 * Writes entries of the journal, then those that come, until SIGINT, SIGTERM or SIGHUP comes, or nobody
 * reads any more. An emulator that is gone is waited for.
 *
 * @param begin parameters of the first reading alone.
 * @throws {UnreachableError} when nothing answers at the start.
 */
export async function followRequests ({ read, write }: FollowedJournal, { url, begin, process }: { url: string, begin: Readonly<Record<string, string>>, process: CommandProcess }): Promise<void> {
  const stop = new AbortController()
  const { signal } = stop
  for (const signal of STOP_SIGNALS) process.on(signal, () => stop.abort())
  let last: JournalEntry | undefined
  let state: 'first' | 'following' | 'gone' = 'first'
  let after = 0
  while (!signal.aborted) {
    try {
      const parameters = { first: begin, following: { after: String(after), wait: FOLLOW_WAIT }, gone: {} }[state]
      const { requests, newest }: Read = await read(parameters, signal)
      if (!await write(state === 'gone' ? entriesAfter(requests, last) : requests)) return
      last = requests.at(-1) ?? last
      // Another emulator, which has taken the place of the one before in between, counts from 1.
      state = state === 'following' && newest < after ? 'gone' : 'following'
      after = newest
    } catch (error) {
      if (signal.aborted) return
      if (state === 'first' || !(error instanceof UnreachableError)) throw error
      if (state === 'following') printError(process, [`xbl-achievements: ${url} is gone; waiting until it is back`])
      state = 'gone'
      await setTimeout(RECONNECT_INTERVAL, undefined, { signal }).catch(() => {})
    }
  }
}

/** What came after an entry; all, when it is not there: another emulator has answered. */
function entriesAfter (entries: readonly JournalEntry[], last: JournalEntry | undefined): readonly JournalEntry[] {
  const index = entries.findIndex(({ id, time }) => id === last?.id && time === last.time)
  return entries.slice(index + 1)
}
