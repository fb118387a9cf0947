import { createParser } from 'eventsource-parser'
import { ownHeaders } from './control-key.ts'

/** An event as it came: its data are JSON. */
export interface ArrivedEvent { readonly kind: string, readonly data: string }

/** What has come in one piece. */
export interface Arrival {
  readonly events: readonly ArrivedEvent[]
  /** What a connection that follows begins after. */
  readonly lastEventId: string | undefined
}

/** The emulator says something every 15 s at the latest. After this long without a word, in ms, the connection is given up: a computer that slept has lost it without noticing. */
const LONGEST_SILENCE = 35_000
const LOOKED_EVERY = 5000

/**
 * Reads the stream of events until it ends.
 *
 * @returns the status with which it was refused; 200 when it has ended.
 * @throws when there is no connection, or it breaks.
 */
export async function readStream ({ lastEventId, isPaused, onOpen, onArrival }: {
  lastEventId: string | undefined, /** Once it is true, the stream is let go. */ isPaused: () => boolean, onOpen: () => void, onArrival: (arrival: Arrival) => void
}): Promise<number> {
  const silence = watchSilence(isPaused)
  try {
    const response = await fetch('/_emulator/events', { signal: silence.signal, cache: 'no-store', headers: { ...ownHeaders(), accept: 'text/event-stream', ...lastEventId !== undefined && { 'last-event-id': lastEventId } } })
    if (!response.ok || response.body === null) return response.status
    onOpen()
    let id = lastEventId
    let events: ArrivedEvent[] = []
    const parser = createParser({
      onId: (next) => { id = next },
      onEvent: ({ event, data }) => { events.push({ kind: event ?? '', data }) }
    })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return response.status
      silence.heard()
      events = []
      parser.feed(value)
      onArrival({ events, lastEventId: id })
    }
  } finally {
    silence.end()
  }
}

/** Aborts once nothing has been heard for too long, or the window is hidden that reads only while it is seen. */
function watchSilence (isPaused: () => boolean): { signal: AbortSignal, heard: () => void, end: () => void } {
  const abort = new AbortController()
  let last = Date.now()
  const timer = setInterval(() => { if (Date.now() - last > LONGEST_SILENCE) abort.abort() }, LOOKED_EVERY)
  const look = (): void => { if (isPaused()) abort.abort() }
  document.addEventListener('visibilitychange', look)
  const end = (): void => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  }
  return { signal: abort.signal, heard: () => { last = Date.now() }, end }
}

/** Waits, but not longer than until the machine is online again or somebody looks at the page. */
export function waitOrWake (ms: number): Promise<void> {
  return new Promise((resolve) => {
    const waking = new AbortController()
    const wake = (): void => {
      waking.abort()
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    window.addEventListener('online', wake, { signal: waking.signal })
    document.addEventListener('visibilitychange', () => { if (!document.hidden) wake() }, { signal: waking.signal })
  })
}
