import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createServer, type Server as TlsServer } from 'node:tls'
import { MAX_CONNECTIONS, type Connections } from '../connections.ts'
import { logHandshakes, type HandshakeLogOptions } from './handshake-log.ts'
import { createHttp2 } from './http2.ts'
import type { CertifiedKey } from './issue.ts'

/** Handshakes under way at a time; one more connection is closed at once. */
const MAX_HANDSHAKES = 5000
/** How long a handshake may take, in ms. */
const HANDSHAKE_TIMEOUT = 10_000

const TLS_OPTIONS = {
  // A client that offers only other protocols is refused, as RFC 7301 demands; one that offers none gets HTTP/1.1.
  ALPNProtocols: ['h2', 'http/1.1', 'http/1.0'],
  // As Node's HTTP servers have it without TLS.
  allowHalfOpen: true
}

/** TLS in front of an HTTP server. */
export type SecureListener = ReturnType<typeof createSecureListener>

/**
 * Lets an HTTP server answer over TLS, too. A connection that speaks HTTP/1.1 is handed to the server
 * whole, so that all of its limits hold for it; of one that speaks HTTP/2 each request is handed over,
 * in the form of HTTP/1.1.
 *
 * @param timeout how long a request may take to arrive whole, in ms.
 */
export function createSecureListener (server: Server, { certificate, key }: CertifiedKey, { timeout, connections, maxHandshakes = MAX_HANDSHAKES, handshakeTimeout = HANDSHAKE_TIMEOUT, ...logging }: {
  timeout: number, connections: Connections, maxHandshakes?: number, handshakeTimeout?: number
} & HandshakeLogOptions) {
  const http2 = createHttp2(server, timeout)
  const tls = createServer({ ...TLS_OPTIONS, cert: certificate, key, handshakeTimeout })
  const handshakes = watchHandshakes(tls, maxHandshakes)
  logHandshakes(tls, server, { certificate, ...logging })
  tls.on('secureConnection', (socket) => {
    // A TLS socket has no TCP handle of its own to reset. It ends without TLS's close_notify, which tells a client the same.
    socket.resetAndDestroy = () => socket.destroy()
    if (socket.alpnProtocol === 'h2') {
      // A connection of HTTP/2 that is closed on one side is of no use.
      socket.allowHalfOpen = false
      connections.watch(socket)
      http2.open(socket)
    } else {
      server.emit('connection', socket)
    }
  })
  return {
    /** Emits an error when it can no longer listen. */
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

/** Limits the connections of a server whose handshakes are under way, and returns them by client. */
function watchHandshakes (tls: TlsServer, max: number): ReadonlyMap<string, Socket> {
  const handshakes = new Map<string, Socket>()
  tls.maxConnections = MAX_CONNECTIONS
  tls.on('connection', (socket: Socket) => {
    if (handshakes.size >= max) {
      socket.destroy()
      return
    }
    const client = clientOf(socket)
    handshakes.set(client, socket)
    socket.once('close', () => handshakes.delete(client))
  })
  tls.on('secureConnection', (socket) => handshakes.delete(clientOf(socket)))
  // Node reports a handshake that takes too long, and leaves its connection open.
  tls.on('tlsClientError', (_error, socket) => socket.destroy())
  return handshakes
}

/** The address and port of a client: the same for a TCP socket and for the TLS socket that is made of it. */
const clientOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`
