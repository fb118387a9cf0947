import type { IncomingHttpHeaders } from 'node:http'

/** A header of a request; given more than once, its values are joined by commas, as Node does it. */
export function readHeader ({ headers }: { headers: IncomingHttpHeaders }, name: string): string | undefined {
  return headers[name]?.toString()
}
