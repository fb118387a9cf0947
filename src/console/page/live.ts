import { signal } from '@preact/signals'
import { createParser } from 'eventsource-parser'
import type { JournalEntry } from '../../control/journal/entry.ts'
import type { LocalChange, Change } from '../../model/change.ts'
import { ownHeaders } from './api.ts'

/** What the stream of events tells: docs/control.md, "Events". */
export type LiveEvent = (Change | LocalChange | ({ readonly kind: 'request' } & JournalEntry)) & { readonly time: string }

/** Whether the events arrive. */
export const connection = signal<'connecting' | 'connected' | 'lost'>('connecting')

const listeners = new Set<(event: LiveEvent) => void>()

/** Calls the listener with each event. @returns ends that. */
export function onEvent (listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}

/** Follows the events of the emulator for as long as the page is open, and connects again when they end. */
export async function follow (): Promise<never> {
  let lastEventId: string | undefined
  const parser = createParser({
    onEvent ({ id, event, data }) {
      lastEventId = id ?? lastEventId
      const told = { ...JSON.parse(data), kind: event } as LiveEvent
      for (const listener of listeners) listener(told)
    }
  })
  for (;;) {
    try {
      const response = await fetch('/_emulator/events', { headers: { ...ownHeaders(), ...lastEventId !== undefined && { 'last-event-id': lastEventId } } })
      if (!response.ok || response.body === null) throw new Error(String(response.status))
      connection.value = 'connected'
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        parser.feed(value)
      }
    } catch {
      // Said below, and tried again.
    }
    connection.value = 'lost'
    parser.reset()
    await new Promise((resolve) => { setTimeout(resolve, 1000) })
  }
}
