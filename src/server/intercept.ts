import { connect as connectPlain, type Socket } from 'node:net'
import { syncBuiltinESMExports } from 'node:module'
import tls, { type TLSSocket } from 'node:tls'

/** What HTTP clients look at in a connection over TLS. */
const SECURE = { encrypted: true, authorized: true, alpnProtocol: 'http/1.1' }

/**
 * Lets this process's own requests for some hosts go to another server: the connections that its
 * clients open over TLS lead there, without TLS. `node:https` and undici, and so what is built on them,
 * open theirs with `tls.connect`, whatever their agents; connections to other hosts are not touched.
 *
 * Of several that hold the same host the last one has it, and gives it back when it ends.
 *
 * @param to where the server listens, without TLS.
 * @returns a function that undoes it, and ends the connections, which a client would use again.
 */
export function intercept (hosts: readonly string[], to: URL): () => void {
  const before = tls.connect
  const open = new Set<Socket>()
  let isActive = true

  const connect = (...args: unknown[]): TLSSocket => {
    const [options] = args as [{ host?: unknown } | undefined]
    if (!isActive || !hosts.includes(String(options?.host).toLowerCase())) return Reflect.apply(before, tls, args)
    const socket = connectPlain({ host: to.hostname.replace(/^\[|\]$/g, ''), port: Number(to.port) })
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.once('connect', () => socket.emit('secureConnect'))
    return Object.assign(socket, SECURE) as unknown as TLSSocket
  }

  put(connect as typeof tls.connect)
  return () => {
    isActive = false
    if (tls.connect === connect) put(before)
    for (const socket of open) socket.destroy()
  }
}

/** For those who import it by its name, too. */
function put (connect: typeof tls.connect): void {
  tls.connect = connect
  syncBuiltinESMExports()
}
