import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

/** Loads the package when it is needed first. Unlike import(), it returns no promise. */
const loadModule = createRequire(import.meta.url)

/** What RFC 6455, section 1.3, adds to the key of a client. */
const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** The only version of the protocol: RFC 6455, section 4.1. */
export const WEB_SOCKET_VERSION = '13'

/** How large a message of a client may be, in bytes: a resource is a URI. A larger one closes the connection with 1009. */
const MAX_MESSAGE = 16 * 1024

/** How a connection is read. The compression of messages is not offered, so a small frame stays small. */
const SOCKET_OPTIONS = {
  maxPayload: MAX_MESSAGE,
  maxFragments: 1024,
  maxBufferedChunks: 1024,
  /** `ws` would cut the connection of a client that sends some pings at once. */
  autoPong: false,
  allowSynchronousEvents: true,
  /** How long a client may take to answer a close frame, in ms. */
  closeTimeout: 5000
}

const NO_BYTES = Buffer.alloc(0)

/** The part of `ws` with which its own server begins. The types do not have it. */
interface ServerSide {
  new (address: null, protocols: undefined, options: typeof SOCKET_OPTIONS): WebSocket & { setSocket: (socket: Socket, head: Buffer, options: typeof SOCKET_OPTIONS) => void }
}

/** The server's side of a WebSocket, on a connection on which the answer 101 was sent. */
export function beginWebSocket (socket: Socket): WebSocket {
  const { WebSocket } = loadModule('ws') as { WebSocket: ServerSide }
  const webSocket = new WebSocket(null, undefined, SOCKET_OPTIONS)
  webSocket.setSocket(socket, NO_BYTES, SOCKET_OPTIONS)
  return webSocket
}

/** A key of a client: 16 bytes in base64. */
const KEY = /^[+/\dA-Za-z]{22}==$/

export const isWebSocketKey = (key: string): boolean => KEY.test(key)

/** The value of `Sec-WebSocket-Accept` for the key of a client: RFC 6455, section 4.2.2. */
export const acceptanceOf = (key: string): string => createHash('sha1').update(key + KEY_SUFFIX).digest('base64')
