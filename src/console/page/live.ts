import { signal } from '@preact/signals'
import { waitBefore } from '../text/backoff.ts'
import { parseWithNumbers } from '../text/exact-numbers.ts'
import { nextKey, ownHeaders, ownKey, whenKeyGiven } from './control-key.ts'
import { readStream, waitOrWake, type Arrival } from './event-stream.ts'
import type { LiveEvent } from './live-event.ts'

export type { LiveEvent }

/** Whether the events arrive. `needsKey`: the emulator wants its control key first. */
export type Connection = 'connecting' | 'connected' | 'lost' | 'needsKey'
export const connection = signal<Connection>('connecting')

/** How long readings wait for the stream, in ms. What changes between a reading and the beginning of the stream would be missed. */
const LONGEST_BEGINNING = 300

/** Whether something may have been read before the first events: all of it is read again then. */
let mayHaveMissed = false

/** Resolves once it is known whether events arrive, or when that takes too long. */
export const begun = new Promise<void>((resolve) => {
  let hasBegun = false
  const begin = (): void => {
    if (hasBegun) return
    hasBegun = true
    mayHaveMissed = connection.peek() !== 'connected'
    resolve()
  }
  setTimeout(begin, LONGEST_BEGINNING)
  connection.subscribe((state) => { if (state !== 'connecting') begin() })
})

const listeners = new Set<(event: LiveEvent) => void>()
let lastEventId: string | undefined

/** Calls the listener with each event. @returns ends that. */
export function onEvent (listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

/** What one window tells the others: what has come, how the connection is; or a new one asks. */
type Told = { readonly arrival: Arrival } | { readonly connection: Connection, readonly lastEventId: string | undefined } | 'how is it?'

const CHANNEL = 'xbl-achievements-events'
/** Undefined in a browser that has none, or gives none to this page: that needs locks, too. */
const channel = typeof BroadcastChannel === 'undefined' || navigator.locks === undefined ? undefined : new BroadcastChannel(CHANNEL)

/**
 * Follows the events of the emulator for as long as the page is open. A browser keeps six connections to an origin at most:
 * of all windows one reads the stream and tells the others; when it is closed, the next one goes on where it was. Pages of
 * another machine over plain HTTP have no locks: there each window reads by itself, as long as it is seen.
 */
export async function follow (): Promise<never> {
  for (;;) {
    const key = ownKey()
    if (await isLetIn()) await readOrListen()
    // Without a key this window hears nothing, also of what others read, and answers nobody.
    if (channel !== undefined) channel.onmessage = null
    connection.value = 'needsKey'
    if (!await whenKeyGiven(key)) await nextKey()
  }
}

/** Whether this window may read. Asks until somebody answers. */
async function isLetIn (): Promise<boolean> {
  for (let failed = 1; ; failed++) {
    try {
      return (await fetch('/_emulator/clock', { headers: ownHeaders() })).status !== 401
    } catch {
      connection.value = 'lost'
      await waitOrWake(waitBefore(failed, Math.random()))
    }
  }
}

/** Follows the events, by the stream or by the window that reads it, until the emulator wants a key. */
async function readOrListen (): Promise<void> {
  let isGranted = false
  try {
    if (channel === undefined) throw new Error('There is no channel.')
    listenToOthers(channel)
    await navigator.locks.request(CHANNEL, async () => {
      isGranted = true
      listenToNobody(channel)
      await readAgain()
    })
  } catch (error) {
    // A browser that keeps nothing for this page may refuse the lock, too.
    if (isGranted) throw error
    await readAgain(() => document.hidden)
  }
}

/**
 * Reads the stream, again and again, until the emulator wants a key.
 *
 * @param isPaused whether it shall not be read now; looked at whenever the window is seen or seen no more.
 */
async function readAgain (isPaused = () => false): Promise<void> {
  let failed = 0
  for (;;) {
    while (isPaused()) await waitOrWake(60_000)
    const status = await readStream({
      lastEventId,
      isPaused,
      onOpen: () => {
        failed = 0
        tellConnection('connected')
      },
      onArrival: (arrival) => {
        channel?.postMessage({ arrival } satisfies Told)
        arrive(arrival)
      }
    }).catch(() => 0)
    if (status === 401) return
    if (isPaused()) continue
    failed++
    tellConnection('lost')
    await waitOrWake(waitBefore(failed, Math.random()))
  }
}

function arrive (arrival: Arrival): void {
  lastEventId = arrival.lastEventId
  for (const { kind, data } of arrival.events) tell({ ...parseWithNumbers(data) as LiveEvent, kind } as LiveEvent)
}

function tell (event: LiveEvent): void {
  for (const listener of listeners) listener(event)
}

/** How the connection is now. What was read before the first events came is read again. */
function setConnection (state: Connection): void {
  connection.value = state
  if (state !== 'connected' || !mayHaveMissed) return
  mayHaveMissed = false
  tell({ kind: 'missed', time: new Date().toISOString() })
}

function tellConnection (state: Connection): void {
  setConnection(state)
  channel?.postMessage({ connection: state, lastEventId } satisfies Told)
}

/** Hears of the events from the window that reads them. */
function listenToOthers (channel: BroadcastChannel): void {
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data === 'how is it?') return
    if ('arrival' in data) return arrive(data.arrival)
    lastEventId = data.lastEventId ?? lastEventId
    setConnection(data.connection)
  }
  channel.postMessage('how is it?' satisfies Told)
}

/** Reads by itself from now on, and says how that is to a window that asks. */
function listenToNobody (channel: BroadcastChannel): void {
  channel.onmessage = ({ data }: MessageEvent<Told>) => { if (data === 'how is it?') tellConnection(connection.peek()) }
}
