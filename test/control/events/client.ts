import { once, EventEmitter } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
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
  readonly response: IncomingMessage
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
  // A connection of its own: those that fetch opens in advance would have to be waited for at the end.
  const request = get(`${url}/_emulator/events${query}`, { headers, agent: false })
  const [response] = await once(request, 'response') as [IncomingMessage]
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
    for await (const chunk of response.setEncoding('utf8')) {
      parser.feed(chunk)
      changes.emit('change')
    }
    return events
  }
  const ended = read().catch(() => events)
  t.teardown(async () => {
    request.destroy()
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
  return { response, next, take, beats, close: () => { request.destroy() }, ended }
}
