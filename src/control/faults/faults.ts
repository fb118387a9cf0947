import { randomInt } from 'node:crypto'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { invalidRequest } from '../../model/refusals.ts'
import { checkFault } from './check-fault.ts'
import type { FaultRoute } from './fault-reach.ts'
import type { FaultSpec } from './fault-spec.ts'

/** A fault that is set up. */
export interface Fault extends FaultSpec {
  readonly id: number
  readonly seed: number
  /** How often it has happened. */
  readonly happened: number
}

/** What a fault looks at in a request. */
export interface Facts {
  readonly method: string
  /** Each name that its path has, in its one spelling, without the query. */
  readonly paths: readonly string[]
  readonly xuid: string | null
  readonly titleId: number | null
}

/** A fault that happens to a request now. */
export interface Happening {
  readonly fault: Fault
  /** How long to wait first, in ms. */
  readonly delay: number
}

/** How many faults can be set up at once: every request is held against each. */
const MOST_FAULTS = 100

export type Faults = ReturnType<typeof createFaults>

/** A set of faults, empty at first. */
export function createFaults () {
  let faults: Entry[] = []
  let nextId = 1
  const routes: FaultRoute[] = []
  return {
    /** Lets faults happen to a route. */
    reach (route: FaultRoute): void { routes.push(route) },

    /**
     * Sets up a fault. Where there are too many, those that will not happen again give way.
     *
     * @throws 400 when all of them may still happen, and for one that cannot happen.
     */
    add (given: FaultSpec): Fault {
      const spec = checkFault(given, routes)
      if (faults.length === MOST_FAULTS) faults = faults.filter((entry) => !entry.isSpent())
      if (faults.length === MOST_FAULTS) throw invalidRequest(`There are ${MOST_FAULTS} faults; expected some to be deleted first.`)
      const entry = createEntry(spec, nextId++)
      faults.push(entry)
      return entry.show()
    },

    isEmpty: (): boolean => faults.length === 0,

    list: (): Fault[] => faults.map((entry) => entry.show()),

    /** False when there is no such fault. */
    remove (id: number): boolean {
      const before = faults.length
      faults = faults.filter((entry) => entry.id !== id)
      return faults.length < before
    },

    clear (): void { faults = [] },

    /** What happens to a request: the first fault that matches and whose chance comes up. */
    take (facts: Facts): Happening | null {
      for (const entry of faults) {
        const happening = entry.take(facts)
        if (happening !== null) return happening
      }
      return null
    }
  }
}

interface Entry {
  readonly id: number
  readonly show: () => Fault
  /** True once it has happened as often as it should. */
  readonly isSpent: () => boolean
  readonly take: (facts: Facts) => Happening | null
}

function createEntry (spec: FaultSpec, id: number): Entry {
  const seed = spec.seed ?? randomInt(2 ** 32)
  const generator = xoroshiro128plus(seed)
  const matchesPath = spec.path === null ? () => true : matcherOf(spec.path)
  let happened = 0
  const isSpent = (): boolean => spec.times !== null && happened >= spec.times
  const matches = (facts: Facts): boolean =>
    !isSpent() &&
    (spec.method === null || spec.method.toUpperCase() === facts.method) &&
    facts.paths.some(matchesPath) &&
    (spec.xuid === null || spec.xuid === facts.xuid) &&
    (spec.titleId === null || spec.titleId === facts.titleId)
  const show = (): Fault => ({ ...spec, id, seed, happened })
  return {
    id,
    show,
    isSpent,
    take (facts) {
      if (!matches(facts) || uniformFloat64(generator) >= spec.probability) return null
      happened++
      return { fault: show(), delay: drawDelay(spec.delay, () => uniformFloat64(generator)) }
    }
  }
}

/**
 * Tells the paths that a pattern stands for, with a slash at their end or not. Every part is looked for
 * once, from left to right: a regular expression of many stars would try every place for each.
 */
function matcherOf (pattern: string): (path: string) => boolean {
  const [first = '', ...others] = pattern.toLowerCase().split('*')
  const last = others.pop()
  const matches = (path: string): boolean => {
    if (last === undefined) return path === first
    let end = path.startsWith(first) ? first.length : Infinity
    for (const part of others) {
      const at = path.indexOf(part, end)
      end = at === -1 ? Infinity : at + part.length
    }
    return end + last.length <= path.length && path.endsWith(last)
  }
  return (path) => matches(path.toLowerCase()) || (path.endsWith('/') && matches(path.slice(0, -1).toLowerCase()))
}

function drawDelay (delay: FaultSpec['delay'], draw: () => number): number {
  if (delay === null) return 0
  return typeof delay === 'number' ? delay : Math.floor(delay.min + draw() * (delay.max - delay.min + 1))
}
