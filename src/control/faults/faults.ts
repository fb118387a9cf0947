import { createFaultTable, type ActiveFault, type FaultEvent, type FaultTable } from '../../http/fault-table.ts'
import { checkFault } from './check.ts'
import { createPathMatcher, type FaultRoute } from './path-pattern.ts'
import type { FaultSpec } from './schema.ts'

/** A fault that is set up. */
export interface Fault extends ActiveFault<FaultSpec> {}

/** The properties of a request by which faults are matched. */
export interface RequestProperties {
  readonly method: string
  /** The paths by which a fault may name the request, in canonical spelling and without the query: `/users/me/…` also has the one with the caller's XUID. */
  readonly paths: readonly string[]
  readonly xuid: string | null
  readonly titleId: number | null
}

/** A fault that happens to a request now. */
export interface TriggeredFault {
  readonly fault: Fault
  /** How long to wait before it happens, in ms. */
  readonly delay: number
}

/** The faults of one emulator. */
export interface Faults extends Omit<FaultTable<FaultSpec, RequestProperties>, 'trigger'> {
  /** Adds a route that faults can happen to. */
  readonly addRoute: (route: FaultRoute) => void
  /** Lets the first fault happen that matches a request and whose probability comes up; null when there is none. */
  readonly trigger: (request: RequestProperties) => TriggeredFault | null
}

/** @param onChange is called with each fault that is set up, changed or deleted, after that. */
export function createFaults (onChange?: (what: FaultEvent, id: number) => void): Faults {
  const routes: FaultRoute[] = []
  // A fault that could not happen to any request is none, either.
  const { trigger, ...others } = createFaultTable<FaultSpec, RequestProperties>({ check: (spec) => checkFault(spec, routes), createMatcher: createRequestMatcher, onChange })
  return {
    addRoute: (route) => { routes.push(route) },
    ...others,

    trigger: (request) => {
      const happening = trigger(request)
      return happening === null ? null : { fault: happening.fault, delay: drawDelay(happening.fault.delay, happening.random) }
    }
  }
}

function createRequestMatcher (spec: FaultSpec): (request: RequestProperties) => boolean {
  const matchesPath = spec.path === null ? () => true : createPathMatcher(spec.path)
  return ({ method, paths, xuid, titleId }) =>
    (spec.method === null || spec.method.toUpperCase() === method) &&
    paths.some(matchesPath) &&
    (spec.xuid === null || spec.xuid === xuid) &&
    (spec.titleId === null || spec.titleId === titleId)
}

/** @param random returns a number from 0 to 1, without 1. */
function drawDelay (delay: FaultSpec['delay'], random: () => number): number {
  if (delay === null) return 0
  return typeof delay === 'number' ? delay : Math.floor(delay.min + random() * (delay.max - delay.min + 1))
}
