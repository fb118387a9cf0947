import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Dialect } from '../../model/dialect.ts'
import type { Plain } from '../../base/cache-key.ts'
import { sendText } from '../../http/response.ts'
import { headersOfAnswer, type AchievementRoute } from './cache-headers.ts'
import type { Store } from '../../store/store.ts'

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

/** How much of the finished answers of a route is kept, in bytes. */
const KEPT = 8 * 1024 * 1024
/** Up to so many bytes are sent as a text. */
const SHORT = 4096

/**
 * Puts a cache before what makes the answers of a route. They are the same until the next write, by the
 * input that they are made of. Who may see one is decided anew for each request; what it holds is read
 * and written once. What is asked for once is not kept: most of it never comes again.
 *
 * @param route tells it from others.
 */
export type Answers = <I>(route: AchievementRoute, make: (input: I) => Made) => (input: Plain<I>) => Answer

export function createAnswers ({ keep }: Store, dialect: Dialect): Answers {
  return (route, make) => {
    const headers = headersOfAnswer(dialect, route)
    return keep.state({ name: `answers of ${route}`, size: KEPT, weigh: lengthOf, pack: inOne }, (input: Parameters<typeof make>[0]) => ready(make(input), headers))
  }
}

const lengthOf = ({ headers }: Answer): number => headers['content-length'] as number

const inOne = ({ body, headers }: Answer): Answer => ({ body: typeof body === 'string' ? body : [Buffer.concat(body)], headers })

/** The headers say which locales were chosen. */
function ready ({ pieces, languages }: Made, headers: Answer['headers']): Answer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return {
    body: length > SHORT ? pieces : Buffer.concat(pieces).toString(),
    headers: {
      ...headers,
      ...languages.size > 0 && { 'content-language': [...languages].join(', ') },
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
  // Every answer begins with the headers of one that nobody may keep; `headers` replaces all but this one.
  reply.removeHeader('pragma')
  if (request.isFaulty || request.raw.httpVersionMajor === 2) {
    return typeof body === 'string' ? sendText(reply.headers(headers), body) : reply.headers(headers).send(Buffer.concat(body))
  }
  raw.writeHead(200, { ...reply.getHeaders(), ...headers } as OutgoingHttpHeaders)
  // Not before: Fastify answers what is thrown until then, and nobody what is thrown after.
  reply.hijack()
  if (typeof body === 'string') raw.end(body)
  else writeAll(raw, body)
  return reply
}

function writeAll (raw: ServerResponse, pieces: readonly Buffer[]): void {
  raw.cork()
  // With bytes, Node would put the head before a 100 Continue that waits for the answer to the request before.
  raw.flushHeaders()
  for (const piece of pieces) raw.write(piece)
  raw.end()
}
