import { once, EventEmitter } from 'node:events'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { createParser } from 'eventsource-parser'
import type { Test } from 'tap'
import { EVENT_SCHEMAS } from '../../../src/control/events/schema.ts'

export interface Received {
  readonly id: string
  readonly event: string
  /** The data, parsed as JSON. */
  readonly data: any
}

/** A stream of events that is read, closed after the test. */
export interface Reader {
  readonly response: Response
  /** The next event; what its data may be is checked. */
  readonly next: () => Promise<Received>
  /** The next events. */
  readonly take: (count: number) => Promise<Received[]>
  /** Waits until there were so many blocks without an event in all: the first one, then those that keep the connection alive. */
  readonly beats: (count: number) => Promise<readonly string[]>
  readonly close: () => void
  /** Resolves once the stream has ended, with what is left of it. */
  readonly ended: Promise<Received[]>
}

const CHECKS = Object.fromEntries(Object.entries(EVENT_SCHEMAS).map(([kind, schema]) => [kind, TypeCompiler.Compile(schema)]))

/** Follows the events of an emulator. */
export async function follow (t: Test, url: string, query = '', headers: Record<string, string> = {}): Promise<Reader> {
  const stop = new AbortController()
  const response = await fetch(`${url}/_emulator/events${query}`, { headers, signal: stop.signal })
  const events: Received[] = []
  const ids: string[] = []
  const changes = new EventEmitter()
  const parser = createParser({
    onId: (id) => ids.push(id),
    onComment: (comment) => ids.push(comment),
    onEvent: ({ id, event, data }) => {
      ids.pop()
      const parsed = JSON.parse(data)
      if (CHECKS[String(event)]?.Check(parsed) !== true) t.fail(`not as the schema of ${event} says: ${data}`)
      events.push({ id: String(id), event: String(event), data: parsed })
    }
  })
  const read = async (): Promise<Received[]> => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      parser.feed(decoder.decode(chunk, { stream: true }))
      changes.emit('change')
    }
    return events
  }
  const ended = read().catch(() => events)
  t.teardown(async () => {
    stop.abort()
    await ended
  })
  const next = async (): Promise<Received> => {
    while (events.length === 0) await once(changes, 'change')
    return events.shift() as Received
  }
  const take = async (count: number): Promise<Received[]> => {
    const taken: Received[] = []
    while (taken.length < count) taken.push(await next())
    return taken
  }
  const beats = async (count: number): Promise<readonly string[]> => {
    while (ids.length < count) await once(changes, 'change')
    return ids
  }
  return { response, next, take, beats, close: () => stop.abort(), ended }
}
