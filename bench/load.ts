import autocannon, { type Request } from 'autocannon'

/** What one round of requests has shown. */
export interface Round {
  readonly requestsPerSecond: number
  /** Latencies, in microseconds. */
  readonly p50: number
  readonly p99: number
  /** Processor time of the server for each request, in microseconds. */
  readonly cpu: number
}

/** A request, and what to make of its answer. */
export interface Shot {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly onAnswer?: (body: string) => void
}

/** Connections that wait for their answer at a time: enough to keep a server busy, too few to queue. */
const CONNECTIONS = 8

/**
 * Sends requests over connections that are kept open, and counts what they cost the server.
 *
 * @param next the next shot.
 * @throws when an answer is not 2xx or 304, or a request fails: a fast refusal is no result.
 */
export async function load ({ url, cpu }: { url: string, cpu: () => number }, requests: number, next: () => Shot): Promise<Round> {
  const latencies: number[] = []
  const waiting = new WeakMap<object, Shot>()
  const request: Request = {
    setupRequest: (before, context) => {
      const shot = next()
      waiting.set(context, shot)
      return { ...before, method: shot.method ?? 'GET', path: shot.path, headers: shot.headers, ...shot.body !== undefined && { body: shot.body } }
    },
    onResponse: (_status, body, context) => { waiting.get(context)?.onAnswer?.(body) }
  }
  const before = cpu()
  const start = process.hrtime.bigint()
  const run = autocannon({ url, connections: CONNECTIONS, amount: requests, requests: [request], timeout: 60 })
  let end = start
  run.on('response', (_client, _status, _bytes, ms) => {
    latencies.push(ms * 1000)
    // It tells the end of a run at the next full second.
    end = process.hrtime.bigint()
  })
  const { errors, statusCodeStats } = await run as unknown as { errors: number, statusCodeStats: Record<string, { count: number }> }
  const seconds = Number(end - start) / 1e9
  const refused = Object.keys(statusCodeStats).filter((status) => !/^2|^304$/.test(status))
  if (errors > 0 || refused.length > 0) throw new Error(`${url}: ${errors} requests failed, others were answered ${refused.join(', ') || 'well'}`)
  latencies.sort((a, b) => a - b)
  const percentile = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] as number
  return { requestsPerSecond: requests / seconds, p50: percentile(0.5), p99: percentile(0.99), cpu: (cpu() - before) / requests }
}
