import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { JsonInput } from '../../base/cache-key.ts'
import { sendText } from '../../http/send.ts'
import type { Store } from '../../store/store.ts'
import { cacheHeadersOf, type AchievementRoute } from './cache-headers.ts'

/** The body of a 200 as a route has rendered it: its chunks, and the locales of its texts. */
export interface RenderedBody {
  readonly chunks: readonly Buffer[]
  readonly locales: ReadonlySet<string>
  /** What may be wrong with the request. */
  readonly hint?: string | undefined
}

/** A 200 that is ready to be sent. */
export interface CachedResponse {
  /** In chunks, or as a text when it is short: Node sends a text in one packet with the headers. */
  readonly body: readonly Buffer[] | string
  readonly headers: Readonly<Record<string, string | number>>
  readonly hint?: string | undefined
}

/** How many bytes of responses are cached for each route. */
const CACHE_SIZE = 8 * 1024 * 1024
/** How many bytes a body may have that is sent as a text. */
const LONGEST_TEXT = 4096

/**
 * Puts a cache in front of the function that renders the responses of a route. A response holds until the
 * next write to the database, for the same input. Whether the caller may see it is decided again for each
 * request, before the cache is asked. A response is cached when it is asked for a second time: most of
 * them never are.
 */
export type ResponseCache = <I>(route: AchievementRoute, render: (input: I) => RenderedBody) => (input: JsonInput<I>) => CachedResponse

export function createResponseCache ({ cache, read }: Store, config: Parameters<typeof cacheHeadersOf>[0]): ResponseCache {
  return (route, render) => {
    const headers = cacheHeadersOf(config, route)
    return cache.state({ name: `responses of ${route}`, size: CACHE_SIZE, weigh: lengthOf, pack }, (input: Parameters<typeof render>[0]) =>
      createResponse(read(() => render(input)), headers))
  }
}

const lengthOf = ({ headers }: CachedResponse): number => headers['content-length'] as number

/** One chunk is sent faster than many. */
const pack = ({ body, ...rest }: CachedResponse): CachedResponse => ({ body: typeof body === 'string' ? body : [Buffer.concat(body)], ...rest })

function createResponse ({ chunks, locales, hint }: RenderedBody, headers: CachedResponse['headers']): CachedResponse {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  return {
    body: length > LONGEST_TEXT ? chunks : Buffer.concat(chunks).toString(),
    headers: {
      ...headers,
      ...locales.size > 0 && { 'content-language': [...locales].join(', ') },
      'content-length': length
    },
    hint
  }
}

/**
 * Sends a response past Fastify, which takes no body in chunks: to concatenate 40 kB for every answer
 * costs more than everything else, most of it in garbage collection. Fastify sends what a fault changes,
 * and what goes over HTTP/2, whose responses cannot be corked.
 */
export function sendResponse (reply: FastifyReply, { body, headers }: CachedResponse): FastifyReply {
  const { raw, request } = reply
  // Every answer starts with headers that forbid caching; `headers` replaces all of them but this one.
  reply.removeHeader('pragma')
  if (request.isFaulty || request.raw.httpVersionMajor === 2) {
    return typeof body === 'string' ? sendText(reply.headers(headers), body) : reply.headers(headers).send(Buffer.concat(body))
  }
  raw.writeHead(200, { ...reply.getHeaders(), ...headers } as OutgoingHttpHeaders)
  // Fastify no longer answers an error that is thrown after this, so that it comes after the headers.
  reply.hijack()
  if (typeof body === 'string') raw.end(body)
  else writeChunks(raw, body)
  return reply
}

function writeChunks (raw: ServerResponse, chunks: readonly Buffer[]): void {
  raw.cork()
  // Without this, Node would send the head of a body of bytes before a 100 Continue that waits for the previous answer on the connection.
  raw.flushHeaders()
  for (const chunk of chunks) raw.write(chunk)
  raw.end()
}
