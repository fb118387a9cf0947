import type { Server } from 'node:http'
import { constants, createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { MAX_HEADER_SIZE } from '../../http/headers.ts'
import { requestTimeout } from '../../model/refusals.ts'

/** Requests at a time in one session. Clients are sent this limit, and keep to it. */
const MAX_STREAMS = 100

/**
 * Lets an HTTP server answer HTTP/2.
 *
 * @param timeout how long a request may take to arrive whole, and a client may read nothing of its
 *   answer, in ms.
 */
export function createHttp2 (server: Server, timeout: number) {
  const sessions = new Map<ServerHttp2Session, TLSSocket>()
  const http2 = createServer({
    settings: { maxConcurrentStreams: MAX_STREAMS },
    // So many that the limit in bytes is always reached first: that is refused with an answer, where this would reset the stream.
    maxHeaderListPairs: MAX_HEADER_SIZE
  })
  const socketOf = ({ session }: ServerHttp2Stream): TLSSocket => sessions.get(session as ServerHttp2Session) as TLSSocket
  for (const event of ['request', 'checkExpectation'] as const) {
    http2.on(event, (request: Http2ServerRequest, response: Http2ServerResponse) => {
      const socket = socketOf(request.stream)
      adaptToHttp1(request, response, socket)
      limitArrival(request, response, timeout)
      limitUnread(request.stream, socket, timeout)
      server.emit(event, request, response)
    })
  }
  http2.on('connect', (request: Http2ServerRequest, { stream }: Http2ServerResponse) => {
    limitUnread(stream, socketOf(stream), timeout)
    server.emit('connect', request, stream)
  })
  return {
    /** Begins an HTTP/2 session on a connection. */
    open (socket: TLSSocket): void {
      http2.once('session', (session) => {
        sessions.set(session, socket)
        session.once('close', () => sessions.delete(session))
        session.setTimeout(timeout, () => session.close())
      })
      http2.emit('connection', socket)
    },

    /** Ends every session once its requests under way are answered. */
    close (): void {
      for (const session of sessions.keys()) session.close()
    }
  }
}

/** Gives a request and its response the form of HTTP/1.1, for which the rest of the emulator is written. */
function adaptToHttp1 (request: Http2ServerRequest, response: Http2ServerResponse, socket: TLSSocket): void {
  const { headers, stream } = request
  // RFC 9113, section 8.3.1: :authority takes precedence over a Host that differs.
  headers.host = (headers[':authority'] as string | undefined) ?? headers.host
  // A body of unknown length comes in frames; in HTTP/1.1 it would come in chunks.
  if (!stream.endAfterHeaders && headers['content-length'] === undefined) headers['transfer-encoding'] = 'chunked'
  // The socket of Node's compatibility API acts on the stream in part.
  Object.defineProperty(request, 'socket', { value: socket })
  // An answer of HTTP/1.1 that breaks off is seen to be incomplete. Here the stream would end as usual, and a client that does not count the bytes would take it for whole.
  response.destroy = () => {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR)
    return response
  }
}

/** Limits the time in which a request has to arrive whole: Node does that in HTTP/1.1 alone. */
function limitArrival (request: Http2ServerRequest, response: Http2ServerResponse, timeout: number): void {
  // Repeated, because the body may have no listener for errors yet.
  const late = setInterval(() => request.emit('error', requestTimeout()), timeout)
  const stop = (): void => clearInterval(late)
  request.on('error', () => {}).once('end', stop)
  response.once('close', stop)
}

/** Limits the time in which a client may read nothing of its answer. The whole connection is ended: a client that does not read would not see a stream's reset. */
function limitUnread (stream: ServerHttp2Stream, socket: TLSSocket, timeout: number): void {
  stream.setTimeout(timeout, () => { if (stream.writableLength > 0) socket.destroy() })
}
