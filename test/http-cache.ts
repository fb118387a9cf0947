import CachePolicy from 'http-cache-semantics'
import type { Emulator } from './helper.ts'

type Headers = Record<string, string>

/** What a client asks for; Host and method are always the same. */
export interface Asked {
  readonly url: string
  readonly headers: Headers
}

/** An answer, and whether the emulator was asked for it. */
export interface Seen {
  readonly status: number
  readonly body: string
  readonly isFromCache: boolean
}

/**
 * An HTTP cache before the emulator, whose clock a test sets. What may be kept, and for whom, is
 * decided by http-cache-semantics, as by the caches of npm and got.
 *
 * @param isShared a proxy of many clients, not a client's own.
 */
export function createHttpCache ({ app }: Pick<Emulator, 'app'>, { isShared, now }: { isShared: boolean, now: () => number }): (asked: Asked) => Promise<Seen> {
  class Policy extends CachePolicy {
    now (): number { return now() }
  }
  const kept: Array<{ policy: CachePolicy, status: number, body: string }> = []
  return async ({ url, headers }) => {
    const request = { url, method: 'GET', headers: { host: 'localhost', ...headers } }
    const found = kept.find(({ policy }) => policy.satisfiesWithoutRevalidation(request))
    if (found !== undefined) return { status: found.status, body: found.body, isFromCache: true }
    const { statusCode: status, headers: answered, body } = await app.inject(request)
    const policy = new Policy(request, { status, headers: answered as Headers }, { shared: isShared })
    if (policy.storable()) kept.push({ policy, status, body })
    return { status, body, isFromCache: false }
  }
}
