import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** Connections at a time on one port; one more is closed at once. */
export const MAX_CONNECTIONS = 10_000
/** Answers under way on a connection of HTTP/1, whose client has sent so many requests without waiting; HTTP/2 limits its own. */
const MAX_PIPELINED = 100
/** A request and its answer may take so many times the request timeout, the reading of the answer included. */
const MAX_TURNS = 10

/**
 * Every connection of an HTTP server, and what is answered on it, from the first byte to the last: no
 * error of one is unheard, and nobody who does not read is waited for without end.
 *
 * - An answer of which nothing is read for the timeout, or for twice as long where some of it was, is cut.
 * - An answer that is not read whole after ten times the timeout is cut.
 * - A connection that is ended on this side and not on the other is cut after twice the timeout.
 *
 * To cut means to close the connection.
 */
export class Connections {
  /** The answers under way on each connection, oldest first, with the turn in which they began. */
  readonly #open = new Map<Socket, Map<ServerResponse, number>>()
  /** Those that had been ended on this side when the last turn came. */
  readonly #ended = new WeakSet<Socket>()
  /** Answers under way on all of them. */
  #count = 0
  /** Turns come at the interval of the timeout. */
  #turn = 0
  #isClosing = false
  #onChange = (): void => {}

  /** @param timeout the request timeout, in ms. */
  constructor (server: Server, timeout: number) {
    server.maxConnections = MAX_CONNECTIONS
    server.on('connection', (socket) => this.watch(socket))
    server.on('request', ({ socket, httpVersionMajor }, response) => {
      // Node parses all that has arrived before it waits for a client that does not read.
      if (httpVersionMajor === 1 && this.#open.get(socket)?.size === MAX_PIPELINED) socket.destroy()
      this.#begin(socket, response)
    })
    // Node calls it for whatever has waited for the timeout; Fastify sets that.
    server.on('timeout', (socket) => this.#stall(socket))
    server.once('listening', () => {
      const turns = setInterval(() => this.#sweep(), timeout).unref()
      server.once('close', () => clearInterval(turns))
    })
  }

  /** Watches a connection; one that is HTTP/1 inside is watched by itself. */
  watch (socket: Socket): void {
    const answers = new Map<ServerResponse, number>()
    this.#open.set(socket, answers)
    // Node takes its own listener away from a connection that it hands over, as for CONNECT.
    socket.on('error', () => {})
    // A client that has sent all that it wants to may still read: what has begun is sent whole, and ends the connection.
    socket.once('end', () => { if (![...answers.keys()].some(({ headersSent }) => headersSent)) endOne(socket) })
    socket.once('close', () => {
      // Node 22 tells the answer whose turn it is alone (24 tells all): those behind it would not hear that nobody waits.
      for (const response of answers.keys()) if (response.socket === null) response.emit('close')
      this.#count -= answers.size
      answers.clear()
      this.#open.delete(socket)
      this.#onChange()
    })
  }

  /**
   * Waits until what is written by hand on a connection, or on a stream of HTTP/2, is the answer to what
   * came last on it: all requests before that have come whole, and are answered first.
   *
   * @param work is called then, at once if nothing is under way. It is told whether what came last was
   *   answered before it had come whole.
   */
  afterAnswers (socket: Duplex, work: (isAnswered: boolean) => void): void {
    const answers = this.#open.get(socket as Socket) ?? new Map<ServerResponse, number>()
    let isAnswered = false
    const next = (): void => {
      const response = [...answers.keys()].find(({ req, headersSent }) => req.complete || headersSent)
      if (response === undefined) return work(isAnswered)
      isAnswered = !response.req.complete
      response.once('close', next)
    }
    next()
  }

  /** How many answers are under way. */
  count (): number {
    return this.#count
  }

  /** Ends each connection, now or after the answers that are under way on it. */
  end (): void {
    this.#isClosing = true
    for (const [socket, answers] of this.#open) if (answers.size === 0) endOne(socket)
  }

  /** Resolves once no answer is under way: its bytes have left, or its connection is gone. */
  answered (): Promise<void> {
    return this.#until(() => this.#count === 0)
  }

  /** Resolves once there is no connection. */
  gone (): Promise<void> {
    return this.#until(() => this.#open.size === 0)
  }

  destroy (): void {
    for (const socket of this.#open.keys()) socket.destroy()
  }

  #begin (socket: Socket, response: ServerResponse): void {
    const answers = this.#open.get(socket)
    // Nothing of an answer leaves any more.
    if (answers === undefined || !socket.writable) return
    answers.set(response, this.#turn)
    this.#count++
    response.once('close', () => {
      if (!answers.delete(response)) return
      this.#count--
      if (this.#isClosing && answers.size === 0) endOne(socket)
      this.#onChange()
    })
  }

  /** One that waits for its first request is Node's to refuse, and one that waits for a body, too. */
  #stall (socket: Socket): void {
    const bytes = this.#open.get(socket)?.size ? socket.writableLength : socket.bytesWritten
    if (bytes > 0) socket.destroy()
  }

  #sweep (): void {
    this.#turn++
    for (const [socket, answers] of this.#open) {
      const [since = this.#turn] = answers.values()
      if (this.#turn - since > MAX_TURNS || this.#ended.has(socket)) socket.destroy()
      else if (socket.writableEnded) this.#ended.add(socket)
    }
  }

  #until (isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = () => { if (isSo()) resolve() }
      this.#onChange()
    })
  }
}

/** Those of HTTP/2 end with their session, which waits for its streams. */
function endOne (socket: Socket & { alpnProtocol?: unknown }): void {
  if (socket.alpnProtocol !== 'h2') socket.end()
}
