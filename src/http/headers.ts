import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dialect } from '../model/dialect.ts'
import { headersTooLarge } from '../model/refusals.ts'
import { findXboxHost, groupOfHost } from './hosts.ts'

/** The value of a request header, by lower-case name; values of a repeated header are joined by commas, as Node joins them. */
export function readHeader ({ headers }: { headers: IncomingHttpHeaders }, name: string): string | undefined {
  return headers[name]?.toString()
}

/** How large the headers of a request may be together with its target, in bytes: Node's limit for HTTP/1. */
export const MAX_HEADER_SIZE = 16 * 1024

/**
 * Holds HTTP/2 to the limit of HTTP/1. Node's own limit for HTTP/2 is larger, and Node resets the stream of
 * a request that exceeds it, without a response.
 *
 * @throws 431 when the headers are larger than the limit.
 */
export function requireSmallHeaders ({ rawHeaders }: { rawHeaders: readonly string[] }): void {
  if (rawHeaders.reduce((sum, { length }) => sum + length, 0) > MAX_HEADER_SIZE) throw headersTooLarge()
}

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
  /** The headers that forbid every cache to store the response. */
  readonly noStore: Readonly<{ 'cache-control': string, pragma?: string, expires?: string }>
}

/** By the dialect of the headers: see {@link dialectOfHeaders}. */
export const HEADER_DEFAULTS: Readonly<Record<Dialect, HeaderDefaults>> = {
  documented: {
    jsonType: 'application/json; charset=utf-8',
    noStore: { 'cache-control': 'no-cache, no-store, must-revalidate' }
  },
  // As recorded of the live service's lists. Its refusals and updates have not been recorded; no cache may store those either.
  live: {
    jsonType: 'application/json',
    noStore: { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '-1' }
  }
}

/** Every path of achievements.xboxlive.com begins so; those that do not exist are refused in its dialect, too. */
const XBOX_PATH = /^\/users\//i

/**
 * The dialect of a response's headers: for achievements.xboxlive.com the one that is configured, for the sign-in hosts
 * and the neighbours that of the live service, since they have no other, and for everything else the documented one.
 * What is no path belongs to the host that was asked.
 */
function dialectOfHeaders ({ is404, url, headers: { host }, routeOptions: { config } }: FastifyRequest, dialect: Dialect): Dialect {
  const asked = is404 ? findXboxHost(host) : config.hosts?.[0]
  const group = asked === undefined ? undefined : groupOfHost(asked)
  if (group !== undefined && group !== 'achievements') return 'live'
  return XBOX_PATH.test(url) ? dialect : 'documented'
}

/** Sets the headers that every response has, refusals included. */
export function setCommonHeaders (request: FastifyRequest, reply: FastifyReply, dialect: Dialect): void {
  request.headerDefaults = HEADER_DEFAULTS[dialectOfHeaders(request, dialect)]
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
