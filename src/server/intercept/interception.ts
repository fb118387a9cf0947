import { Socket } from 'node:net'
import { finished, type Duplex } from 'node:stream'
import tls, { TLSSocket } from 'node:tls'
import { withoutBrackets } from '../../base/brackets.ts'
import { isLoopback } from '../../base/loopback.ts'
import { readConnectArguments } from './connect-arguments.ts'
import { Diversion, type Done, type Write } from './diversion.ts'
import { findSecureHost, isIntercepted, loopbackBeside, normalizeHost, notServed, type Names } from './names.ts'
import { Forwarders, isProxy } from './proxies.ts'

/** Where an emulator answers. */
export interface Destination {
  /** Where it listens without TLS. */
  readonly url: URL
  /** The port of this machine where it listens with TLS: see {@link loopbackBeside}. */
  readonly securePort: () => Promise<number>
}

/** What `_writev` of a stream takes. */
export interface WrittenChunk {
  readonly chunk: string | Buffer
  readonly encoding: BufferEncoding
}

/** Marks connections to an emulator: no interception reads what is written to them. */
const LED: unique symbol = Symbol.for('xbl-achievements-emulator: a connection to an emulator')

/**
 * What an interception does in the place of functions of Node. Each method returns undefined when the
 * function itself is to do it.
 */
export class Interception {
  readonly #names: Names
  readonly #target: Destination
  readonly #local: string
  readonly #diversion: Diversion
  readonly #forwarders: Forwarders
  /** The functions as they were found. */
  readonly #original = { connect: Socket.prototype.connect, connectTls: tls.connect, write: Socket.prototype._write }
  /** The connections to the emulator, and others whose requests it answers. */
  readonly #open = new Set<Socket>()
  /** The hosts of all connections that were opened during the interception. */
  readonly #hosts = new WeakMap<Socket, string>()
  #isActive = true

