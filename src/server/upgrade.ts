import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { asksForWebSocket, type UpgradableRequest } from '../http/upgrade.ts'
import type { Connections } from './connections.ts'

// Not imported: an import would evaluate every export of the module, WebSocket too, which takes 20 ms to load.
const http = process.getBuiltinModule('node:http')

/** Whether Node's parser found that a request asks for another protocol. */
const ASKS_TO_SWITCH = Symbol('asks to switch')

/** A request of which Node believes only that it asks for another protocol if that is one that is served. */
class Request extends http.IncomingMessage {
  [ASKS_TO_SWITCH]?: boolean
}

// Node's constructor and parser set it, and the server reads it before it decides whose the connection is.
Object.defineProperty(Request.prototype, 'upgrade', {
  get (this: Request) { return this[ASKS_TO_SWITCH] === true && (this.method === 'CONNECT' || asksForWebSocket(this)) },
  set (this: Request, asks: boolean) { this[ASKS_TO_SWITCH] = asks }
})

/**
 * What Node's HTTP server makes of requests, as its option `IncomingMessage`.
 *
 * As soon as a server listens for upgrades, Node hands it the connection of every request that asks for any other
 * protocol, and reads no body of it: that of a Java client or curl which asks whether HTTP/2 is spoken, too. With
 * these requests it does so for WebSockets alone. Its own option for that came with Node 22.21 and 24.9.
 */
export const UPGRADABLE: typeof IncomingMessage = Request

/**
 * Lets a server whose requests are {@link UPGRADABLE} answer those for a WebSocket as any other request. The connection
 * goes to whom the request's `onSwitch` names after an answer of 101, and ends after another.
 */
export function answerUpgrades (server: Server, connections: Connections): void {
  server.on('upgrade', (request: UpgradableRequest, socket: Socket, head) => {
    if (head.length > 0) socket.unshift(head)
    connections.afterPending(socket, () => {
      if (socket.writable) answerUpgrade(server, request, socket)
      else socket.destroy()
    })
  })
}

function answerUpgrade (server: Server, request: UpgradableRequest, socket: Socket): void {
  const response: ServerResponse = new http.ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  // What the client sends is kept. That it has gone is noticed only by who reads.
  const notice = (): void => { socket.read(0) }
  socket.on('readable', notice)
  response.once('finish', () => {
    response.detachSocket(socket)
    socket.off('readable', notice)
    if (response.statusCode === 101 && request.onSwitch !== undefined) {
      request.onSwitch(socket)
    } else {
      // Discards what the client still sends: its end is not noticed before that is read.
      socket.resume().end()
    }
    response.emit('close')
  })
  server.emit('request', request, response)
}
