import { syncBuiltinESMExports } from 'node:module'
import { connect as connectPlain, type Socket } from 'node:net'
import tls, { type TLSSocket } from 'node:tls'

/** The properties of a TLS connection that HTTP clients read. */
const SECURE = { encrypted: true, authorized: true, alpnProtocol: 'http/1.1' }

/**
 * Redirects this process's own requests for some hosts to another server: connections that its clients open
 * over TLS to these hosts are opened to that server instead, without TLS. `node:https` and undici, and so
 * all that is built on them, open theirs with `tls.connect`, whatever agent they use. Connections to other
 * hosts are not affected. When several interceptions name the same host, the latest one that is active has it.
 *
 * @param to where the server listens, without TLS.
 * @returns a function that ends the interception, and its connections, which a client would otherwise reuse.
 */
export function intercept (hosts: readonly string[], to: URL): () => void {
  const original = tls.connect
  const open = new Set<Socket>()
  let isActive = true

  const connect = (...args: unknown[]): TLSSocket => {
    const [options] = args as [{ host?: unknown } | undefined]
    if (!isActive || !hosts.includes(String(options?.host).toLowerCase())) return Reflect.apply(original, tls, args)
    const socket = connectPlain({ host: to.hostname.replace(/^\[|\]$/g, ''), port: Number(to.port) })
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.once('connect', () => socket.emit('secureConnect'))
    return Object.assign(socket, SECURE) as unknown as TLSSocket
  }

  setConnect(connect as typeof tls.connect)
  return () => {
    isActive = false
    if (tls.connect === connect) setConnect(original)
    for (const socket of open) socket.destroy()
  }
}

/** Also replaces the named export of `node:tls`. */
function setConnect (connect: typeof tls.connect): void {
  tls.connect = connect
  syncBuiltinESMExports()
}
