import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { isOwnTarget } from './target.ts'

/** The headers of answers that a page may read besides those that every page may (https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name). */
const EXPOSED = 'Allow, Date, ETag, Location, MS-CV, Retry-After, WWW-Authenticate, X-Count, X-Next-Page, X-Content-Type-Options, X-Err, X-Heartbeat-After, X-SessionId'
/** With those that no route takes, so that a page sees the 405. */
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
/** How long a browser need not ask again, in s. */
const PREFLIGHT_MAX_AGE = '600'

/** The configured origins of pages, as browsers send them; null when there are none. */
export const readOrigins = ({ allowedOrigins }: Pick<Config, 'allowedOrigins'>): ReadonlySet<string> | null =>
  allowedOrigins === null ? null : new Set(allowedOrigins.toLowerCase().split(','))

/**
 * Lets the pages of configured origins read the answers of the services, refusals included
 * (https://fetch.spec.whatwg.org/#http-cors-protocol). Those of the control API no page of another origin may read.
 *
 * @returns true when the page of the request may.
 */
export function allowPage ({ url, headers: { origin } }: FastifyRequest, reply: FastifyReply, origins: ReadonlySet<string> | null): boolean {
  if (origins === null || isOwnTarget(url)) return false
  // Also without an Origin: a cache must not give the answer to a page.
  reply.header('vary', 'Origin')
  if (origin === undefined || !origins.has(origin)) return false
  reply.headers({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', 'access-control-expose-headers': EXPOSED })
  return true
}

/** True for a request in which a browser asks whether a page may send another one. */
export const isPreflight = ({ method, headers }: FastifyRequest): boolean => method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

/** Answers a preflight of a page that may read the answers: it may send every header, whatever is at the path. */
export function answerPreflight ({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { 'access-control-request-headers': asked, 'access-control-request-private-network': isPrivate } = headers
  return reply.code(204).headers({
    'access-control-allow-methods': METHODS,
    'access-control-max-age': PREFLIGHT_MAX_AGE,
    ...asked !== undefined && { 'access-control-allow-headers': asked },
    // Chromium asks for a page of the internet whether it may reach this machine (https://wicg.github.io/private-network-access/).
    ...isPrivate !== undefined && { 'access-control-allow-private-network': 'true' }
  }).send()
}
