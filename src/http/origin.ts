import { isIPv6, type Socket } from 'node:net'
import { XBOX_HOSTS } from './hosts.ts'

/** The parts of a request that its origin is made of. */
export interface RequestAddress {
  readonly protocol: string
  readonly headers: { readonly host?: string | undefined }
  readonly socket: Pick<Socket, 'localAddress' | 'localPort'>
}

/**
 * The origin that a client has used for its request, e.g. `http://127.0.0.1:5280`: URLs below it lead to this
 * emulator, too. A client of HTTP/1.0 may send no Host, and is then answered with the address of the socket.
 *
 * The hosts of Xbox Live are served over HTTPS alone. When such a name arrives over a connection without
 * TLS, `intercept()` or a proxy has terminated it on the way.
 */
export function originOf ({ protocol, headers: { host }, socket }: RequestAddress): string {
  if (host === undefined) return `${protocol}://${hostOf(socket)}`
  return `${XBOX_HOSTS.includes(host.toLowerCase()) ? 'https' : protocol}://${host}`
}

function hostOf ({ localAddress = '', localPort }: RequestAddress['socket']): string {
  return `${isIPv6(localAddress) ? `[${localAddress}]` : localAddress}:${localPort}`
}
