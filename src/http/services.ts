import type { AdjustableClock } from '../base/clock.ts'
import type { Config } from '../config/config.ts'
import type { Session } from '../model/session.ts'
import type { Store } from '../store/store.ts'

/** What a route works with. */
export interface Services {
  readonly config: Config
  readonly store: Store
  readonly clock: AdjustableClock
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The clock, in ms since 1970, read once. */
    now: number
    /** Who calls. Set before any handler of the service runs; undefined on routes that ask for no token. */
    session: Session
    /** Why it was refused, for the log, and the trace that the live dialect sends. */
    refusal?: { reason: string, trace: string }
    /** True when a fault changes its answer, which is then sent as one text that Fastify's hooks see. */
    isFaulty: boolean
  }
}
