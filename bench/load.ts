import autocannon, { type Request } from 'autocannon'

/** The measurements of one round of requests. */
export interface Round {
  readonly requestsPerSecond: number
  /** Latencies, in microseconds. */
  readonly p50: number
  readonly p99: number
  /** Processor time of the server for each request, in microseconds. */
  readonly cpu: number
}

/** A request, and what is done with its answer. */
export interface Shot {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly onAnswer?: (body: string) => void
}

export interface Load {
  readonly requests: number
  /** True when the next requests depend on the answers. */
  readonly readsAnswers?: boolean
}

/** The result of autocannon, of which its types lack a part. */
interface Result {
  readonly errors: number
  readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>
}

/** Connections at a time: enough to keep a server busy, too few for requests to queue. */
const CONNECTIONS = 8

/**
 * Sends requests over connections that are kept open, and counts what they cost the server.
 *
 * @param next the next shot.
 * @throws when an answer is not 2xx or 304, or a request fails: a fast refusal is no result.
 */
export async function load ({ url, cpu }: { url: string, cpu: () => number }, { requests, readsAnswers = false }: Load, next: () => Shot): Promise<Round> {
  const latencies: number[] = []
  const waiting = new WeakMap<object, Shot>()
  const request: Request = {
    setupRequest: (before, context) => {
      const shot = next()
      waiting.set(context, shot)
      return { ...before, method: shot.method ?? 'GET', path: shot.path, headers: shot.headers, ...shot.body !== undefined && { body: shot.body } }
    },
    ...readsAnswers && { onResponse: (_status, body, context) => { waiting.get(context)?.onAnswer?.(body) } }
  }
  const before = cpu()
  const start = process.hrtime.bigint()
  let end = start
  const { errors, statusCodeStats } = await new Promise<Result>((resolve, reject) => {
    const run = autocannon({ url, connections: CONNECTIONS, amount: requests, requests: [request], timeout: 60 }, (error, result) => {
      if (error == null) resolve(result as Result)
      else reject(error)
    })
    run.on('response', (_client, _status, _bytes, ms) => {
      latencies.push(ms * 1000)
      // autocannon notices the end of a run only at the next full second.
      end = process.hrtime.bigint()
    })
  })
  const seconds = Number(end - start) / 1e9
  const refused = Object.keys(statusCodeStats).filter((status) => !/^2|^304$/.test(status))
  if (errors > 0 || refused.length > 0) throw new Error(`${url}: ${errors} requests failed, others were answered ${refused.join(', ') || 'well'}`)
  latencies.sort((a, b) => a - b)
  const percentile = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] as number
  return { requestsPerSecond: requests / seconds, p50: percentile(0.5), p99: percentile(0.99), cpu: (cpu() - before) / requests }
}
