import { randomInt } from 'node:crypto'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { invalidRequest } from '../../model/refusals.ts'
import { checkFault } from './check.ts'
import { createPathMatcher, type FaultRoute } from './path-pattern.ts'
import type { FaultSpec } from './schema.ts'

/** A fault that is set up. */
export interface Fault extends FaultSpec {
  readonly id: number
  readonly seed: number
  /** How often it has happened. */
  readonly happened: number
}

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
export interface Faults {
  /** Adds a route that faults can happen to. */
  readonly addRoute: (route: FaultRoute) => void
  /**
   * Sets up a fault. When there are as many as there may be, those that cannot happen any more are deleted.
   *
   * @throws 400 when all of them can still happen, and for a fault that could not happen to any request.
   */
  readonly add: (spec: FaultSpec) => Fault
  readonly isEmpty: () => boolean
  /** In the order in which they are tried. */
  readonly list: () => Fault[]
  /** Returns false when there is no such fault. */
  readonly remove: (id: number) => boolean
  readonly clear: () => void
  /** Lets the first fault happen that matches a request and whose probability comes up; null when there is none. */
  readonly trigger: (request: RequestProperties) => TriggeredFault | null
}

/** How many faults can be set up at once: every request is compared with each of them. */
const MOST_FAULTS = 100

/** @param onChange is called with each fault that is set up or deleted, after that. */
export function createFaults (onChange: (what: 'added' | 'deleted', id: number) => void = () => {}): Faults {
  let faults: ActiveFault[] = []
  let nextId = 1
  const routes: FaultRoute[] = []
  function keep (isKept: (fault: ActiveFault) => boolean): boolean {
    const deleted = faults.filter((fault) => !isKept(fault))
    faults = faults.filter(isKept)
    for (const { id } of deleted) onChange('deleted', id)
    return deleted.length > 0
  }

  return {
    addRoute: (route) => { routes.push(route) },

    add: (spec) => {
      const checked = checkFault(spec, routes)
      if (faults.length === MOST_FAULTS) keep((fault) => !fault.isExhausted())
      if (faults.length === MOST_FAULTS) throw invalidRequest(`There are ${MOST_FAULTS} faults; expected some to be deleted first.`)
      const fault = createActiveFault(checked, nextId++)
      faults.push(fault)
      onChange('added', fault.id)
      return fault.state()
    },

    isEmpty: () => faults.length === 0,

    list: () => faults.map((fault) => fault.state()),

    remove: (id) => keep((fault) => fault.id !== id),

    clear: () => { keep(() => false) },

    trigger: (request) => {
      for (const fault of faults) {
        const triggered = fault.trigger(request)
        if (triggered !== null) return triggered
      }
      return null
    }
  }
}

interface ActiveFault {
  readonly id: number
  readonly state: () => Fault
  /** True once it has happened as often as it should. */
  readonly isExhausted: () => boolean
  readonly trigger: (request: RequestProperties) => TriggeredFault | null
}

function createActiveFault (spec: FaultSpec, id: number): ActiveFault {
  const seed = spec.seed ?? randomInt(2 ** 32)
  const generator = xoroshiro128plus(seed)
  const matchesPath = spec.path === null ? () => true : createPathMatcher(spec.path)
  let happened = 0
  const isExhausted = (): boolean => spec.times !== null && happened >= spec.times
  const matches = ({ method, paths, xuid, titleId }: RequestProperties): boolean =>
    (spec.method === null || spec.method.toUpperCase() === method) &&
    paths.some(matchesPath) &&
    (spec.xuid === null || spec.xuid === xuid) &&
    (spec.titleId === null || spec.titleId === titleId)
  const state = (): Fault => ({ ...spec, id, seed, happened })
  return {
    id,
    state,
    isExhausted,
    trigger: (request) => {
      if (isExhausted() || !matches(request) || uniformFloat64(generator) >= spec.probability) return null
      happened++
      return { fault: state(), delay: drawDelay(spec.delay, () => uniformFloat64(generator)) }
    }
  }
}

/** @param random returns a number from 0 to 1, without 1. */
function drawDelay (delay: FaultSpec['delay'], random: () => number): number {
  if (delay === null) return 0
  return typeof delay === 'number' ? delay : Math.floor(delay.min + random() * (delay.max - delay.min + 1))
}
