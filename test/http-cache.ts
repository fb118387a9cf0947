import CachePolicy from 'http-cache-semantics'
import type { Test } from 'tap'
import type { Dialect } from '../src/model/dialect.ts'
import { build, listOf, singleOf, type Emulator } from './helper.ts'

export const SCID = 'aaaaaaaa-0000-0000-0000-000000000001'
export const OLD = 'aaaaaaaa-0000-0000-0000-000000000002'
export const [MOVED, REDIRECTED, RETIRED] = ['aaaaaaaa-0000-0000-0000-000000000003', 'aaaaaaaa-0000-0000-0000-000000000004', 'aaaaaaaa-0000-0000-0000-000000000005'] as const
const marked = (titleId: number, serviceConfigId: string, mark: object): object =>
  ({ titleId, name: 'Marked', serviceConfigId, public: true, ...mark, achievements: [{ id: 1, name: 'n' }] })

const WORLD = {
  titles: [
    { titleId: 1, name: 'One', serviceConfigId: SCID, public: true, achievements: [{ id: 1, name: { 'en-US': 'First', 'fr-FR': 'Premier' } }, { id: 2, name: { 'en-US': 'Second', 'fr-FR': 'Second' } }] },
    { titleId: 2, name: 'Old', serviceConfigId: OLD, public: true, generation: 'xbox360', achievements: [{ id: 1, name: 'old' }] },
    marked(3, MOVED, { status: 'moved', location: '/there' }),
    marked(4, REDIRECTED, { status: 'redirected', location: '/there' }),
    marked(5, RETIRED, { status: 'retired' })
  ],
  users: [
    { xuid: '1', gamertag: 'ann', achievements: [{ serviceConfigId: SCID, id: 2, percentComplete: 100, timeUnlocked: '2014-01-01T00:00:00Z' }, { serviceConfigId: OLD, id: 1, percentComplete: 100, timeUnlocked: '2014-01-01T00:00:00Z' }] },
    { xuid: '2', gamertag: 'bob', privacy: 'blocked' }
  ],
  sessions: [
    { userHash: 'h', token: 'ann', xuid: '1', titleId: 1 },
    { userHash: 'h', token: 'bob', xuid: '2', titleId: 1 },
    { userHash: 'h', token: 'nobody' }
  ],
  userKeys: ['key']
}

export const start = (t: Test, dialect: Dialect): Emulator => build(t, { world: WORLD, config: { dialect, signIn: true, igdb: true } })

/** What a title says of its user. */
export const report = (percentComplete: number, id = '1'): object =>
  ({ action: 'progressUpdate', serviceConfigId: SCID, titleId: 1, userId: '1', achievements: [{ id, percentComplete }] })

export const headersOf = (session: string, others: Record<string, string> = {}): Record<string, string> =>
  ({ authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2', ...others })

export const SINGLE = { url: singleOf('1', SCID, 1), headers: headersOf('h;ann') }
export const LIST = { url: listOf('1', '?titleId=1'), headers: headersOf('h;ann') }
export const HISTORY = { url: '/users/xuid(1)/history/titles', headers: headersOf('h;ann') }
export const CATALOGUE = { url: '/users/xuid(1)/titleachievements?titleId=2', headers: headersOf('h;ann', { 'x-xbl-contract-version': '1' }) }

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
