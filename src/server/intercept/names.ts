import { isLoopback } from '../../base/loopback.ts'

/** The hosts whose connections are intercepted. */
export interface Names {
  /** What the emulator answers for: their connections come to it. */
  readonly served: readonly string[]
  /** A domain: connections to the hosts of it that are not served fail. */
  readonly refusedDomain: string
}

/** A host as it is compared: in lower case, without the dot of the DNS root; empty for what is no text. */
export const normalizeHost = (host: unknown): string => typeof host === 'string' ? host.toLowerCase().replace(/\.$/, '') : ''

/** True for a host whose connections must not leave this process for the network. */
export const isIntercepted = (host: string, { served, refusedDomain }: Names): boolean =>
  served.includes(host) || host === refusedDomain || host.endsWith(`.${refusedDomain}`)

/**
 * The intercepted host that a TLS connection is for. A client that has looked an address up by itself, or
 * that goes through a proxy, names the host as the server's name alone; beside an address of this machine
 * that name means a server of the developer's own.
 */
export function findSecureHost ({ host, servername, socket }: { host?: unknown, servername?: unknown, socket?: unknown }, names: Names): string | undefined {
  const isOwn = socket === undefined && (host === undefined || isLoopback(normalizeHost(host)))
  return [host, ...isOwn ? [] : [servername]].map(normalizeHost).find((each) => isIntercepted(each, names))
}

/** The error of a connection to a host that is intercepted and not served, as that of a host where nobody listens. */
export function notServed (host: string, { served }: Names, url: URL): NodeJS.ErrnoException {
  const error = new Error(`connect ECONNREFUSED ${host}: the emulator at ${url.origin} does not serve it, and intercept() lets nothing through to Xbox Live; it serves ${served.join(', ')}`)
  return Object.assign(error, { code: 'ECONNREFUSED', syscall: 'connect', hostname: host })
}

/** The address of this machine, of the kind that an emulator's has, for what listens beside it for this process alone. */
export const loopbackBeside = ({ hostname }: URL): string => hostname === '[::1]' ? '::1' : '127.0.0.1'
