import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  forbidden, gone, internalError, invalidRequest, methodNotAllowed, movedPermanently, notAcceptable, notFound, requestTimeout, temporarilyRedirected,
  tooManyRequests, unauthorized, unavailable, type XblError
} from '../errors.ts'
import { pathOf } from '../log.ts'
import type { Facts, Fault, Faults, FaultStatus } from './faults.ts'

const MESSAGE = 'A fault that a test has set up.'

const ME = /^\/users\/me\//i

/** What each status is answered with. */
const REFUSALS: Readonly<Record<Exclude<FaultStatus, 304>, (fault: Fault) => XblError>> = {
  301: ({ location }) => movedPermanently(location ?? '/'),
  307: ({ location }) => temporarilyRedirected(location ?? '/'),
  400: () => invalidRequest(MESSAGE),
  401: () => unauthorized(MESSAGE),
  403: () => forbidden(MESSAGE),
  404: () => notFound(MESSAGE),
  405: () => methodNotAllowed('The method', 'GET, HEAD'),
  406: () => notAcceptable(MESSAGE),
  408: requestTimeout,
  410: () => gone(MESSAGE),
  429: () => tooManyRequests({ currentRequests: 101, maxRequests: 100, periodInSeconds: 15, retryAfter: 15 }),
  500: internalError,
  503: () => unavailable(MESSAGE)
}

/**
 * Lets faults happen to the requests of a service: after it is known who calls, before anything else.
 *
 * @param timeout a delay that is longer ends after it, in 408; ms.
 */
export function injectFaults (service: FastifyInstance, faults: Faults, timeout: number): void {
  const happen = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const happening = faults.take(factsOf(request))
    if (happening === null) return
    request.happening = happening
    const { fault, delay } = happening
    if (delay > 0) await wait(Math.min(delay, timeout), reply)
    if (delay > timeout) throw requestTimeout()
    if (fault.effect === 'reset') {
      reply.hijack()
      request.raw.socket.resetAndDestroy()
    } else if (fault.status === 304) {
      return reply.code(304).send()
    } else if (fault.status !== null) {
      throw REFUSALS[fault.status](fault)
    }
  }

  service.addHook('onRequest', (request, reply, done) => {
    if (faults.isEmpty()) done()
    else happen(request, reply).then(() => done(), done)
  })

  service.addHook('onSend', (request, reply, payload, done) => {
    const isTruncated = request.happening?.fault.effect === 'truncate' && (typeof payload === 'string' || Buffer.isBuffer(payload))
    if (!isTruncated) return done(null, payload)
    const body = Buffer.from(payload)
    reply.header('content-length', body.length)
    done(null, Readable.from(half(body, reply.raw)))
  })
}

/** Waits, but not for a connection that is gone: it would keep a server from stopping. */
async function wait (ms: number, { raw }: FastifyReply): Promise<void> {
  const gone = new AbortController()
  raw.once('close', () => gone.abort())
  await setTimeout(ms, undefined, { signal: gone.signal }).catch(() => {})
}

/** The first half, and no end. */
async function * half (body: Buffer, response: ServerResponse): AsyncGenerator<Buffer> {
  yield body.subarray(0, body.length >> 1)
  // Answers to requests that came before it on the connection leave first; until then it has none to end.
  if (response.socket === null) await once(response, 'socket')
  // The half leaves before the connection does.
  await setImmediate()
  throw new Error('truncated by a fault')
}

function factsOf (request: FastifyRequest): Facts {
  const { xuid, titleId } = request.session
  const path = pathOf(request)
  // The caller's own place has two names.
  const named = xuid === null ? path : path.replace(ME, `/users/xuid(${xuid})/`)
  return { method: request.method, paths: named === path ? [path] : [path, named], xuid, titleId }
}
