import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { createCache } from './store/cache.ts'
import type { Store } from './store/open-store.ts'

/** What a route has made: the body of a 200 in pieces, and the locales of its texts. */
export interface Made {
  readonly pieces: readonly Buffer[]
  readonly languages: ReadonlySet<string>
}

/** An answer as it is sent. */
export interface Answer {
  /** In pieces, or as a text when it is short: Node sends that in one piece with the headers. */
  readonly body: readonly Buffer[] | string
  readonly headers: Readonly<Record<string, string | number>>
}

/** How much of finished answers is kept, in bytes. */
const KEPT = 16 * 1024 * 1024
/** Names of answers that are remembered. */
const NAMES = 1000
/** Up to so many bytes are sent as a text. */
const SHORT = 4096

export type Answers = (name: string, make: () => Made) => Answer

/**
 * Answers that are the same until the next write, by all that they depend on. Who may see one is
 * decided anew for each request; what it holds is read and written once. What is asked for once is not
 * kept: most of it never comes again.
 */
export function createAnswers ({ revision }: Store): Answers {
  const keep = createCache<Answer>(revision.state, KEPT, ({ headers }) => headers['content-length'] as number)
  const asked = new Set<string>()
  return (name, make) => {
    if (asked.has(name)) return keep(name, () => ready(inOne(make())))
    if (asked.size >= NAMES) asked.clear()
    asked.add(name)
    return ready(make())
  }
}

const inOne = ({ pieces, languages }: Made): Made => ({ pieces: [Buffer.concat(pieces)], languages })

/** The headers say which locales were chosen, and by what. */
function ready ({ pieces, languages }: Made): Answer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return {
    body: length > SHORT ? pieces : Buffer.concat(pieces).toString(),
    headers: {
      vary: 'Accept-Language',
      ...languages.size > 0 && { 'content-language': [...languages].join(', ') },
      'content-type': 'application/json; charset=utf-8',
      'content-length': length
    }
  }
}

/**
 * Sends an answer past Fastify, which takes no body in pieces: to put 40 kB together for every answer
 * costs more than all else, most of it in collecting garbage. Fastify sends what a fault happens to,
 * and HTTP/2, whose responses have no cork.
 */
export function sendAnswer (reply: FastifyReply, { body, headers }: Answer): FastifyReply {
  const { raw, request } = reply
  if (request.happening !== undefined || request.raw.httpVersionMajor === 2) {
    return reply.headers(headers).send(typeof body === 'string' ? body : Buffer.concat(body))
  }
  reply.hijack()
  raw.writeHead(200, { ...reply.getHeaders(), ...headers } as OutgoingHttpHeaders)
  if (typeof body === 'string') raw.end(body)
  else writeAll(raw, body)
  return reply
}

function writeAll (raw: ServerResponse, pieces: readonly Buffer[]): void {
  raw.cork()
  for (const piece of pieces) raw.write(piece)
  raw.end()
}
