import type { IncomingMessage } from 'node:http'
import { findXboxHost } from '../http/hosts.ts'

/** What a browser sends that a person has told to open an address; clients of an API take JSON, or anything. */
const TAKES_PAGES = /(?:^|[\s,])text\/html(?:$|[\s,;])/i

/**
 * Leads a person who opens `/` to the page. Everything else at `/` stays what it is of the service: unknown, under every
 * method, and under the names of Xbox Live for a browser, too.
 *
 * @param target in canonical spelling.
 * @returns the target that is served.
 */
export function leadToPage (target: string, { method, headers: { accept = '', host } }: Pick<IncomingMessage, 'method' | 'headers'>): string {
  if (target !== '/' && !target.startsWith('/?')) return target
  return (method === 'GET' || method === 'HEAD') && TAKES_PAGES.test(accept) && findXboxHost(host) === undefined ? `/_emulator/console${target.slice(1)}` : target
}
