import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { systemTimers, type Timers } from '../base/timers.ts'

/** How many connections a port may have at a time, half of them WebSockets (rta/socket/sockets.ts); a further one is closed at once. */
export const MAX_CONNECTIONS = 20_000
/** How many requests a client of HTTP/1 may send on a connection without waiting for responses. HTTP/2 has a limit of its own. */
const MAX_PIPELINED = 100
/** How many times the request timeout a request may take, from its headers until the client has read its response. */
const MAX_TICKS = 10

/**
 * The connections of an HTTP server, each with the responses that are pending on it. It handles the errors
 * of connections, which would end the process otherwise, and closes those whose clients do not read:
 *
 * - when no byte of a response is read for the timeout, or for twice the timeout after some were read;
 * - when a response is not read whole after ten times the timeout, unless it is one without an end;
 * - when this side of the connection has ended, and the other one has not after twice the timeout.
 */
export class Connections {
  /** The pending responses of each connection, oldest first, with the tick in which they began; Infinity for those without an end. */
  readonly #pending = new Map<Socket, Map<ServerResponse, number>>()
  /** The connections whose own side had ended at the last tick. */
  readonly #ended = new WeakSet<Socket>()
  /** How many responses are pending on all connections. */
  #count = 0
  /** Counts the intervals of the length of the timeout. */
  #tick = 0
  #isClosing = false
  #onChange = (): void => {}

  /** @param timeout the request timeout, in ms. */
  constructor (server: Server, timeout: number, timers: Timers = systemTimers) {
    server.maxConnections = MAX_CONNECTIONS
    server.on('connection', (socket) => this.watch(socket))
    server.on('request', ({ socket, httpVersionMajor }, response) => {
      // Node parses all requests that have arrived, also while the client does not read the responses.
      if (httpVersionMajor === 1 && this.#pending.get(socket)?.size === MAX_PIPELINED) socket.destroy()
      this.#begin(socket, response)
    })
    // Node emits it for a connection that was idle for the timeout: node-server.ts.
    server.on('timeout', (socket) => this.#closeUnread(socket))
    server.once('listening', () => {
      server.once('close', timers.every(timeout, () => this.#closeLate()))
    })
  }

  /** Adds a connection. Those that the HTTP server emits, HTTP/1 over TLS included, are added without a call. */
  watch (socket: Socket): void {
    const pending = new Map<ServerResponse, number>()
    this.#pending.set(socket, pending)
    // Node removes its own listener from a connection that it hands over, as it does for CONNECT.
    socket.on('error', () => {})
    // A client that has ended its side may still read: a response that has begun is sent whole and ends the connection.
    socket.once('end', () => { if (![...pending.keys()].some(({ headersSent }) => headersSent)) endConnection(socket) })
    socket.once('close', () => {
      // Node 22 emits `close` only for the response that is being sent; Node 24 also for those that are queued behind it.
      for (const response of pending.keys()) if (response.socket === null) response.emit('close')
      this.#count -= pending.size
      pending.clear()
      this.#pending.delete(socket)
      this.#onChange()
    })
  }

  /**
   * Waits until the next bytes that are written to a connection, or a stream of HTTP/2, answer what arrived
   * last on it: until the responses to all requests that arrived whole before it have been sent.
   *
   * @param work is called then, at once when no response is pending. Its argument is true when what
   *   arrived last has a response already, which was sent before it had arrived whole.
   */
  afterPending (socket: Duplex, work: (isAnswered: boolean) => void): void {
    const pending = this.#pending.get(socket as Socket) ?? new Map<ServerResponse, number>()
    let isAnswered = false
    const next = (): void => {
      const response = [...pending.keys()].find(({ req, headersSent }) => req.complete || headersSent)
      if (response === undefined) return work(isAnswered)
      isAnswered = !response.req.complete
      response.once('close', next)
    }
    next()
  }

  /** Lets a response that goes on until its client has enough take as long as it is read. */
  endless (response: ServerResponse): void {
    for (const pending of this.#pending.values()) if (pending.has(response)) pending.set(response, Infinity)
  }

  /** How many responses are pending. */
  count (): number {
    return this.#count
  }

  /** Ends this side of every connection, at once or after its pending responses. */
  end (): void {
    this.#isClosing = true
    for (const [socket, pending] of this.#pending) if (pending.size === 0) endConnection(socket)
  }

  /** Resolves once no response is pending: each was sent, or its connection closed. */
  answered (): Promise<void> {
    return this.#until(() => this.#count === 0)
  }

  /** Resolves once every connection is closed. */
  closed (): Promise<void> {
    return this.#until(() => this.#pending.size === 0)
  }

  destroy (): void {
    for (const socket of this.#pending.keys()) socket.destroy()
  }

  #begin (socket: Socket, response: ServerResponse): void {
    const pending = this.#pending.get(socket)
    // The response cannot be sent any more.
    if (pending === undefined || !socket.writable) return
    pending.set(response, this.#tick)
    this.#count++
    response.once('close', () => {
      if (!pending.delete(response)) return
      this.#count--
      if (this.#isClosing && pending.size === 0) endConnection(socket)
      this.#onChange()
    })
  }

  /**
   * Closes an idle connection: with pending responses, when its client does not read them; without, when it
   * has had a response before. One that waits for its first request, or for a body, is left to Node, which
   * refuses the request in time.
   */
  #closeUnread (socket: Socket): void {
    const bytes = this.#pending.get(socket)?.size ? socket.writableLength : socket.bytesWritten
    if (bytes > 0) socket.destroy()
  }

  /** Closes the connections on which something takes too long. */
  #closeLate (): void {
    this.#tick++
    for (const [socket, pending] of this.#pending) {
      if (this.#tick - Math.min(...pending.values()) > MAX_TICKS || this.#ended.has(socket)) socket.destroy()
      else if (socket.writableEnded) this.#ended.add(socket)
    }
  }

  #until (isTrue: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = () => { if (isTrue()) resolve() }
      this.#onChange()
    })
  }
}

/** Ends this side of a connection. One of HTTP/2 is ended by its session, after its streams. */
function endConnection (socket: Socket & { alpnProtocol?: unknown }): void {
  if (socket.alpnProtocol !== 'h2') socket.end()
}
