import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ErrorCode, FaultAnswer, requestTimeout, unauthorized, type XblError } from '../../model/refusals.ts'
import { pathOf } from '../../http/target.ts'
import { answerOf } from './fault-answers.ts'
import { faultRouteOf } from './fault-reach.ts'
import type { Facts, Faults, Happening } from './faults.ts'
import type { Holds } from './holds.ts'

const ME = /^\/users\/me\//i

declare module 'fastify' {
  interface FastifyRequest {
    /** What goes wrong with it, because a test wants it to. */
    happening?: Happening
  }
}

/** What happens to the requests of a family of hosts. */
interface FaultScope {
  readonly faults: Faults
  readonly holds: Holds
  /** A delay that is longer ends after it, in 408; ms. */
  readonly timeout: number
  /** True when requests carry a token with claims. */
  readonly hasClaims?: boolean
  /** The 401 of these hosts. */
  readonly refuse?: (message: string) => XblError
}

const NO_CLAIMS = { xuid: null, titleId: null }

/** Lets faults happen to the requests of a service: after it is known who calls, before anything else. */
export function injectFaults (service: FastifyInstance, scope: FaultScope): void {
  const { faults, hasClaims = false } = scope
  service.addHook('onRoute', (route) => faults.reach(faultRouteOf(route, hasClaims)))

  service.addHook('onRequest', (request, reply, done) => {
    if (faults.isEmpty()) return done()
    const happening = faults.take(factsOf(request, hasClaims ? request.session : NO_CLAIMS))
    if (happening === null) return done()
    request.happening = happening
    request.isFaulty = true
    happen(request, reply, { ...scope, ...happening }).then(() => done(), done)
  })

  service.addHook('onSend', (request, reply, payload, done) => {
    const effect = request.happening?.fault.effect
    if (effect !== 'truncate' && effect !== 'drop') return done(null, payload)
    const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.from(payload) : Buffer.alloc(0)
    // What has no body has no middle: it is lost whole.
    if (effect === 'drop' || request.method === 'HEAD' || body.length === 0) {
      untilTurn(reply.raw).then(() => lose(reply), done)
    } else {
      reply.header('content-length', body.length)
      done(null, Readable.from(half(body, reply.raw)))
    }
  })
}

/** What happens to a request before it is carried out. */
async function happen (request: FastifyRequest, reply: FastifyReply, { fault, delay, holds, timeout, refuse = unauthorized }: FaultScope & Happening): Promise<unknown> {
  const { effect, status } = fault
  if (effect === 'hang') {
    // So that it comes whole: one that is too late is refused.
    request.raw.resume()
    await holds.hold(reply.raw, null)
    return lose(reply)
  }
  const ending = delay > 0 ? await holds.hold(reply.raw, Math.min(delay, timeout)) : 'over'
  if (ending === 'gone') return lose(reply)
  if (ending === 'stopping') throw stopping()
  if (delay > timeout) throw requestTimeout()
  if (effect === 'reset') return reset(request, reply)
  if (status === 304) return reply.code(304).headers(fault.headers ?? {}).send()
  if (status !== null) throw answerOf(fault, status, refuse)
}

/** What a client is told whose request was held back when the server was told to stop. */
const stopping = (): XblError =>
  new FaultAnswer(503, 'The emulator stops, and holds the request back no longer; it was not carried out.', { code: ErrorCode.unavailable })

/** Ends the connection, or of HTTP/2 the stream, where an answer would be. */
function lose (reply: FastifyReply): void {
  reply.hijack()
  reply.raw.destroy()
}

/** Resets the connection; a request that came over none (`inject`) has its answer lost. */
function reset ({ raw: { socket } }: FastifyRequest, reply: FastifyReply): void {
  if (!('resetAndDestroy' in socket)) return lose(reply)
  reply.hijack()
  socket.resetAndDestroy()
}

/** The first half, and no end. */
async function * half (body: Buffer, response: ServerResponse): AsyncGenerator<Buffer> {
  yield body.subarray(0, body.length >> 1)
  await untilTurn(response)
  // By its code Fastify knows what is no error of the server.
  throw Object.assign(new Error('truncated by a fault'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
}

/** Answers to requests that came before it on the connection leave first; until then it has none to end. */
async function untilTurn (response: ServerResponse): Promise<void> {
  if (response.socket === null) await once(response, 'socket')
  // What is written leaves before the connection ends.
  await setImmediate()
}

function factsOf (request: FastifyRequest, { xuid, titleId }: Pick<Facts, 'xuid' | 'titleId'>): Facts {
  const path = pathOf(request)
  // The caller's own place has two names.
  const named = xuid === null ? path : path.replace(ME, `/users/xuid(${xuid})/`)
  return { method: request.method, paths: named === path ? [path] : [path, named], xuid, titleId }
}
