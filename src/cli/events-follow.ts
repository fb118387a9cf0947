import { setTimeout } from 'node:timers/promises'
import { parseExactJson } from '../base/exact-json.ts'
import { UnreachableError, type ArrivedEvents } from './control-client.ts'
import { printError, type CommandProcess } from './output.ts'
import { STOP_SIGNALS } from './signals.ts'

/** Between two attempts to reach an emulator that is gone, in ms. */
const RECONNECT_INTERVAL = 250

/** An event, by what it is called in the stream. */
export interface FollowedEvent {
  readonly kind: string
  readonly data: unknown
}

/** The events of a running emulator, and where they are written. */
interface Followed {
  /** @param parameters those of the query that only this request has. */
  readonly follow: (parameters: Readonly<Record<string, string>>, options: { lastEventId: string | null, signal: AbortSignal }) => AsyncIterable<ArrivedEvents>
  /** Returns false once nobody reads what is written. */
  readonly write: (events: readonly FollowedEvent[]) => Promise<boolean>
}

/**
 * Writes events as they come, until SIGINT, SIGTERM or SIGHUP comes, or nobody reads any more. An emulator that is
 * gone is waited for; it says itself which events came since, and one that was started anew sends all requests that it has.
 *
 * @param begin parameters of the first request alone.
 * @throws {UnreachableError} when nothing answers at the start.
 */
export async function followEmulator ({ follow, write }: Followed, { url, begin, process }: { url: string, begin: Readonly<Record<string, string>>, process: CommandProcess }): Promise<void> {
  const stop = new AbortController()
  const { signal } = stop
  for (const signal of STOP_SIGNALS) process.on(signal, () => stop.abort())
  let lastEventId: string | null = null
  let state: 'first' | 'following' | 'gone' = 'first'
  while (!signal.aborted) {
    try {
      for await (const arrived of follow(lastEventId === null ? begin : {}, { lastEventId, signal })) {
        state = 'following'
        lastEventId = arrived.lastEventId
        const events = arrived.events.map(({ event, data }) => ({ kind: String(event), data: parseExactJson(data) }))
        if (events.length > 0 && !await write(events)) return
      }
    } catch (error) {
      if (!signal.aborted && (state === 'first' || !(error instanceof UnreachableError))) throw error
    }
    if (signal.aborted) return
    if (state === 'following') printError(process, [`xbl-achievements: ${url} is gone; waiting until it is back`])
    state = 'gone'
    await setTimeout(RECONNECT_INTERVAL, undefined, { signal }).catch(() => {})
  }
}
