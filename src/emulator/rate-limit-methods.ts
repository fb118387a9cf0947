import { Type } from '@sinclair/typebox'
import { isRefusedNext, showCaller, type ShownCaller } from '../control/rate-limit-routes.ts'
import { LimitsBody } from '../control/rate-limit-schemas.ts'
import { requireValid } from '../http/body.ts'
import type { RateLimits } from '../rules/rate-limit.ts'
import type { MethodContext } from './context.ts'

/** How many requests a user and title may send in 15 seconds (`burst`) and in 300 (`sustain`). */
export interface RateLimitMethods {
  readonly rateLimits: {
    /** The limits; null: every request passes. */
    readonly get: () => RateLimits | null
    /** Changes them; null ends them. What was counted counts on. */
    readonly set: (limits: RateLimits | null) => void
    /** Goes back to those of the option `rateLimit`, and forgets what was counted. */
    readonly reset: () => void
    /** Users and titles whose requests are counted; with `full: true` those whose next request is refused. */
    readonly callers: (selection?: { readonly full?: boolean }) => ShownCaller[]
  }
}

const CallerSelection = Type.Object({
  full: Type.Optional(Type.Boolean({ errorMessage: 'true or false' }))
}, { default: {}, additionalProperties: false, errorMessage: 'an object' })

export function rateLimitMethods ({ served: { services, services: { rateLimit, clock } } }: MethodContext): RateLimitMethods {
  return {
    rateLimits: {
      get: rateLimit.limits,
      set: (limits) => { rateLimit.set(requireValid(LimitsBody, { limits }, 'The limits').limits) },
      reset: rateLimit.reset,
      callers: (selection) => {
        const { full } = requireValid(CallerSelection, selection, 'The selection')
        const now = clock.now()
        return rateLimit.callers(now).filter((caller) => full === undefined || isRefusedNext(caller) === full).map(showCaller(services, now))
      }
    }
  }
}
