import { isIPv6, type Socket } from 'node:net'
import { XBOX_HOSTS } from '../../http/hosts.ts'

/** What of a request tells where its client believes to be. */
export interface Addressed {
  readonly protocol: string
  readonly headers: { readonly host?: string | undefined }
  readonly socket: Pick<Socket, 'localAddress' | 'localPort'>
}

/**
 * The origin under which a client asks, e.g. `http://127.0.0.1:5280`: what is under it comes from where
 * the answer came. A client of HTTP/1.0 may name no host; it is where it is connected to.
 *
 * The hosts of Xbox Live are HTTPS alone. Who asks under the bare name of one over a connection without
 * TLS has it taken off on the way: by `intercept()`, or by a proxy.
 */
export function originOf ({ protocol, headers: { host }, socket }: Addressed): string {
  if (host === undefined) return `${protocol}://${hostOf(socket)}`
  return `${XBOX_HOSTS.includes(host.toLowerCase()) ? 'https' : protocol}://${host}`
}

function hostOf ({ localAddress = '', localPort }: Addressed['socket']): string {
  return `${isIPv6(localAddress) ? `[${localAddress}]` : localAddress}:${localPort}`
}
