import type { Server } from 'node:http'
import { constants, createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { requestTimeout } from '../../model/refusals.ts'
import { MAX_HEADER_SIZE } from '../../http/request-headers.ts'

/** Requests at a time in one session; a client that knows it waits with the next. */
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
    // As many as fit the limit in bytes, which is refused and not, as this would be, reset.
    maxHeaderListPairs: MAX_HEADER_SIZE
  })
  const socketOf = ({ session }: ServerHttp2Stream): TLSSocket => sessions.get(session as ServerHttp2Session) as TLSSocket
  for (const event of ['request', 'checkExpectation'] as const) {
    http2.on(event, (request: Http2ServerRequest, response: Http2ServerResponse) => {
      const socket = socketOf(request.stream)
      speakHttp1(request, response, socket)
      endLate(request, response, timeout)
      endUnread(request.stream, socket, timeout)
      server.emit(event, request, response)
    })
  }
  http2.on('connect', (request: Http2ServerRequest, { stream }: Http2ServerResponse) => {
    endUnread(stream, socketOf(stream), timeout)
    server.emit('connect', request, stream)
  })
  return {
    /** Begins a session on a connection. */
    open (socket: TLSSocket): void {
      http2.once('session', (session) => {
        sessions.set(session, socket)
        session.once('close', () => sessions.delete(session))
        session.setTimeout(timeout, () => session.close())
      })
      http2.emit('connection', socket)
    },

    /** Ends every session, after what is under way in it. */
    close (): void {
      for (const session of sessions.keys()) session.close()
    }
  }
}

/** What means the same by another name in HTTP/1.1, which is what the rest speaks. */
function speakHttp1 (request: Http2ServerRequest, response: Http2ServerResponse, socket: TLSSocket): void {
  const { headers, stream } = request
  // RFC 9113, section 8.3.1: it goes before a Host that differs.
  headers.host = (headers[':authority'] as string | undefined) ?? headers.host
  // A body whose length is not said comes in frames, as it comes in chunks there.
  if (!stream.endAfterHeaders && headers['content-length'] === undefined) headers['transfer-encoding'] = 'chunked'
  // Node's own stands for the stream in part.
  Object.defineProperty(request, 'socket', { value: socket })
  // An answer that breaks off there has no end; here it would have one, and be whole to who does not count.
  response.destroy = () => {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR)
    return response
  }
}

/** Node's HTTP/2 has no limit for a request to arrive whole, as its HTTP/1.1 has. */
function endLate (request: Http2ServerRequest, response: Http2ServerResponse, timeout: number): void {
  // Again and again: nobody may be listening for the body yet.
  const late = setInterval(() => request.emit('error', requestTimeout()), timeout)
  const stop = (): void => clearInterval(late)
  request.on('error', () => {}).once('end', stop)
  response.once('close', stop)
}

/** To reset the stream alone would take a client that reads. */
function endUnread (stream: ServerHttp2Stream, socket: TLSSocket, timeout: number): void {
  stream.setTimeout(timeout, () => { if (stream.writableLength > 0) socket.destroy() })
}
