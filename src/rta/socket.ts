import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Caller } from '../model/session.ts'
import type { Connection, Conversation } from './connection.ts'

/** How much may wait for a client that does not read, in bytes; a frame that is sent beyond it cuts the connection. A single frame may be larger. */
const MOST_QUEUED = 1024 * 1024

/** `readyState` of a WebSocket that is open. */
const OPEN = 1

/** What is known of a connection when it begins. */
export interface Opening extends Pick<Connection, 'caller' | 'acceptLanguage' | 'hasProtocol'> {
  /** The Authorization header: the session that it names can be deleted. */
  readonly authorization: string
}

/** What a connection tells of itself. */
export interface SocketEvents {
  readonly received: (connection: SocketConnection, text: string) => void
  readonly sent: (connection: SocketConnection, text: string) => void
  /** It is cut because the client does not read. */
  readonly cut: (connection: SocketConnection) => void
  /** A binary frame came; it closes the connection. */
  readonly receivedBinary: (connection: SocketConnection) => void
  readonly closed: (connection: SocketConnection, ending: Ending) => void
}

/** How a connection has ended. */
export interface Ending {
  /** True when the client has closed it. */
  readonly byClient: boolean
  /** RFC 6455, section 7.4; 1006 when it was cut. */
  readonly code: number
  readonly reason: string
}

/** The codes with which `ws` closes a connection for what it was sent, where it is not 1002. */
const CODES_OF_ERRORS: Readonly<Record<string, number>> = { WS_ERR_INVALID_UTF8: 1007, WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009, WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008 }

const CUT = 1006

/** A connection over a WebSocket that is open. */
export class SocketConnection implements Connection {
  readonly id: number
  readonly caller: Caller
  readonly acceptLanguage: string | undefined
  readonly hasProtocol: boolean
  readonly hasMissed: boolean
  readonly authorization: string
  /** When it was opened, and when it is closed at the latest: instants on the emulator's clock. */
  readonly opened: string
  ends: string
  readonly #socket: WebSocket
  readonly #events: SocketEvents
  /** How many bytes had been read at the last look, and whether the client was asked then for a sign of life. */
  #read = 0
  #isAsked = false
  /** How this side ends it. */
  #ending: Ending | undefined

  constructor (socket: WebSocket, { id, hasMissed, opened, ends, ...opening }: Opening & Pick<Connection, 'id' | 'hasMissed'> & { opened: string, ends: string }, events: SocketEvents) {
    this.id = id
    this.caller = opening.caller
    this.acceptLanguage = opening.acceptLanguage
    this.hasProtocol = opening.hasProtocol
    this.hasMissed = hasMissed
    this.authorization = opening.authorization
    this.opened = opened
    this.ends = ends
    this.#socket = socket
    this.#events = events
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // What comes after this side has closed is not read.
      if (socket.readyState !== OPEN) return
      if (!isBinary) return events.received(this, data.toString())
      events.receivedBinary(this)
      this.close(1003, 'Binary frames are not read; expected text.')
    })
    // What is no WebSocket frame, too large or not UTF-8: it closes the connection itself, with 1002, 1009 or 1007.
    socket.on('error', ({ message, code }: NodeJS.ErrnoException) => {
      if (code?.startsWith('WS_ERR_')) this.#ending ??= { byClient: false, code: CODES_OF_ERRORS[code] ?? 1002, reason: message }
    })
    socket.once('close', (code, reason) => events.closed(this, this.#ending ?? { byClient: true, code, reason: reason.toString() }))
  }

  readonly send = (text: string): void => {
    const socket = this.#socket
    if (socket.readyState !== OPEN) return
    if (socket.bufferedAmount > MOST_QUEUED) {
      this.#events.cut(this)
      this.#terminate('The client does not read.')
      return
    }
    this.#events.sent(this, text)
    socket.send(text)
  }

  readonly close = (code: number, reason: string): void => {
    if (this.#socket.readyState === OPEN) this.#ending ??= { byClient: false, code, reason }
    this.#socket.close(code, reason)
  }

  #terminate (reason: string): void {
    this.#ending ??= { byClient: false, code: CUT, reason }
    this.#socket.terminate()
  }

  /**
   * Asks a client for a sign of life of which nothing was read since the last call, and cuts the connection of one that
   * was asked before. @param read how many bytes were read of the connection in all.
   */
  requireLife (read: number): void {
    const isSilent = read === this.#read
    this.#read = read
    if (isSilent && this.#isAsked) return this.#terminate('The client has given no sign of life.')
    this.#isAsked = isSilent
    if (isSilent) this.#socket.ping()
  }
}

/** An open connection, with what was read of it. */
export interface OpenSocket {
  readonly connection: SocketConnection
  readonly conversation: Conversation
  readonly socket: Socket
}
