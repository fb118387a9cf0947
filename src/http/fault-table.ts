import { randomInt } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { invalidRequest } from '../model/refusals.ts'
import { nullable } from '../world/schema-parts.ts'

/** The members that say how often, and how likely, a fault happens to what it matches. */
export const CHANCE = {
  times: nullable(Type.Integer({ minimum: 1, maximum: 4294967295, errorMessage: 'an integer from 1' }), 'How often it happens; null: until it is deleted.'),
  probability: Type.Number({ default: 1, minimum: 0, maximum: 1, description: 'How likely it happens to what it matches.', errorMessage: 'a number from 0 to 1' }),
  seed: nullable(Type.Integer({ minimum: 0, maximum: 4294967295, errorMessage: 'an integer from 0 to 4294967295' }), 'Makes chance repeatable; null: a fresh one.')
}

interface Chance {
  readonly times: number | null
  readonly probability: number
  readonly seed: number | null
}

/** A fault that is set up. */
export type ActiveFault<Spec extends Chance> = Spec & {
  readonly id: number
  readonly seed: number
  /** How often it has happened. */
  readonly happened: number
}

/** The faults of one kind that are set up. */
export interface FaultTable<Spec extends Chance, Asked> {
  /**
   * Sets up a fault. When there are as many as there may be, those that cannot happen any more are deleted.
   *
   * @throws 400 when all of them can still happen.
   */
  readonly add: (spec: Spec) => ActiveFault<Spec>
  readonly isEmpty: () => boolean
  /** In the order in which they are tried. */
  readonly list: () => Array<ActiveFault<Spec>>
  /** Returns false when there is no such fault. */
  readonly remove: (id: number) => boolean
  readonly clear: () => void
  /** Lets the first fault happen that matches and whose probability comes up; null when there is none. */
  readonly trigger: (asked: Asked) => Happening<Spec> | null
}

/** A fault that happens now. */
interface Happening<Spec extends Chance> {
  readonly fault: ActiveFault<Spec>
  /** Draws a number from 0 to 1, without 1, from the chance of the fault. */
  readonly random: () => number
}

/** How many faults can be set up at once: whatever they can happen to is compared with each of them. */
const MOST_FAULTS = 100

/**
 * Makes a table without faults.
 *
 * @param createMatcher returns what tells whether a fault can happen to something.
 * @param onChange is called with each fault that is set up or deleted, after that.
 */
export function createFaultTable<Spec extends Chance, Asked> (
  createMatcher: (spec: Spec) => (asked: Asked) => boolean,
  onChange: (what: 'added' | 'deleted', id: number) => void = () => {}
): FaultTable<Spec, Asked> {
  let rows: Array<FaultRow<Spec, Asked>> = []
  let nextId = 1
  function keep (isKept: (row: FaultRow<Spec, Asked>) => boolean): boolean {
    const deleted = rows.filter((row) => !isKept(row))
    rows = rows.filter(isKept)
    for (const { id } of deleted) onChange('deleted', id)
    return deleted.length > 0
  }

  return {
    add: (spec) => {
      if (rows.length === MOST_FAULTS) keep((row) => !row.isExhausted())
      if (rows.length === MOST_FAULTS) throw invalidRequest(`There are ${MOST_FAULTS} faults; expected some to be deleted first.`)
      const row = createFaultRow(spec, { id: nextId++, matches: createMatcher(spec) })
      rows.push(row)
      onChange('added', row.id)
      return row.state()
    },

    isEmpty: () => rows.length === 0,
    list: () => rows.map((row) => row.state()),
    remove: (id) => keep((row) => row.id !== id),
    clear: () => { keep(() => false) },

    trigger: (asked) => {
      for (const row of rows) {
        const happening = row.trigger(asked)
        if (happening !== null) return happening
      }
      return null
    }
  }
}

interface FaultRow<Spec extends Chance, Asked> {
  readonly id: number
  readonly state: () => ActiveFault<Spec>
  /** True once it has happened as often as it should. */
  readonly isExhausted: () => boolean
  readonly trigger: (asked: Asked) => Happening<Spec> | null
}

function createFaultRow<Spec extends Chance, Asked> (spec: Spec, { id, matches }: { id: number, matches: (asked: Asked) => boolean }): FaultRow<Spec, Asked> {
  const seed = spec.seed ?? randomInt(2 ** 32)
  const generator = xoroshiro128plus(seed)
  const random = (): number => uniformFloat64(generator)
  let happened = 0
  const isExhausted = (): boolean => spec.times !== null && happened >= spec.times
  const state = (): ActiveFault<Spec> => ({ ...spec, id, seed, happened })
  return {
    id,
    state,
    isExhausted,
    trigger: (asked) => {
      if (isExhausted() || !matches(asked) || random() >= spec.probability) return null
      happened++
      return { fault: state(), random }
    }
  }
}
