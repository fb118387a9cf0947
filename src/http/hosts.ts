import { isIPv4 } from 'node:net'

/** The hosts that clients of Xbox Live have built in, and that the emulator answers for. */
export const XBOX_HOSTS = ['achievements.xboxlive.com', 'user.auth.xboxlive.com', 'xsts.auth.xboxlive.com', 'login.live.com']

/** The domain of those hosts, and of hosts of Xbox Live that the emulator does not answer for. */
export const XBOX_DOMAIN = 'xboxlive.com'

/**
 * The names and addresses that the emulator's certificate is issued for.
 *
 * @param more further names and addresses, comma-delimited.
 */
export const servedHosts = (more: string | null): string[] => [...XBOX_HOSTS, 'localhost', '127.0.0.1', '::1', ...more?.split(',') ?? []]

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
