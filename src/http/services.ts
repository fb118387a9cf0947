import type { AdjustableClock } from '../base/clock.ts'
import type { Config } from '../config/config.ts'
import type { Session } from '../model/domain.ts'
import type { Happening } from '../control/faults/faults.ts'
import type { Answers } from '../xbox/answers/answer-cache.ts'
import type { Views } from '../xbox/answers/achievement-cache.ts'
import type { Store } from '../store/store.ts'

/** What a route works with. */
export interface Services {
  readonly config: Config
  readonly store: Store
  readonly clock: AdjustableClock
  readonly views: Views
  readonly answers: Answers
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The clock, in ms since 1970, read once. */
    now: number
    /** Who calls. Set before any handler of the service runs; undefined on routes that ask for no token. */
    session: Session
    /** Why it was refused, for the log, and the trace that the live dialect sends. */
    refusal?: { reason: string, trace: string }
    /** True once it is in the journal. */
    isNoted: boolean
    /** What goes wrong with it, because a test wants it to. */
    happening?: Happening
  }
}
