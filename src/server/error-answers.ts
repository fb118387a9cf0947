import { randomUUID } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import type { ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { allowPage, readOrigins } from '../http/cors.ts'
import { HEADER_DEFAULTS, headersWithoutRequest, setCommonHeaders } from '../http/headers.ts'
import { findXboxHost } from '../http/hosts.ts'
import { redact, redactPath } from '../http/redact.ts'
import { sendText } from '../http/send.ts'
import { isIgdbPath, igdbErrorBody } from '../igdb/answers.ts'
import type { Dialect } from '../model/dialect.ts'
import { headersTooLarge, internalError, invalidRequest, methodNotAllowed, requestTimeout, unavailable, XblError } from '../model/refusals.ts'
import { findRefusalForm, findRequestId, type RefusalForm } from '../sign-in/refusal-forms.ts'
import { databaseBusy, isBusy } from '../store/write-queue.ts'
import { toErrorBody } from '../xbox/answers/error-body.ts'
import type { Connections } from './connections.ts'
import { logRequest } from './log.ts'

// Not imported: an import would evaluate every export of the module, WebSocket too, which takes 20 ms to load.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** What it takes to answer an error that belongs to no request. */
interface ServerContext {
  readonly log: FastifyBaseLogger
  readonly connections: Connections
}

export type ErrorAnswers = ReturnType<typeof createErrorAnswers>

/**
 * Every refusal leaves through here, so that none has the body that Fastify or Node would give it.
 *
 * @param config its dialect decides what the body of a refusal looks like; the IGDB routes and the hosts that people sign in at
 *   have their own forms.
 */
export function createErrorAnswers (config: Pick<Config, 'dialect' | 'igdb' | 'signIn' | 'allowedOrigins' | 'tls' | 'tlsPort'>) {
  const { dialect } = config
  const origins = readOrigins(config)
  return {
    /** Answers what a route or a hook throws. */
    onError (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
      const error = thrown instanceof Error ? thrown : new Error(`${inspect(thrown)} was thrown`)
      const refusal = toXblError(error)
      // What is refused on purpose has its reason in the request's own line.
      if (refusal.status >= 500 && refusal !== error) request.log.error(error)
      return sendRefusal(refusal, { request, reply, config })
    },

    /** Answers a request whose URL cannot be decoded: Fastify calls no hook for it, and does not log it. */
    onBadUrl (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
      request.now = Date.now()
      setCommonHeaders(request, reply, dialect)
      allowPage(request, reply, origins)
      sendRefusal(invalidRequest(`${redactPath(request.url)} cannot be decoded; expected percent-encoded UTF-8.`), { request, reply, config })
      logRequest(request, reply)
    },

    /** Answers what Node's HTTP parser refuses, where there is no request yet, after the responses to earlier requests. */
    onBadHttp (error: NodeJS.ErrnoException, socket: Socket, { log, connections }: ServerContext): void {
      connections.afterPending(socket, (isAnswered) => {
        if (isAnswered || !socket.writable) socket.end()
        else writeRefusal(parserRefusal(error, config), socket, { dialect, log })
      })
    },

    /** Refuses CONNECT, which asks for a tunnel. Node passes the connection, or the stream of HTTP/2, instead of a response. */
    onConnect (socket: Duplex, { log, connections }: ServerContext): void {
      connections.afterPending(socket, () => writeRefusal(methodNotAllowed('CONNECT', 'GET, HEAD, POST'), socket, { dialect, log }))
    }
  }
}

/** Sends a refusal as the response to a request. */
function sendRefusal (error: XblError, { request, reply, config }: {
  request: FastifyRequest, reply: FastifyReply, config: Pick<Config, 'dialect' | 'igdb' | 'signIn'>
}): FastifyReply {
  error.message = redact(error.message)
  request.refusal = { reason: error.message, trace: randomUUID() }
  const form = config.signIn ? findRefusalForm(request) : undefined
  const body = Buffer.isBuffer(error.body) ? error.body : refusalBody(error, { request, form, config })
  // Whatever is in the form of a host that people sign in at has its headers, too.
  const { noStore, jsonType } = form === undefined ? request.headerDefaults : HEADER_DEFAULTS.live
  // Fastify sets it after a body that is too large. HTTP/2 has no such header.
  if (request.raw.httpVersionMajor === 2) reply.removeHeader('connection')
  // A route may have set other cache headers before it failed: no cache may store the refusal.
  reply.code(error.status).headers(noStore).type(jsonType).headers(error.headers)
  return Buffer.isBuffer(body) ? reply.send(body) : sendText(reply, JSON.stringify(body))
}

/** The body of a refusal, in the form of the host that is asked. */
function refusalBody (error: XblError, { request, form, config: { dialect, igdb } }: {
  request: FastifyRequest, form: RefusalForm | undefined, config: Pick<Config, 'dialect' | 'igdb'>
}): object {
  const { trace } = request.refusal as { trace: string }
  if (form !== undefined) return form(error, { trace, correlation: findRequestId(request) ?? trace, now: request.now })
  return igdb && findXboxHost(request.headers.host) === undefined && isIgdbPath(request.url) ? igdbErrorBody(error) : toErrorBody(error, dialect, trace)
}

/** Writes a refusal to a connection, or a stream of HTTP/2, for which there is no response, and ends it on this side. */
function writeRefusal (error: XblError, socket: Duplex, { dialect, log }: { dialect: Dialect, log: FastifyBaseLogger }): void {
  const trace = randomUUID()
  log.info({ status: error.status, reason: error.message, trace })
  const body = JSON.stringify(toErrorBody(error, dialect, trace))
  const headers: OutgoingHttpHeaders = { ...headersWithoutRequest(), ...error.headers, 'content-length': Buffer.byteLength(body) }
  if ('respond' in socket) {
    const stream = socket as ServerHttp2Stream
    stream.respond({ ':status': error.status, ...headers })
    stream.end(body)
    // Also when the client has not sent all of its request.
    stream.close()
  } else {
    const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${lines.join('')}\r\n${body}`)
  }
  // Discards what the client still sends: its end is not noticed before that is read.
  socket.resume()
}

/** The first byte of TLS: a handshake. */
const TLS_RECORD = 0x16

function parserRefusal ({ code, message, rawPacket }: NodeJS.ErrnoException & { rawPacket?: Buffer }, config: Pick<Config, 'tls' | 'tlsPort'>): XblError {
  if (rawPacket?.[0] === TLS_RECORD) return invalidRequest(`The client speaks TLS to the port of HTTP; ask for http://, or ${whereTls(config)}.`)
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT': return requestTimeout()
    case 'HPE_HEADER_OVERFLOW': return headersTooLarge()
    default: return invalidRequest(`The request is not HTTP/1.1: ${message}.`)
  }
}

/** Where HTTPS is: a port that the system has chosen is in the greeting alone. */
function whereTls ({ tls, tlsPort }: Pick<Config, 'tls' | 'tlsPort'>): string {
  if (!tls) return 'start with --tls'
  return tlsPort === 0 ? 'the port of HTTPS' : `https:// on port ${tlsPort}`
}

/** The refusal for an error. Those that Fastify throws, for example for a body that is too large, keep their 4xx status. */
function toXblError (error: Error & { statusCode?: number, code?: string }): XblError {
  if (error instanceof XblError) return error
  if (isBusy(error)) return databaseBusy()
  if (/^SQLITE_(FULL|IOERR|READONLY)/.test(error.code ?? '')) return unavailable(`The database cannot be used: ${error.message}; nothing was changed.`)
  const { statusCode = 500, message } = error
  if (statusCode === 400) return invalidRequest(message)
  return statusCode > 400 && statusCode < 500 ? new XblError(statusCode, message) : internalError()
}
