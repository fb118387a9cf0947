import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Connections at a time on one port; one more is closed at once. */
export const MAX_CONNECTIONS = 10_000
/** A request and its answer may take so many times the request timeout, the reading of the answer included. */
const MAX_TURNS = 10

export type Connections = ReturnType<typeof watchConnections>

/**
 * Watches every connection of an HTTP server, and what is answered on it, from the first byte to the
 * last: no error of one is unheard, nobody who does not read is waited for without end.
 *
 * - An answer of which nothing is read for the timeout, or for twice as long where some of it was, is cut.
 * - An answer that is not read whole after ten times the timeout is cut.
 * - A connection that is ended on this side and not on the other is cut after twice the timeout.
 *
 * To cut means to close the connection.
 *
 * @param timeout the request timeout, in ms.
 */
export function watchConnections (server: Server, timeout: number) {
  /** The answers under way on each connection, oldest first, with the turn in which they began. */
  const open = new Map<Socket, Map<ServerResponse, number>>()
  const left = new WeakSet<Socket>()
  let count = 0
  let turn = 0
  let isClosing = false
  let onChange = (): void => {}

  const watch = (socket: Socket): void => {
    const answers = new Map<ServerResponse, number>()
    open.set(socket, answers)
    // Node takes its own listener away from a connection that it hands over, as for CONNECT.
    socket.on('error', () => {})
    socket.once('close', () => {
      count -= answers.size
      answers.clear()
      open.delete(socket)
      onChange()
    })
  }

  const begin = (socket: Socket, response: ServerResponse): void => {
    const answers = open.get(socket)
    // Nothing of an answer leaves any more.
    if (answers === undefined || !socket.writable) return
    answers.set(response, turn)
    count++
    response.once('close', () => {
      if (!answers.delete(response)) return
      count--
      if (isClosing && answers.size === 0) endOne(socket)
      onChange()
    })
  }

  /** Turns come at the interval of the timeout. */
  const sweep = (): void => {
    turn++
    for (const [socket, answers] of open) {
      const [since = turn] = answers.values()
      if (turn - since > MAX_TURNS || left.has(socket)) socket.destroy()
      else if (socket.writableEnded) left.add(socket)
    }
  }

  server.maxConnections = MAX_CONNECTIONS
  server.on('connection', watch)
  server.on('request', ({ socket }, response) => begin(socket, response))
  server.on('timeout', (socket) => {
    // One that waits for its first request is Node's to refuse, and one that waits for a body, too.
    const bytes = open.get(socket)?.size ? socket.writableLength : socket.bytesWritten
    if (bytes > 0) socket.destroy()
  })
  server.once('listening', () => {
    const turns = setInterval(sweep, timeout).unref()
    server.once('close', () => clearInterval(turns))
  })

  const until = (isSo: () => boolean): Promise<void> => new Promise((resolve) => {
    onChange = () => { if (isSo()) resolve() }
    onChange()
  })

  return {
    /** Watches a connection that the server has not accepted itself. */
    watch,

    /** True when what is written on a connection by hand does not get into the middle of an answer. */
    isFree (socket: Socket): boolean {
      const answers = [...open.get(socket)?.keys() ?? []]
      return answers.every(({ writableEnded }) => writableEnded) || (answers.length === 1 && !answers[0]?.headersSent)
    },

    /** Ends each connection, now or after the answers that are under way on it. */
    end (): void {
      isClosing = true
      for (const [socket, answers] of open) if (answers.size === 0) endOne(socket)
    },

    /** Resolves once no answer is under way: its bytes have left, or its connection is gone. */
    answered: () => until(() => count === 0),

    /** Resolves once there is no connection. */
    gone: () => until(() => open.size === 0),

    destroy (): void {
      for (const socket of open.keys()) socket.destroy()
    }
  }
}

/** Those of HTTP/2 end with their session, which waits for its streams. */
function endOne (socket: Socket & { alpnProtocol?: unknown }): void {
  if (socket.alpnProtocol !== 'h2') socket.end()
}
