import { createStarMatcher } from '../base/star-pattern.ts'
import { createFaultTable, type FaultEvent } from '../http/fault-table.ts'
import { checkRealTimeFault, type RealTimeFaultSpec } from '../http/real-time-fault.ts'
import type { RealTimeFaults } from '../http/real-time.ts'

/** A subscription, as faults are matched with it. */
interface MatchedSubscription {
  /** The caller's; null: the token has no user claim. */
  readonly xuid: string | null
  /** The resource as the client has sent it. */
  readonly resource: string
}

/** What becomes of an event. */
export interface EventFate {
  /** True when it is lost. */
  readonly drop: boolean
  /** How much later it is sent, in ms; 0: at once. */
  readonly delay: number
}

/** What goes wrong with subscriptions and events. Each question counts as one time that a fault may happen. */
export interface FaultEffects {
  /** The code with which a subscription is refused that is asked for now; null when it is not. */
  readonly refusalOf: (subscription: MatchedSubscription) => number | null
  /** What becomes of an event for a subscription. The caller keeps the order: what follows a delayed event waits for it. */
  readonly fateOf: (subscription: MatchedSubscription) => EventFate
}

/** The faults of real-time activity that a test has set up. */
export interface SubscriptionFaults extends RealTimeFaults, FaultEffects {}

const ON_TIME: EventFate = { drop: false, delay: 0 }

/** No faults, to begin with. @param onChange is called with each fault that is set up, changed or deleted, after that. */
export function createSubscriptionFaults (onChange?: (what: FaultEvent, id: number) => void): SubscriptionFaults {
  const { trigger, isIdle: _isIdle, ...others } = createFaultTable({ check: checkRealTimeFault, createMatcher: createSubscriptionMatcher, onChange })
  return {
    ...others,

    refusalOf: (subscription) => trigger({ ...subscription, on: 'subscribe' })?.fault.code ?? null,

    fateOf: (subscription) => {
      const fault = trigger({ ...subscription, on: 'event' })?.fault
      return fault === undefined ? ON_TIME : { drop: fault.drop, delay: fault.delay ?? 0 }
    }
  }
}

function createSubscriptionMatcher (spec: RealTimeFaultSpec): (asked: MatchedSubscription & Pick<RealTimeFaultSpec, 'on'>) => boolean {
  const matches = spec.resource === null ? () => true : createStarMatcher(spec.resource.toLowerCase())
  return ({ on, xuid, resource }) => on === spec.on && (spec.xuid === null || spec.xuid === xuid) && matches(resource.toLowerCase())
}
