import type { IncomingMessage } from 'node:http'
import Negotiator from 'negotiator'
import { findXboxHost } from '../http/hosts.ts'

/** What `/` could be: the first one for a client that does not mind. */
const REPRESENTATIONS = ['application/json', 'text/html']

/**
 * Leads a person who opens `/` to the page: a browser prefers `text/html`. Everything else at `/` stays what it is of the
 * service: unknown, under every method, and under the names of Xbox Live for a browser, too.
 *
 * @param target in canonical spelling.
 * @returns the target that is served.
 */
export function leadToPage (target: string, { method, headers: { accept, host } }: Pick<IncomingMessage, 'method' | 'headers'>): string {
  if (target !== '/' && !target.startsWith('/?')) return target
  const takesPage = (method === 'GET' || method === 'HEAD') && new Negotiator({ headers: { accept } }).mediaType(REPRESENTATIONS) === 'text/html'
  return takesPage && findXboxHost(host) === undefined ? `/_emulator/console${target.slice(1)}` : target
}
