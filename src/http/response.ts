import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dialect } from '../model/dialect.ts'
import { readHeader } from './request-headers.ts'

type Headers = Readonly<Record<string, string>>

declare module 'fastify' {
  interface FastifyRequest {
    /** The headers of its response that depend on the service that it asks. */
    headerDefaults: HeaderDefaults
  }
}

/** The headers of a response that depend on the service that answers. */
export interface HeaderDefaults {
  /** The Content-Type of JSON: the live service names no charset. */
  readonly jsonType: string
  /** They forbid every cache to keep the response. */
  readonly noStore: Readonly<{ 'cache-control': string, pragma?: string, expires?: string }>
}

/** By the dialect in which a path of achievements.xboxlive.com is answered. All other responses have the documented ones. */
export const HEADER_DEFAULTS: Readonly<Record<Dialect, HeaderDefaults>> = {
  documented: {
    jsonType: 'application/json; charset=utf-8',
    noStore: { 'cache-control': 'no-cache, no-store, must-revalidate' }
  },
  // As recorded of the live service's lists. Its refusals and updates have not been recorded; no cache may keep those either.
  live: {
    jsonType: 'application/json',
    noStore: { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '-1' }
  }
}

/** Every path of achievements.xboxlive.com begins so; those that do not exist are refused in its dialect, too. */
const XBOX_PATH = /^\/users\//i

/** Sets the headers that every response has, refusals included. */
export function setCommonHeaders (request: FastifyRequest, reply: FastifyReply, dialect: Dialect): void {
  request.headerDefaults = HEADER_DEFAULTS[dialect === 'live' && XBOX_PATH.test(request.url) ? 'live' : 'documented']
  reply.headers(commonHeaders(request.headerDefaults, readHeader(request, 'ms-cv')))
}

/** The headers of a JSON response that is written where Fastify has no request, without its length. */
export const headersWithoutRequest = (): Headers =>
  ({ ...commonHeaders(HEADER_DEFAULTS.documented, undefined), 'content-type': HEADER_DEFAULTS.documented.jsonType })

function commonHeaders ({ noStore }: HeaderDefaults, vector: string | undefined): Headers {
  return { ...noStore, 'x-content-type-options': 'nosniff', 'ms-cv': continueVector(vector) }
}

/** A base of letters and digits, then numbers: https://github.com/microsoft/CorrelationVector. */
const VECTOR = /^[A-Za-z0-9+/]{1,64}(\.\d{1,10}){1,16}$/
const MAX_VECTOR_LENGTH = 127

/** The `MS-CV` of a response: that of the request with one more number, or a new one when that is missing, malformed or too long. */
export function continueVector (header: string | undefined): string {
  if (header !== undefined && header.length + 2 <= MAX_VECTOR_LENGTH && VECTOR.test(header)) return `${header}.0`
  const id = randomUUID()
  return `${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(14, 18)}${id.slice(19, 23)}${id.slice(24, 26)}.0`
}

/** Sends a value as JSON, with the Content-Type of the service that answers. */
export function sendJson (reply: FastifyReply, body: object): FastifyReply {
  return sendText(reply.type(reply.request.headerDefaults.jsonType), JSON.stringify(body))
}

/** Sends a text whose Content-Type is set. Without a serializer of the reply's own Fastify would add a charset to it. */
export function sendText (reply: FastifyReply, text: string): FastifyReply {
  return reply.serializer(String).send(text)
}