  constructor (names: Names, target: Destination) {
    this.#names = names
    this.#target = target
    this.#local = loopbackBeside(target.url)
    this.#diversion = new Diversion({
      names,
      url: target.url,
      open: (client, isSecure) => {
        this.#watch(client)
        return this.#lead(new Socket(), { isSecure })
      },
      isConnection: (socket) => this.#hosts.has(socket) || socket instanceof TLSSocket || socket.remoteAddress !== undefined,
      isOwn: (socket) => this.#isOwn(socket)
    })
    this.#forwarders = new Forwarders(this.#local, (proxy) => Reflect.apply(this.#original.connect, new Socket(), [proxy]))
  }

  /** In the place of `tls.connect`: nobody trusts the emulator's certificate, and a connection through a proxy does not need the proxy. */
  connectSecurely (args: readonly unknown[]): TLSSocket | undefined {
    const { options, callback } = readConnectArguments(args)
    const { socket: tunnel, path, ...others } = options
    const host = this.#isActive && (tunnel !== undefined || typeof path !== 'string') ? findSecureHost(options, this.#names) ?? this.#diversion.tunnelHost(tunnel) : undefined
    if (host === undefined) return undefined
    const port = Number(others.port || 443)
    const socket = Reflect.apply(this.#original.connectTls, tls, [{ ...others, host, port, rejectUnauthorized: false }, callback])
    // With it clients of HTTP/2 tell which hosts they may ask on a connection.
    Object.defineProperty(socket, 'remotePort', { value: port })
    socket.prependOnceListener('secureConnect', () => Object.assign(socket, { authorized: true, authorizationError: null }))
    if (tunnel !== undefined) {
      const unused = tunnel as Duplex
      // Whatever becomes of it, nobody else listens for it any more.
      finished(unused, () => {})
      socket.once('close', () => unused.destroy())
    }
    return socket
  }

  /** In the place of `connect` of `net.Socket`. */
  connect (socket: Socket, args: readonly unknown[]): Socket | undefined {
    if (!this.#isActive) return undefined
    const { options, callback } = readConnectArguments(args)
    const host = typeof options.path === 'string' ? '' : normalizeHost(options.host)
    // Without a host it is this machine.
    this.#hosts.set(socket, host || 'localhost')
    if (typeof options.path === 'string') return undefined
    if (this.#names.served.includes(host)) return this.#lead(socket, { isSecure: socket instanceof TLSSocket || Number(options.port) === 443, callback })
    if (isIntercepted(host, this.#names)) return this.#connectLater(socket, Promise.reject(notServed(host, this.#names, this.#target.url)))
    if (isProxy(options)) return this.#connectLater(socket, this.#forwarders.portTo(options, socket), callback)
    return undefined
  }

  /** In the place of `_write` of `net.Socket`, to which come `write` and `end`. */
  write (socket: Socket, chunk: string | Buffer, encoding: BufferEncoding): Write | undefined {
    return this.#isActive && !(socket as { [LED]?: true })[LED] ? this.#diversion.take(socket, chunk, encoding) : undefined
  }

  /** In the place of `_writev`, to which comes at once what was written while the socket was busy. */
  writeAll (socket: Socket, chunks: readonly WrittenChunk[], done: Done): true | undefined {
    const writes = chunks.map(({ chunk, encoding }) => this.write(socket, chunk, encoding))
    if (writes.every((write) => write === undefined)) return undefined
    const writeFrom = (index: number): void => {
      const next = chunks[index]
      if (next === undefined) return done()
      const write = writes[index] ?? this.#original.write
      Reflect.apply(write, socket, [next.chunk, next.encoding, (error?: Error | null) => { error ? done(error) : writeFrom(index + 1) }])
    }
    writeFrom(0)
    return true
  }

  /** In the place of `_final`, which ends what is written. */
  endWriting (socket: Socket, done: () => void): true | undefined {
    if (!this.#isActive || !this.#diversion.end(socket)) return undefined
    done()
    return true
  }

  /** A server at this machine is the developer's own. */
  #isOwn (socket: Socket): boolean {
    const host = this.#hosts.get(socket)
    if (host !== undefined) return isLoopback(host)
    // Opened before, or made of another stream. TLS says whom it is for.
    return !(socket instanceof TLSSocket) && isLoopback(socket.remoteAddress as string)
  }

  /** Connects a socket to the emulator. */
  #lead (socket: Socket, { isSecure, callback }: { isSecure: boolean, callback?: (() => void) | undefined }): Socket {
    this.#watch(socket)
    Object.defineProperty(socket, LED, { value: true })
    if (isSecure) return this.#connectLater(socket, this.#target.securePort(), callback)
    const { hostname, port } = this.#target.url
    return this.#connectTo(socket, { host: withoutBrackets(hostname), port: Number(port) }, callback)
  }

  #watch (socket: Socket): void {
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
  }

  /** Connects a socket to a port of this machine that is not known yet. Until then it is in the state in which Node waits for an address. */
  #connectLater (socket: Socket, port: Promise<number>, callback?: () => void): Socket {
    Object.assign(socket, { connecting: true })
    port.then((port) => {
      if (!socket.destroyed) this.#connectTo(socket, { host: this.#local, port }, callback)
    }, (error: Error) => socket.destroy(error))
    return socket
  }

  #connectTo (socket: Socket, address: { host: string, port: number }, callback?: () => void): Socket {
    return Reflect.apply(this.#original.connect, socket, [address, callback])
  }

  /** Ends the interception, and the connections to the emulator. */
  end (): void {
    this.#isActive = false
    this.endConnections()
    this.#forwarders.close()
  }

  /** Ends the connections to the emulator, which a client would otherwise reuse. */
  endConnections (): void {
    for (const socket of this.#open) {
      // undici 6 and 7 throw where nobody catches it when a connection of HTTP/2 closes that has not ended.
      if ((socket as { alpnProtocol?: unknown }).alpnProtocol === 'h2') socket.emit('end')
      socket.destroy()
    }
  }
}
