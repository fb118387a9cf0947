import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { isIntercepted, normalizeHost, notServed, type Names } from './names.ts'

/** The first line of a request: for a tunnel through a proxy, with host and port; for an absolute URL, with its host; or any other. */
const REQUEST = /^(?:CONNECT ([^\s:]+):(\d+)|[A-Z]+ https?:\/\/(?:[^\s/?#@]*@)?([^\s/:?#]+)|[A-Z]+ \S+ HTTP\/1\.[01]\r\n)/i
/** How many characters of what is written are looked at: more than most servers take as a request's first line. */
const LONGEST_LINE = 16 * 1024
const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n'

/** What `write` of a stream takes. */
export type WriteArguments = [chunk: unknown, ...rest: unknown[]]

/** A connection to the emulator, opened when something is written to it. */
interface Route {
  /** True when everything goes there; false when the next request may be for another host. */
  readonly isTunnel: boolean
  readonly open: () => Socket
  connection?: Socket
}

interface DiversionOptions {
  readonly names: Names
  readonly url: URL
  /** Opens a connection to the emulator, with or without TLS, for one that a client has. */
  readonly open: (client: Socket, isSecure: boolean) => Socket
  /** True for a connection that was opened during the interception. */
  readonly isKnown: (socket: Socket) => boolean
}

/**
 * Keeps what is meant for intercepted hosts from proxies, and from connections to the real hosts that were
 * opened before. The emulator answers it, and the client reads the answer from the connection that it has
 * written to.
 */
export class Diversion {
  /** The routes that connections have now, and those of requests for an absolute URL that they have had. */
  readonly #routes = new WeakMap<Socket, Route>()
  readonly #earlier = new WeakMap<Socket, Route>()
  readonly #options: DiversionOptions

  constructor (options: DiversionOptions) {
    this.#options = options
  }

  /** Takes what a client writes to a connection; undefined when it is to be written there. */
  take (socket: Socket, args: WriteArguments): boolean | undefined {
    const route = this.#routes.get(socket)
    const request = route?.isTunnel ? null : REQUEST.exec(beginningOf(args[0]))
    if (request === null) return route && writeTo(socket, route, args)
    const [, tunnelHost, tunnelPort, absoluteHost] = request
    const host = normalizeHost(tunnelHost ?? absoluteHost ?? this.#hostOfEarlier(socket))
    const { names, url, open } = this.#options
    this.#routes.delete(socket)
    if (!isIntercepted(host, names)) return undefined
    if (!names.served.includes(host)) return refuseWrite(socket, notServed(host, names, url), args)
    if (tunnelHost !== undefined) {
      this.#routes.set(socket, { isTunnel: true, open: () => open(socket, tunnelPort !== '80') })
      return establish(socket, args)
    }
    const next = this.#earlier.get(socket) ?? { isTunnel: false, open: () => open(socket, false) }
    this.#routes.set(socket, next)
    this.#earlier.set(socket, next)
    return writeTo(socket, next, args)
  }

  /** The host of a TLS connection that was opened before the interception. */
  #hostOfEarlier (socket: Socket): unknown {
    return socket instanceof TLSSocket && !this.#options.isKnown(socket) ? (socket as { servername?: unknown }).servername : undefined
  }
}

function beginningOf (chunk: unknown): string {
  if (typeof chunk === 'string') return chunk.slice(0, LONGEST_LINE)
  return ArrayBuffer.isView(chunk) ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1', 0, LONGEST_LINE) : ''
}

/** Calls the callback of a `write` later, as a stream does. */
function callBack (args: WriteArguments, error?: Error): void {
  const callback = args.find((each) => typeof each === 'function')
  if (callback !== undefined) process.nextTick(callback, error)
}

function refuseWrite (socket: Socket, error: Error, args: WriteArguments): boolean {
  socket.destroy(error)
  callBack(args, error)
  return false
}

/** Answers CONNECT in the place of the proxy. */
function establish (socket: Socket, args: WriteArguments): boolean {
  process.nextTick(() => socket.push(ESTABLISHED))
  callBack(args)
  return true
}

function writeTo (socket: Socket, route: Route, args: WriteArguments): boolean {
  const connection = route.connection ??= join(socket, route.open())
  // Not its own `write`, which an interception may have replaced.
  return Reflect.apply(Duplex.prototype.write, connection, args)
}

/** Lets a client read from its connection what arrives on another one. */
function join (socket: Socket, connection: Socket): Socket {
  socket.once('close', () => connection.destroy())
  return connection
    .on('data', (data) => socket.push(data))
    .on('drain', () => socket.emit('drain'))
    .on('error', (error) => socket.destroy(error))
    .once('end', () => socket.push(null))
    .once('close', () => { if (!connection.readableEnded) socket.destroy() })
}
