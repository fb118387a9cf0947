import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HostTraits } from '../../http/services.ts'
import { pathOf } from '../../http/target.ts'
import { ErrorCode, FaultRefusal, requestTimeout, unauthorized, type XblError } from '../../model/refusals.ts'
import type { HeldRequests } from '../held-requests.ts'
import type { Fault, Faults, RequestProperties, TriggeredFault } from './faults.ts'
import { readRoutes } from './path-pattern.ts'
import { refusalFor } from './refusal.ts'

/** The live dialect's name for the path of the calling user. */
const ME = /^\/users\/me\//i

declare module 'fastify' {
  interface FastifyRequest {
    /** The fault that happens to this request. */
    fault?: Fault
  }
}

/** How faults happen to the requests of one host or family of hosts. */
interface FaultScope extends HostTraits {
  readonly faults: Faults
  readonly holds: HeldRequests
  /** The longest delay, in ms; a longer one ends then, with 408. */
  readonly timeout: number
}

const NO_CLAIMS = { xuid: null, titleId: null }

/**
 * Lets faults happen to the requests of the routes that are registered after it. Hooks registered before it
 * run first: faults that name a user or title need the caller's claims.
 */
export function injectFaults (service: FastifyInstance, scope: FaultScope): void {
  const { faults, hasClaims = false } = scope
  service.decorateRequest('fault')
  service.addHook('onRoute', (route) => { for (const each of readRoutes(route, hasClaims)) faults.addRoute(each) })

  service.addHook('onRequest', (request, reply, done) => {
    if (faults.isIdle()) return done()
    const triggered = faults.trigger(readProperties(request, hasClaims ? request.session : NO_CLAIMS))
    if (triggered === null) return done()
    request.fault = triggered.fault
    request.isFaulty = true
    applyFault(request, reply, { ...scope, ...triggered }).then(() => done(), done)
  })

  service.addHook('onSend', (request, reply, payload, done) => {
    const effect = request.fault?.effect
    if (effect !== 'truncate' && effect !== 'drop') return done(null, payload)
    const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.from(payload) : Buffer.alloc(0)
    // An answer without a body cannot be cut in its middle, so all of it is lost.
    if (effect === 'drop' || request.method === 'HEAD' || body.length === 0) {
      untilFirstInPipeline(reply.raw).then(() => dropConnection(reply), done)
    } else {
      reply.header('content-length', body.length)
      done(null, Readable.from(sendFirstHalf(body, reply.raw)))
    }
  })
}

/** Does what a fault does before the request reaches its handler. */
async function applyFault (request: FastifyRequest, reply: FastifyReply, { fault, delay, holds, timeout, refuse = unauthorized }: FaultScope & TriggeredFault): Promise<unknown> {
  const { effect, status } = fault
  if (effect === 'hang') {
    // The body has to be read: a request that does not arrive whole in time is answered with 408.
    request.raw.resume()
    await holds.hold(reply.raw, null)
    return dropConnection(reply)
  }
  const ending = delay > 0 ? await holds.hold(reply.raw, Math.min(delay, timeout)) : 'elapsed'
  if (ending === 'disconnected') return dropConnection(reply)
  if (ending === 'stopping' || ending === 'reset') throw heldBackNoLonger(ending)
  if (delay > timeout) throw requestTimeout()
  if (effect === 'reset') return resetConnection(request, reply)
  if (status === 304) return reply.code(304).headers(fault.headers ?? {}).send()
  if (status !== null) throw refusalFor(fault, status, refuse)
}

/** The answer to a request that was held back when the server began to stop, or everything was reset. */
const heldBackNoLonger = (ending: 'stopping' | 'reset'): XblError =>
  new FaultRefusal(503, `The emulator ${ending === 'stopping' ? 'stops' : 'was reset'}, and holds the request back no longer; it was not carried out.`, { code: ErrorCode.unavailable })

/** Ends the connection (in HTTP/2, the stream) instead of answering. */
function dropConnection (reply: FastifyReply): void {
  reply.hijack()
  reply.raw.destroy()
}

/** Resets the connection. A request without one, made by Fastify's `inject`, is just not answered. */
function resetConnection ({ raw: { socket } }: FastifyRequest, reply: FastifyReply): void {
  if (!('resetAndDestroy' in socket)) return dropConnection(reply)
  reply.hijack()
  socket.resetAndDestroy()
}

/** Yields the first half of a body, then fails, so that the answer is never completed. */
async function * sendFirstHalf (body: Buffer, response: ServerResponse): AsyncGenerator<Buffer> {
  yield body.subarray(0, body.length >> 1)
  await untilFirstInPipeline(response)
  // Fastify logs an error with this code as a client that went away, not as a failure of the server.
  throw Object.assign(new Error('truncated by a fault'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
}

/** Waits until the answers to earlier requests on the connection are sent: a later response has no socket before. */
async function untilFirstInPipeline (response: ServerResponse): Promise<void> {
  if (response.socket === null) await once(response, 'socket')
  // What was written before is sent in this turn of the event loop, before the connection ends.
  await setImmediate()
}

function readProperties (request: FastifyRequest, { xuid, titleId }: Pick<RequestProperties, 'xuid' | 'titleId'>): RequestProperties {
  const path = pathOf(request)
  // A fault for the caller's XUID also happens to /users/me.
  const withXuid = xuid === null ? path : path.replace(ME, `/users/xuid(${xuid})/`)
  return { method: request.method, paths: withXuid === path ? [path] : [path, withXuid], xuid, titleId }
}
