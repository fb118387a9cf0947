import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { MAX_CONNECTIONS, type Connections } from '../connections.ts'
import { createHttp2 } from './http2.ts'
import type { Issued } from './issue.ts'

/** Handshakes under way at a time; one more connection is closed at once. */
const MAX_HANDSHAKES = 5000
/** How long a handshake may take, in ms. */
const HANDSHAKE_TIMEOUT = 10_000

/** A second way into an HTTP server: TLS. */
export type SecureListener = ReturnType<typeof createSecureListener>

/**
 * Lets an HTTP server answer over TLS, too. What is HTTP/1.1 inside is handed to the server as a
 * connection, so that everything holds for it that holds without TLS; HTTP/2 requests are handed to it
 * one by one, in the words of HTTP/1.1.
 *
 * @param timeout how long a request may take to arrive whole, in ms.
 */
export function createSecureListener (server: Server, { certificate, key }: Issued, { timeout, connections, maxHandshakes = MAX_HANDSHAKES, handshakeTimeout = HANDSHAKE_TIMEOUT }: {
  timeout: number, connections: Connections, maxHandshakes?: number, handshakeTimeout?: number
}) {
  const http2 = createHttp2(server, timeout)
  const handshakes = new Map<string, Socket>()
  const tls = createServer({
    cert: certificate,
    key,
    // A client that offers others alone is refused, as RFC 7301 demands; one that offers none gets HTTP/1.1.
    ALPNProtocols: ['h2', 'http/1.1', 'http/1.0'],
    handshakeTimeout,
    // As HTTP has it without TLS.
    allowHalfOpen: true
  }, (socket: TLSSocket) => {
    handshakes.delete(nameOf(socket))
    // It has no TCP handle of its own to reset: it ends without TLS's goodbye, which tells the same.
    socket.resetAndDestroy = () => socket.destroy()
    if (socket.alpnProtocol === 'h2') {
      // A session has no use for half of a connection.
      socket.allowHalfOpen = false
      connections.watch(socket)
      http2.open(socket)
    } else {
      server.emit('connection', socket)
    }
  })
  tls.maxConnections = MAX_CONNECTIONS
  tls.on('connection', (socket: Socket) => {
    if (handshakes.size >= maxHandshakes) {
      socket.destroy()
      return
    }
    const name = nameOf(socket)
    handshakes.set(name, socket)
    socket.once('close', () => handshakes.delete(name))
  })
  // Node tells of a handshake that takes too long, and leaves its connection open.
  tls.on('tlsClientError', (_error, socket) => socket.destroy())
  return {
    /** Fails when it no longer can listen. */
    server: tls,

    /** Resolves with where it listens. */
    async listen (host: string, port: number): Promise<AddressInfo> {
      await once(tls.listen({ host, port }), 'listening')
      return tls.address() as AddressInfo
    },

    /** Takes no new connections, and no new requests over HTTP/2. */
    stop (): void {
      tls.close()
      for (const socket of handshakes.values()) socket.destroy()
      http2.close()
    }
  }
}

/** The same for a connection and for what TLS makes of it. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`
