import { constants, createServer as createHttp2Server, type Http2Server, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2'
import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, type TLSSocket } from 'node:tls'
import { requestTimeout } from '../errors.ts'
import type { Issued } from './issue.ts'

/** A second way into an HTTP server: TLS. */
export type SecureListener = ReturnType<typeof createSecureListener>

/**
 * Lets an HTTP server answer over TLS, too. What is HTTP/1.1 inside is handed to the server as a
 * connection, so that everything holds for it that holds without TLS; HTTP/2 requests are handed to it
 * one by one, in the words of HTTP/1.1.
 *
 * @param timeout how long a request may take to arrive whole, in ms.
 */
export function createSecureListener (server: Server, { certificate, key }: Issued, timeout: number) {
  const { http2, sessions } = createHttp2(server, timeout)
  const connections = new Set<Duplex>()
  const tls = createServer({ cert: certificate, key, ALPNProtocols: ['h2', 'http/1.1'] }, (socket: TLSSocket) => {
    // It has no TCP handle of its own to reset: it ends without TLS's goodbye, which tells the same.
    socket.resetAndDestroy = () => socket.destroy();
    (socket.alpnProtocol === 'h2' ? http2 : server).emit('connection', socket)
  })
  tls.on('connection', (socket) => keepWhileOpen(connections, socket))
  return {
    /** Resolves with where it listens. */
    async listen (host: string, port: number): Promise<AddressInfo> {
      await once(tls.listen({ host, port }), 'listening')
      return tls.address() as AddressInfo
    },

    /** Takes no new connections, and no new requests over HTTP/2. */
    stop (): void {
      tls.close()
      for (const session of sessions) session.close()
    },

    /** Ends every connection, also one whose handshake is not over. */
    destroy (): void {
      for (const connection of connections) connection.destroy()
    }
  }
}

/** A server of HTTP/2 that lets an HTTP server answer, and its open sessions. */
function createHttp2 (server: Server, timeout: number): { http2: Http2Server, sessions: ReadonlySet<ServerHttp2Session> } {
  const sessions = new Set<ServerHttp2Session>()
  const http2 = createHttp2Server()
  http2.on('session', (session) => {
    keepWhileOpen(sessions, session)
    session.setTimeout(timeout, () => session.close())
  })
  for (const event of ['request', 'checkExpectation'] as const) {
    http2.on(event, (request: Http2ServerRequest, response: Http2ServerResponse) => {
      speakHttp1(request, response)
      endLate(request, response, timeout)
      server.emit(event, request, response)
    })
  }
  http2.on('connect', (request: Http2ServerRequest, { stream }: Http2ServerResponse) => server.emit('connect', request, stream))
  return { http2, sessions }
}

function keepWhileOpen<T extends { once: (event: 'close', listener: () => void) => unknown }> (set: Set<T>, item: T): void {
  set.add(item)
  item.once('close', () => set.delete(item))
}

/** What means the same by another name in HTTP/1.1, which is what the rest speaks. */
function speakHttp1 ({ headers, stream }: Http2ServerRequest, response: Http2ServerResponse): void {
  headers.host = (headers[':authority'] as string | undefined) ?? headers.host
  // A body whose length is not said comes in frames, as it comes in chunks there.
  if (!stream.endAfterHeaders && headers['content-length'] === undefined) headers['transfer-encoding'] = 'chunked'
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
