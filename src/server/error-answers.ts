import { randomUUID } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import type { ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { sendText } from '../xbox/answers/answer-cache.ts'
import type { Config } from '../config/config.ts'
import type { Connections } from './connections.ts'
import { FaultAnswer, headersTooLarge, internalError, invalidRequest, methodNotAllowed, requestTimeout, unavailable, XblError } from '../model/refusals.ts'
import { isIgdbPath, representIgdbError } from '../igdb/error-body.ts'
import { logRequest } from './log.ts'
import { pathOf } from '../http/target.ts'
import { redact, redactPath } from '../http/redact.ts'
import { representError } from '../xbox/answers/error-body.ts'
import { beginAnswer, strayHeaders } from '../http/answer-headers.ts'
import { databaseBusy, isBusy } from '../store/write-queue.ts'

// An import of it would read everything that it exports, WebSocket too, which takes 20 ms to load.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** What is known where there is no request. */
interface Context {
  readonly log: FastifyBaseLogger
  readonly connections: Connections
}

/**
 * Every refusal leaves through here: nothing is answered in Fastify's or Node's own form.
 *
 * @param config its dialect decides what a refusal looks like, but for the IGDB view, which has one form.
 */
export function createErrorAnswers ({ dialect, igdb }: Pick<Config, 'dialect' | 'igdb'>) {
  const send = (error: XblError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    error.message = redact(error.message)
    request.refusal = { reason: error.message, trace: randomUUID() }
    const body = igdb && !Buffer.isBuffer(error.body) && isIgdbPath(pathOf(request)) ? representIgdbError(error) : representError(error, dialect, request.refusal.trace)
    // Fastify closes a connection on which too much comes; HTTP/2 has no such header.
    if (request.raw.httpVersionMajor === 2) reply.removeHeader('connection')
    // Whatever a route had set before it failed: a refusal is not to be kept in the place of its answer.
    reply.code(error.status).headers(request.form.uncacheable).type(request.form.jsonType).headers(error.headers)
    return Buffer.isBuffer(body) ? reply.send(body) : sendText(reply, JSON.stringify(body))
  }

  /** Answers on a connection, or a stream of HTTP/2, that has no response, and ends it on this side. */
  const refuse = (error: XblError, socket: Duplex, log: FastifyBaseLogger): void => {
    const trace = randomUUID()
    log.info({ status: error.status, reason: error.message, trace })
    const body = JSON.stringify(representError(error, dialect, trace))
    if ('respond' in socket) {
      const stream = socket as ServerHttp2Stream
      stream.respond({ ':status': error.status, ...headersOf(error, body) })
      stream.end(body)
      // Whether the client has more to send or not.
      stream.close()
    } else {
      socket.end(writeAnswer(error, body))
    }
    // What still comes is not looked at; that its sender ends is.
    socket.resume()
  }

  return {
    /** What a route or a hook throws. */
    onError (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
      const error = thrown instanceof Error ? thrown : new Error(`${inspect(thrown)} was thrown`)
      const refusal = toXblError(error)
      if (refusal.status >= 500 && !(refusal instanceof FaultAnswer)) request.log.error(error)
      return send(refusal, request, reply)
    },

    /** An URL that cannot be decoded never reaches a route, nor a hook, nor the log. */
    onBadUrl (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
      beginAnswer(request, reply, dialect)
      send(invalidRequest(`${redactPath(pathOf(request))} cannot be decoded; expected percent-encoded UTF-8.`), request, reply)
      logRequest(request, reply)
    },

    /**
     * What the HTTP parser refuses: there is no request yet, or not all of it, so the answer is written by
     * hand, after those to the requests before it.
     */
    onBadHttp (error: NodeJS.ErrnoException, socket: Socket, { log, connections }: Context): void {
      connections.afterAnswers(socket, (isAnswered) => {
        if (isAnswered || !socket.writable) socket.end()
        else refuse(parserRefusal(error), socket, log)
      })
    },

    /** CONNECT asks for a tunnel; Node hands over the connection, or of HTTP/2 the stream, instead of a response. */
    onConnect (socket: Duplex, { log, connections }: Context): void {
      connections.afterAnswers(socket, () => refuse(methodNotAllowed('CONNECT', 'GET, HEAD, POST'), socket, log))
    }
  }
}

function headersOf ({ headers }: XblError, body: string): OutgoingHttpHeaders {
  return {
    ...strayHeaders(),
    ...headers,
    'content-length': Buffer.byteLength(body)
  }
}

function writeAnswer (error: XblError, body: string): string {
  const lines = Object.entries({ ...headersOf(error, body), connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${lines.join('')}\r\n${body}`
}

function parserRefusal ({ code, message }: NodeJS.ErrnoException): XblError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT': return requestTimeout()
    case 'HPE_HEADER_OVERFLOW': return headersTooLarge()
    default: return invalidRequest(`The request is not HTTP/1.1: ${message}.`)
  }
}

/** Fastify's own refusals (an undecodable URL, a body that is no JSON) keep their status. */
function toXblError (error: Error & { statusCode?: number, code?: string }): XblError {
  if (error instanceof XblError) return error
  if (isBusy(error)) return databaseBusy()
  if (/^SQLITE_(FULL|IOERR|READONLY)/.test(error.code ?? '')) return unavailable(`The database cannot be used: ${error.message}; nothing was changed.`)
  const { statusCode = 500, message } = error
  if (statusCode === 400) return invalidRequest(message)
  return statusCode > 400 && statusCode < 500 ? new XblError(statusCode, message) : internalError()
}
