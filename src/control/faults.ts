import { randomInt } from 'node:crypto'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { Type, type Static } from '@sinclair/typebox'
import { invalidRequest } from '../errors.ts'
import { PATTERNS } from '../world/schema.ts'

/** The statuses of the specification that a fault can answer with, each with its documented body. */
export const FAULT_STATUSES = [301, 304, 307, 400, 401, 403, 404, 405, 406, 408, 410, 429, 500, 503] as const
export type FaultStatus = typeof FAULT_STATUSES[number]

/** What no status can say: the connection is reset, or the body ends in its middle. */
export const FAULT_EFFECTS = ['reset', 'truncate'] as const

const optional = { default: null }
const ms = Type.Integer({ minimum: 0, maximum: 3_600_000, errorMessage: 'an integer from 0 to 3600000, in ms' })

/** What goes wrong, for which requests. A member that is not given matches every request. */
export const FaultSpec = Type.Object({
  method: Type.Union([Type.String({ minLength: 1, maxLength: 32 }), Type.Null()], { ...optional, description: 'An HTTP method.', errorMessage: 'an HTTP method, or null' }),
  path: Type.Union([Type.String({ pattern: '^[/*][^?#]*$', maxLength: 256 }), Type.Null()], { ...optional, description: 'A path, in any letter case, percent-encoded or not; * stands for any characters.', errorMessage: 'a path of at most 256 characters that starts with "/" or "*" and has no query, or null' }),
  xuid: Type.Union([Type.String({ pattern: PATTERNS.xuid }), Type.Null()], { ...optional, description: 'The XUID of the caller.', errorMessage: 'a XUID in quotes, or null' }),
  titleId: Type.Union([Type.Integer({ minimum: 0, maximum: 4294967295 }), Type.Null()], { ...optional, description: 'The title of the caller\'s token.', errorMessage: 'a title id, or null' }),
  status: Type.Union([...FAULT_STATUSES.map((status) => Type.Literal(status)), Type.Null()], { ...optional, description: 'The status to answer with.', errorMessage: `one of ${FAULT_STATUSES.join(', ')}, or null` }),
  location: Type.Union([Type.String({ pattern: PATTERNS.uri }), Type.Null()], { ...optional, description: 'The Location of a 301 or 307.', errorMessage: 'a URI, or null' }),
  effect: Type.Union([...FAULT_EFFECTS.map((effect) => Type.Literal(effect)), Type.Null()], { ...optional, description: 'Reset the connection, or end the body in its middle.', errorMessage: 'one of "reset", "truncate", or null' }),
  delay: Type.Union([ms, Type.Object({ min: ms, max: ms }, { additionalProperties: false, errorMessage: 'an object with min and max' }), Type.Null()], { ...optional, description: 'Milliseconds to wait first, or limits between which they are drawn evenly. Past the request timeout: 408.', errorMessage: 'milliseconds, an object with min and max, or null' }),
  times: Type.Union([Type.Integer({ minimum: 1, maximum: 4294967295 }), Type.Null()], { ...optional, description: 'How often it happens; null: until it is deleted.', errorMessage: 'an integer from 1, or null' }),
  probability: Type.Number({ default: 1, minimum: 0, maximum: 1, description: 'How likely it happens to a request that matches.', errorMessage: 'a number from 0 to 1' }),
  seed: Type.Union([Type.Integer({ minimum: 0, maximum: 4294967295 }), Type.Null()], { ...optional, description: 'Makes chance repeatable; null: a fresh one.', errorMessage: 'an integer from 0 to 4294967295, or null' })
}, { additionalProperties: false, errorMessage: 'an object' })

export type FaultSpec = Static<typeof FaultSpec>

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
  return {
    /**
     * Sets up a fault. Where there are too many, those that will not happen again give way.
     *
     * @throws 400 when all of them may still happen.
     */
    add (spec: FaultSpec): Fault {
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
