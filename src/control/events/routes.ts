import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatInstant } from '../../base/instant.ts'
import type { Timers } from '../../base/timers.ts'
import type { Services } from '../../http/services.ts'
import { unavailable } from '../../model/refusals.ts'
import type { HeldRequests } from '../held-requests.ts'
import type { Journal } from '../journal/journal.ts'
import { readEventsQuery, type EventsQuery } from './filter.ts'
import type { Position } from './position.ts'
import { createSources } from './sources.ts'
import { openStream, type EventStream, type StreamOptions } from './stream.ts'

/** How many clients may follow the events at a time. Each event is compared with what every one of them wants. */
const MOST_STREAMS = 100
/** How long a client hears nothing at most, in ms; never longer than half of the request timeout. */
const LONGEST_SILENCE = 15_000

/** Lets an answer take as long as its client reads it. */
export interface AnswerLimits {
  readonly endless: (response: ServerResponse) => void
}

interface EventsRoute { Querystring: URLSearchParams }

/** The route on which a client follows what happens, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function eventRoutes (app: FastifyInstance, { services: { feed, clock, config }, journal, holds, connections, timers }: {
  services: Services, journal: Journal, holds: HeldRequests, connections: AnswerLimits, timers: Timers
}): void {
  const start = randomBytes(4).toString('hex')
  const now = (): string => formatInstant(clock.now())
  const streams = new Set<EventStream>()
  const silence = Math.min(LONGEST_SILENCE, Math.ceil(config.requestTimeout / 2))
  const end = timers.every(silence, () => { for (const stream of streams) stream.beat() })
  app.addHook('onClose', async () => end())

  app.get<EventsRoute>('/_emulator/events', async (request, reply) => {
    const asked = readEventsQuery(request, config)
    if (streams.size === MOST_STREAMS) throw unavailable(`${MOST_STREAMS} clients follow the events already; expected at most one of each test that runs.`)
    const response = sendHeaders(reply)
    if (request.method === 'HEAD') {
      response.end()
      return reply
    }
    connections.endless(response)
    const sources = createSources({ feed, journal }, asked.filter)
    const newest = (): Position => ({ changes: feed.newest(), requests: journal.newest(), frames: journal.frames.newest() })
    const stream = openStream(response, { sources, begin: () => beginningOf(asked, { start, newest: newest(), journal }), start, now })
    streams.add(stream)
    const ending = await holds.hold(response, null, untilClientEnds(request, response))
    streams.delete(stream)
    stream.stop()
    if (ending !== 'disconnected') response.end()
    return reply
  })
}

/** Sends the headers: what follows is written past Fastify. */
function sendHeaders (reply: FastifyReply): ServerResponse {
  reply.type('text/event-stream').hijack()
  const { raw } = reply
  raw.writeHead(200, reply.getHeaders() as Record<string, string>)
  return raw
}

/** Resolves once a client has ended its side of a connection: it will not read any more, and over HTTP/1 only a write would show that. */
function untilClientEnds ({ raw: { socket, httpVersionMajor } }: FastifyRequest, response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (httpVersionMajor === 1) {
    socket.once('end', resolve)
    response.once('close', () => socket.off('end', resolve))
  }
  return promise
}

/**
 * Where a client begins: with what comes, or after the event that it had last if it is of this emulator. After an event of
 * another one, so also of one that was started anew, it begins with all requests and frames that are there.
 */
function beginningOf ({ filter, last }: EventsQuery, { start, newest, journal }: { start: string, newest: Position, journal: Journal }): ReturnType<StreamOptions['begin']> {
  if (last === undefined) return { from: { ...newest, ...firstWanted(filter.requests, journal) }, hasMissed: false }
  const isOfThis = last.start === start && (Object.keys(newest) as Array<keyof Position>).every((name) => last.position[name] <= newest[name])
  return isOfThis ? { from: last.position, hasMissed: false } : { from: { ...newest, requests: journal.oldest() - 1, frames: journal.frames.oldest() - 1 }, hasMissed: true }
}

/** The ids before those of the first request and frame that are sent: without `after` and `last`, of the next ones. */
function firstWanted ({ after, last, ...filter }: EventsQuery['filter']['requests'], journal: Journal): Partial<Position> {
  if (after === undefined && last === undefined) return {}
  const requests = Math.max(Math.min(after ?? 0, journal.newest()), journal.oldest() - 1)
  const before = last === undefined ? requests : findBefore({ ...filter, after: requests, last }, journal)
  const frame = journal.frames.after(0).find(({ follows }) => follows > before)
  return { requests: before, ...frame && { frames: frame.id - 1 } }
}

/** The id before that of the first request that matches. */
function findBefore (filter: EventsQuery['filter']['requests'], journal: Journal): number {
  for (const entry of journal.iterate(filter, String)) if (entry !== undefined) return entry.id - 1
  return journal.newest()
}
