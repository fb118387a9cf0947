import { isIPv4 } from 'node:net'

/**
 * True for a name or address of this machine alone: `localhost` and every name below it, which
 * resolvers do not ask the network for (RFC 6761, section 6.3), 127.0.0.0/8 and ::1.
 *
 * @param host as in an URL or a `Host` header; an IPv6 address with or without brackets.
 */
export function isLoopback (host: string): boolean {
  const name = host.toLowerCase()
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || name === '[::1]' || (name.startsWith('127.') && isIPv4(name))
}
