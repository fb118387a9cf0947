import type { IncomingHttpHeaders } from 'node:http'
import { headersTooLarge } from '../model/refusals.ts'

/** A header of a request; given more than once, its values are joined by commas, as Node does it. */
export function readHeader ({ headers }: { headers: IncomingHttpHeaders }, name: string): string | undefined {
  return headers[name]?.toString()
}

/** What the headers of a request may have in bytes, its target included: Node's limit of HTTP/1. */
export const MAX_HEADER_SIZE = 16 * 1024

/**
 * HTTP/2 has no limit below the one at which Node resets the stream without a word.
 *
 * @throws 431 when the headers are larger than those of HTTP/1 may be.
 */
export function requireSmallHeaders ({ rawHeaders }: { rawHeaders: readonly string[] }): void {
  if (rawHeaders.reduce((sum, { length }) => sum + length, 0) > MAX_HEADER_SIZE) throw headersTooLarge()
}

/** Clients of a JSON service do not always say that it is JSON, and some say so where there is none. */
export function nameBody (headers: IncomingHttpHeaders): void {
  if (Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined) headers['content-type'] = 'application/json'
  else delete headers['content-type']
}
