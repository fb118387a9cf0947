import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { isIntercepted, normalizeHost, notServed, type Names } from './names.ts'
import { mayBegin, readRequest, decodeChunk, type Request } from './requests.ts'

/** What is called when something is written. */
export type Done = (error?: Error | null) => void
/** Writes as `_write` of a stream does. */
export type Write = (chunk: string | Buffer, encoding: BufferEncoding, done: Done) => void

/** A connection to the emulator, opened when something is written to it. */
interface Route {
  readonly host: string
  /** True when everything goes there; false when the next request may be for another host. */
  readonly isTunnel: boolean
  readonly open: () => Socket
  connection?: Socket
}

/** What is known of a connection on which a client has asked. */
interface Asked {
  /** Where what is written goes; undefined for where the connection leads. */
  route?: Route | undefined
  /** The route of requests that are no tunnel, also while one for another host is written. */
  requests?: Route
  /** What is written of a request that is not whole, and has gone on. */
  begun: string
  /** True when it leads through a proxy to somewhere else. */
  isRelayed: boolean
}

interface DiversionOptions {
  readonly names: Names
  readonly url: URL
  /** Opens a connection to the emulator, with or without TLS, for one that a client has. */
  readonly open: (client: Socket, isSecure: boolean) => Socket
  /** False for a pipe, such as the output of this process. */
  readonly isConnection: (socket: Socket) => boolean
  /** True for a connection that leads to a server of the developer's own, which may have any name. */
  readonly isOwn: (socket: Socket) => boolean
}

/**
 * Keeps what is meant for intercepted hosts from proxies, and from connections that lead to the real hosts
 * nevertheless: they were opened before, or by an address. The emulator answers it, and the client reads the
 * answer from the connection that it has written to.
 */
export class Diversion {
  readonly #asked = new WeakMap<Socket, Asked>()
  readonly #options: DiversionOptions

  constructor (options: DiversionOptions) {
    this.#options = options
  }

  /** Tells what writes something that a client writes to a connection; undefined when it is to be written there. */
  take (socket: Socket, chunk: string | Buffer, encoding: BufferEncoding): Write | undefined {
    const asked = this.#asked.get(socket)
    const route = asked?.route
    if (route?.isTunnel || (!asked?.begun && !mayBegin(chunk, encoding))) return route && writeTo(socket, route)
    if (asked === undefined && !this.#options.isConnection(socket)) return undefined
    return this.#read(socket, asked ?? this.#begin(socket), decodeChunk(chunk, encoding))
  }

  /** The host to which a connection is a tunnel that the emulator answers. */
  tunnelHost (socket: unknown): string | undefined {
    const route = this.#asked.get(socket as Socket)?.route
    return route?.isTunnel ? route.host : undefined
  }

  /** Ends what a client has ended; false when none of it went to the emulator. */
  end (socket: Socket): boolean {
    const asked = this.#asked.get(socket)
    const connections = [asked?.route, asked?.requests].flatMap((route) => route?.connection ?? [])
    for (const connection of connections) connection.end()
    return connections.length > 0
  }

  #begin (socket: Socket): Asked {
    const asked = { begun: '', isRelayed: false }
    this.#asked.set(socket, asked)
    return asked
  }

  #read (socket: Socket, asked: Asked, text: string): Write | undefined {
    const { names, url } = this.#options
    // A beginning may as well have been the end of what was written before.
    const alone = this.#understand(socket, asked, text)
    const pieces = isIntercepted(alone.host, names) ? '' : asked.begun
    const { request, host } = pieces === '' ? alone : this.#understand(socket, asked, pieces + text)
    asked.begun = request === 'more' ? pieces + text : ''
    if (request === null || request === 'more') return asked.route && writeTo(socket, asked.route)
    asked.route = undefined
    asked.isRelayed ||= request.kind === 'tunnel'
    if (!isIntercepted(host, names)) return undefined
    if (!names.served.includes(host)) return (_chunk, _encoding, done) => { done(notServed(host, names, url)) }
    return this.#divert(socket, asked, { ...request, host, pieces, text })
  }

  #divert (socket: Socket, asked: Asked, { kind, host, port, isWhole, answer, pieces, text }: Request & { pieces: string, text: string }): Write {
    const open = (): Socket => this.#options.open(socket, kind === 'tunnel' && port !== 80)
    if (kind === 'tunnel') {
      if (isWhole) asked.route = { host, isTunnel: true, open }
      else asked.begun = pieces + text
      return (_chunk, _encoding, done) => {
        if (isWhole) process.nextTick(() => socket.push(answer, 'latin1'))
        done()
      }
    }
    if (pieces === '') asked.route = asked.requests ??= { host, isTunnel: false, open }
    // Who has read the beginning of a request cannot be asked for anything else.
    else asked.route = { host, isTunnel: true, open }
    return writeTo(socket, asked.route, pieces)
  }

  /** What a client writes, and the host that it is for; empty when that is none to be intercepted. */
  #understand (socket: Socket, { isRelayed }: Asked, text: string): { request: ReturnType<typeof readRequest>, host: string } {
    const request = readRequest(text)
    if (request === null || request === 'more') return { request, host: '' }
    if (request.kind !== 'origin') return { request, host: normalizeHost(request.host) }
    const { servername } = socket as { servername?: unknown }
    const hosts = isRelayed || !this.#options.isOwn(socket) ? [socket instanceof TLSSocket ? servername : undefined, request.host] : []
    return { request, host: hosts.map(normalizeHost).find((each) => isIntercepted(each, this.#options.names)) ?? '' }
  }
}

function writeTo (socket: Socket, route: Route, pieces = ''): Write {
  return (chunk, encoding, done) => {
    const connection = route.connection ??= join(socket, route.open())
    if (pieces !== '') connection.write(pieces, 'latin1')
    connection.write(chunk, encoding, done)
  }
}

/** Lets a client read from its connection what arrives on another one. */
function join (socket: Socket, connection: Socket): Socket {
  socket.once('close', () => connection.destroy())
  return connection
    .on('data', (data) => socket.push(data))
    .on('error', (error) => socket.destroy(error))
    .once('end', () => socket.push(null))
    .once('close', () => { if (!connection.readableEnded) socket.destroy() })
}
