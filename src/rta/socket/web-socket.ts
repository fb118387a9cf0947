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
  skipUTF8Validation: false,
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

/** How many texts are remembered with their frames. */
const MOST_TEXT_FRAMES = 16

/** The part of `ws` that makes frames, of which its types say nothing. */
interface FrameMaker {
  readonly frame: (data: Buffer, options: { fin: boolean, opcode: number, mask: boolean, rsv1: boolean, readOnly: boolean }) => Buffer[]
}

const TEXT_OPTIONS = { fin: true, opcode: 1, mask: false, rsv1: false, readOnly: true }

/**
 * Makes the bytes of text frames. Those of one that goes to thousands of connections, one after another, are made once:
 * connections that are read slowly have the same bytes in their queues, and `ws` would write each frame in two parts.
 */
export function createTextFrames (): (text: string) => Buffer {
  const known = new Map<string, Buffer>()
  let maker: FrameMaker | undefined
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    maker ??= (loadModule('ws') as { Sender: FrameMaker }).Sender
    const bytes = Buffer.concat(maker.frame(Buffer.from(text), TEXT_OPTIONS))
    if (known.size === MOST_TEXT_FRAMES) known.clear()
    known.set(text, bytes)
    return bytes
  }
}

/** A key of a client: 16 bytes in base64. */
const KEY = /^[+/\dA-Za-z]{22}==$/

export const isWebSocketKey = (key: string): boolean => KEY.test(key)

/** The value of `Sec-WebSocket-Accept` for the key of a client: RFC 6455, section 4.2.2. */
export const acceptanceOf = (key: string): string => createHash('sha1').update(key + KEY_SUFFIX).digest('base64')
