import type { FastifyInstance } from 'fastify'
import type { AdjustableClock } from '../base/clock.ts'
import type { Config } from '../config/config.ts'
import type { XblError } from '../model/refusals.ts'
import type { Caller } from '../model/session.ts'
import type { Feed } from '../operations/feed.ts'
import type { Operations } from '../operations/operations.ts'
import type { RateLimit } from '../rules/rate-limit.ts'
import type { Store } from '../store/store.ts'

/** What every route is given. */
export interface Services {
  readonly config: Config
  /** Reads the database, and writes nothing. */
  readonly store: Store
  /** Everything that changes the world. */
  readonly operations: Operations
  /** What the operations of this process and of others have changed, as it happens. */
  readonly feed: Feed
  readonly clock: AdjustableClock
  /** How many requests a user and title may send, and have sent. */
  readonly rateLimit: RateLimit
  /** Adds what is to be forgotten, besides the world, when everything goes back to the start. */
  readonly onReset: (forget: () => void) => void
}

/** What is special about the requests to a family of hosts. */
export interface HostTraits {
  /** True when requests carry a token with claims, by which a fault can choose them. */
  readonly hasClaims?: boolean
  /** Makes the 401 of these hosts. */
  readonly refuse?: (message: string) => XblError
}

/** Lets the faults that a test sets up happen to the routes of an instance, after the hooks that were added to it before. */
export type InjectFaults = (app: FastifyInstance, traits?: HostTraits) => void

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A parameter of the path of which only these values are served: faults for others can happen to no request. */
    served?: { readonly parameter: string, readonly values: readonly string[] }
  }
  interface FastifyRequest {
    /** The clock, in ms since 1970, read once. */
    now: number
    /** The session of the caller's token. Hooks set it before a handler runs; undefined on routes that take no token. */
    session: Caller
    /** Why the request was refused, for the log, and the trace that the live dialect sends with the refusal. */
    refusal?: { reason: string, trace: string }
    /** What may be wrong with a request that was answered and not refused: why its list is empty. For the log and the journal. */
    hint?: string | undefined
    /** True when a fault happens to the request: Fastify then sends the response, so that the fault's onSend hook sees it. */
    isFaulty: boolean
    /** True when a browser asked whether a page may send a request, and was answered. */
    isPreflight?: true
  }
}
