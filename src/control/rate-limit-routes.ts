import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { formatInstant } from '../base/instant.ts'
import { readUnsigned32, readUnsigned64 } from '../base/integers.ts'
import { parseBoolean, Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { compareCallers, type LimitedCaller, type RateLimits, type WindowState } from '../rules/rate-limit.ts'
import { readUser } from './named-user.ts'
import { readKeyedPage, readPageLimit } from './page.ts'
import { LimitsBody } from './rate-limit-schemas.ts'

/** A window as a test sees it. */
export interface ShownWindow extends Omit<WindowState, 'end'> {
  /** An instant on the emulator's clock; null: none has begun. */
  readonly ends: string | null
  /** In how many seconds, rounded up. */
  readonly resetsIn: number | null
}

/** A user and title whose requests are counted, as a test sees them. */
export interface ShownCaller extends Pick<LimitedCaller, 'xuid' | 'titleId'> {
  readonly gamertag: string | null
  readonly burst: ShownWindow
  readonly sustain: ShownWindow
}

/** The rate limits, and a page of those whose requests they count. */
export interface ShownRateLimits {
  readonly limits: RateLimits | null
  readonly configured: RateLimits | null
  readonly callers: readonly ShownCaller[]
  readonly next: string | null
  readonly counts: { readonly callers: number, readonly full: number }
}

type CallerKey = Pick<LimitedCaller, 'xuid' | 'titleId'>

/** The rate limits, while the emulator runs. */
export function rateLimitRoutes (app: FastifyInstance, services: Services): void {
  const { store, rateLimit } = services

  app.get<{ Querystring: URLSearchParams }>('/_emulator/rate-limits', (request): ShownRateLimits => {
    const query = new Query(request.query)
    query.requireKnown(['xuid', 'full', 'limit', 'after'])
    const xuid = query.one('xuid', 'a XUID or a gamertag', (name) => readUser(store, name))
    const isFull = query.one('full', 'true or false', parseBoolean)
    const after = query.one('after', 'what next was of the page before', readCaller)
    const matching = rateLimit.callers(request.now).filter((caller) => (xuid === undefined || caller.xuid === xuid) && (isFull === undefined || isRefusedNext(caller) === isFull))
    const { entries, next } = readKeyedPage(readPageLimit(query), (limit) => matching.filter((caller) => after === undefined || compareCallers(caller, after) > 0).slice(0, limit), writeCaller)
    return { limits: rateLimit.limits(), configured: rateLimit.configured, callers: entries.map(showCaller(services, request.now)), next, counts: { callers: matching.length, full: matching.filter(isRefusedNext).length } }
  })

  app.put<{ Body: Static<typeof LimitsBody> }>('/_emulator/rate-limits', { schema: { body: LimitsBody } }, ({ body: { limits } }) => {
    rateLimit.set(limits)
    return { limits: rateLimit.limits(), configured: rateLimit.configured }
  })

  app.delete('/_emulator/rate-limits', (_request, reply) => {
    rateLimit.reset()
    reply.code(204).send()
  })
}

/** Makes what shows a caller as a test sees it. @param now the clock, in ms. */
export function showCaller ({ store }: Pick<Services, 'store'>, now: number): (caller: LimitedCaller) => ShownCaller {
  const show = ({ end, ...window }: WindowState): ShownWindow => ({ ...window, ends: end === null ? null : formatInstant(end), resetsIn: end === null ? null : Math.ceil((end - now) / 1000) })
  return ({ xuid, titleId, burst, sustain }) =>
    ({ xuid, gamertag: xuid === null ? null : store.people.findSettings(xuid)?.gamertag ?? null, titleId, burst: show(burst), sustain: show(sustain) })
}

/** Whether the next request of a caller is refused. */
export const isRefusedNext = ({ burst, sustain }: LimitedCaller): boolean => burst.isFull || sustain.isFull

/** A caller, as the page after it begins: XUID and title, each empty for none. */
const writeCaller = ({ xuid, titleId }: CallerKey): string => `${xuid ?? ''},${titleId ?? ''}`

function readCaller (text: string): CallerKey | undefined {
  const [xuid = '', titleId = '', more] = text.split(',')
  const read = { xuid: xuid === '' ? null : readUnsigned64(xuid), titleId: titleId === '' ? null : readUnsigned32(titleId) }
  return more !== undefined || read.xuid === undefined || read.titleId === undefined || !text.includes(',') ? undefined : { xuid: read.xuid, titleId: read.titleId }
}
