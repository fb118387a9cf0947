import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { asksForWebSocket, type UpgradableRequest } from '../http/upgrade.ts'
import type { Connections } from './connections.ts'

// Not imported: an import would evaluate every export of the module, WebSocket too, which takes 20 ms to load.
const http = process.getBuiltinModule('node:http')

/** Whether Node's parser found that a request asks for another protocol. */
const ASKS_TO_SWITCH = Symbol('asks to switch')

/** A request of which Node believes only that it asks for another protocol if that is one that is served. */
class UpgradableMessage extends http.IncomingMessage {
  [ASKS_TO_SWITCH]?: boolean
}

// Node's constructor and parser set it, and the server reads it before it decides whose the connection is.
Object.defineProperty(UpgradableMessage.prototype, 'upgrade', {
  get (this: UpgradableMessage) { return this[ASKS_TO_SWITCH] === true && (this.method === 'CONNECT' || asksForWebSocket(this)) },
  set (this: UpgradableMessage, asks: boolean) { this[ASKS_TO_SWITCH] = asks }
})

/**
 * What Node's HTTP server makes of requests, as its option `IncomingMessage`.
 *
 * As soon as a server listens for upgrades, Node hands it the connection of every request that asks for any other
 * protocol, and reads no body of it: that of a Java client or curl which asks whether HTTP/2 is spoken, too. With
 * these requests it does so for WebSockets alone, at the path that has one. Its own option for that came with Node 22.21 and 24.9.
 */
export const UPGRADABLE: typeof IncomingMessage = UpgradableMessage

/**
 * Lets a server whose requests are {@link UPGRADABLE} answer those for a WebSocket as any other request. The connection
 * goes to whom the request's `onSwitch` names after an answer of 101, and ends after another.
 */
export function answerUpgrades (server: Server, connections: Connections): void {
  server.on('upgrade', (request: UpgradableRequest, socket: Socket, head) => {
    if (head.length > 0) socket.unshift(head)
    // What the client sends is kept. That it has gone is noticed only by who reads.
    const notice = (): void => { socket.read(0) }
    socket.on('readable', notice)
    connections.afterPending(socket, () => {
      if (!socket.writable) return
      const response: ServerResponse = new http.ServerResponse(request)
      response.shouldKeepAlive = false
      response.assignSocket(socket)
      response.once('finish', () => {
        socket.off('readable', notice)
        response.detachSocket(socket)
        goOn(request, response, socket)
        response.emit('close')
      })
      server.emit('request', request, response)
    })
  })
}

/** Hands a connection over whose request was answered, or ends it. */
function goOn ({ onSwitch }: UpgradableRequest, { statusCode }: ServerResponse, socket: Socket): void {
  if (statusCode === 101 && onSwitch !== undefined && socket.readable && socket.writable) return onSwitch(socket)
  // Discards what the client still sends: its end is not noticed before that is read.
  socket.resume().end()
}
