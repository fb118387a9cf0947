import type { WebSocket } from 'ws'
import type { Caller } from '../model/session.ts'
import type { Connection } from './connection.ts'

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
  readonly closed: (connection: SocketConnection) => void
}

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
      if (isBinary) this.close(1003, 'Binary frames are not read; expected text.')
      else events.received(this, data.toString())
    })
    // What is no WebSocket frame, too large or not UTF-8: it closes the connection itself, with 1002, 1009 or 1007.
    socket.on('error', () => {})
    socket.once('close', () => events.closed(this))
  }

  readonly send = (text: string): void => {
    const socket = this.#socket
    if (socket.readyState !== OPEN) return
    if (socket.bufferedAmount > MOST_QUEUED) {
      this.#events.cut(this)
      socket.terminate()
      return
    }
    this.#events.sent(this, text)
    socket.send(text)
  }

  readonly close = (code: number, reason: string): void => { this.#socket.close(code, reason) }

  /**
   * Asks a client for a sign of life of which nothing was read since the last call, and cuts the connection of one that
   * was asked before. @param read how many bytes were read of the connection in all.
   */
  requireLife (read: number): void {
    const isSilent = read === this.#read
    this.#read = read
    if (isSilent && this.#isAsked) return this.#socket.terminate()
    this.#isAsked = isSilent
    if (isSilent) this.#socket.ping()
  }
}
