import type { IncomingHttpHeaders } from 'node:http'
import { headersTooLarge } from '../model/refusals.ts'

/** The value of a request header, by lower-case name; values of a repeated header are joined by commas, as Node joins them. */
export function readHeader ({ headers }: { headers: IncomingHttpHeaders }, name: string): string | undefined {
  return headers[name]?.toString()
}

/** How large the headers of a request may be together with its target, in bytes: Node's limit for HTTP/1. */
export const MAX_HEADER_SIZE = 16 * 1024

/**
 * Holds HTTP/2 to the limit of HTTP/1. Node's own limit for HTTP/2 is larger, and Node resets the stream of
 * a request that exceeds it, without a response.
 *
 * @throws 431 when the headers are larger than the limit.
 */
export function requireSmallHeaders ({ rawHeaders }: { rawHeaders: readonly string[] }): void {
  if (rawHeaders.reduce((sum, { length }) => sum + length, 0) > MAX_HEADER_SIZE) throw headersTooLarge()
}
