import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Caller } from '../../model/session.ts'
import type { Connection, Conversation } from '../connection.ts'

/** How much may wait for a client that does not read, in bytes; a frame that is sent beyond it cuts the connection. A single frame may be larger. */
const MOST_QUEUED = 1024 * 1024

/** `readyState` of a WebSocket that is open. */
const OPEN = 1

/** What is known of a connection when it begins. */
export interface Opening extends Pick<Connection, 'caller' | 'hasProtocol'> {
  /** The Authorization header: the session that it names can be deleted. */
  readonly authorization: string
}

/** How a connection ended. */
export interface SocketEnd {
  /** A code of RFC 6455, section 7.4.1; 1006 when it was cut. */
  readonly code: number
  /** Also one that the client is not told: where the connection is cut, or `ws` closes it. */
  readonly reason: string
  /** True when this side has ended it. */
  readonly isOwn: boolean
}

const CUT = 1006
const PROTOCOL_ERROR = 1002

/** The codes with which `ws` closes a connection itself, by those of its errors; for all others it is that of a protocol error. */
const CODES_OF_ERRORS: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009
}

/** What a connection tells of itself. */
export interface SocketEvents {
  /** A frame has arrived. @param text of a binary frame, nothing. */
  readonly received: (connection: SocketConnection, text: string, isBinary: boolean) => void
  /** A text is being sent. @returns the bytes of its frame. */
  readonly sent: (connection: SocketConnection, text: string) => Buffer
  /** It is cut because the client does not read. */
  readonly unread: (connection: SocketConnection) => void
  readonly closed: (connection: SocketConnection, end: SocketEnd) => void
}

/** What is decided when a connection is opened. */
interface OpenedConnection extends Opening, Pick<Connection, 'id' | 'hasMissed'> {
  readonly opened: string
  readonly ends: string
  /** What the WebSocket is on. */
  readonly stream: Socket
}

/** A connection over a WebSocket that is open. */
export class SocketConnection implements Connection {
  readonly id: number
  readonly caller: Caller
  readonly hasProtocol: boolean
  readonly hasMissed: boolean
  readonly authorization: string
  /** When it was opened, and when it is closed at the latest: instants on the emulator's clock. */
  readonly opened: string
  readonly ends: string
  readonly #socket: WebSocket
  readonly #stream: Socket
  readonly #events: SocketEvents
  /** How this side has ended it. */
  #end: SocketEnd | null = null
  /** How many bytes had been read at the last look, and whether the client was asked then for a sign of life. */
  #read = 0
  #isAsked = false

  constructor (socket: WebSocket, { id, caller, hasProtocol, hasMissed, authorization, opened, ends, stream }: OpenedConnection, events: SocketEvents) {
    this.id = id
    this.caller = caller
    this.hasProtocol = hasProtocol
    this.hasMissed = hasMissed
    this.authorization = authorization
    this.opened = opened
    this.ends = ends
    this.#socket = socket
    this.#stream = stream
    this.#events = events
    // What comes after this side has closed is not read.
    socket.on('message', (data: Buffer, isBinary: boolean) => { if (socket.readyState === OPEN) events.received(this, isBinary ? '' : data.toString(), isBinary) })
    socket.on('ping', (data: Buffer) => { if (this.#hasRoom()) socket.pong(data) })
    // What is no WebSocket frame, too large or not UTF-8: `ws` closes the connection itself.
    socket.on('error', ({ code, message }: NodeJS.ErrnoException) => { this.#end ??= { code: CODES_OF_ERRORS[code as string] ?? PROTOCOL_ERROR, reason: message, isOwn: true } })
    socket.once('close', (code, reason) => events.closed(this, this.#end ?? { code, reason: reason.toString(), isOwn: false }))
  }

  /** False once either side has begun to close it. */
  get isOpen (): boolean { return this.#socket.readyState === OPEN }

  readonly send = (text: string): void => {
    if (!this.#hasRoom()) return
    // Not by `ws`, which would make the same bytes again for each connection. It has no frame under way: nothing is compressed.
    this.#stream.write(this.#events.sent(this, text))
  }

  /** Whether something can be sent. A client that does not read what was sent before is cut. */
  #hasRoom (): boolean {
    const { readyState, bufferedAmount } = this.#socket
    if (readyState !== OPEN) return false
    if (bufferedAmount <= MOST_QUEUED) return true
    this.#events.unread(this)
    this.cut('The client does not read.')
    return false
  }

  readonly close = (code: number, reason: string): void => {
    if (this.#socket.readyState === OPEN) this.#end = { code, reason, isOwn: true }
    this.#socket.close(code, reason)
  }

  /** Ends it without a close frame. */
  cut (reason: string): void {
    this.#end ??= { code: CUT, reason, isOwn: true }
    this.#socket.terminate()
  }

  /**
   * Asks a client for a sign of life of which nothing was read since the last call, and cuts the connection of one that
   * was asked before. @param read how many bytes were read of the connection in all.
   */
  requireLife (read: number): void {
    const isSilent = read === this.#read
    this.#read = read
    if (isSilent && this.#isAsked) return this.cut('The client gives no sign of life.')
    this.#isAsked = isSilent
    if (isSilent) this.#socket.ping()
  }
}

/** An open connection, with what is spoken on it. */
export interface OpenSocket {
  readonly connection: SocketConnection
  readonly conversation: Conversation
  readonly socket: Socket
}
