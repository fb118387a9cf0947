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
export type ListedFault<Spec extends Chance> = Spec & {
  readonly id: number
  readonly seed: number
  /** How often it has happened. */
  readonly happened: number
}

/** Faults, and what they happen to. */
export interface FaultList<Spec extends Chance, Asked> {
  /**
   * Sets up a fault. When there are as many as there may be, those that cannot happen any more are deleted.
   *
   * @throws 400 when all of them can still happen.
   */
  readonly add: (spec: Spec) => ListedFault<Spec>
  readonly isEmpty: () => boolean
  /** In the order in which they are tried. */
  readonly list: () => Array<ListedFault<Spec>>
  /** Returns false when there is no such fault. */
  readonly remove: (id: number) => boolean
  readonly clear: () => void
  /** Lets the first fault happen that matches and whose probability comes up; null when there is none. */
  readonly trigger: (asked: Asked) => TriggeredOne<Spec> | null
}

interface TriggeredOne<Spec extends Chance> {
  readonly fault: ListedFault<Spec>
  /** Draws a number from 0 to 1, without 1, from the chance of the fault. */
  readonly random: () => number
}

/** How many faults can be set up at once: each of them is compared with whatever they can happen to. */
const MOST_FAULTS = 100

/** @param matcherOf returns what tells whether a fault can happen to something. */
export function createFaultList<Spec extends Chance, Asked> (matcherOf: (spec: Spec) => (asked: Asked) => boolean): FaultList<Spec, Asked> {
  let faults: Array<ActiveFault<Spec, Asked>> = []
  let nextId = 1
  return {
    add: (spec) => {
      if (faults.length === MOST_FAULTS) faults = faults.filter((fault) => !fault.isExhausted())
      if (faults.length === MOST_FAULTS) throw invalidRequest(`There are ${MOST_FAULTS} faults; expected some to be deleted first.`)
      const fault = createActiveFault(spec, { id: nextId++, matches: matcherOf(spec) })
      faults.push(fault)
      return fault.state()
    },

    isEmpty: () => faults.length === 0,
    list: () => faults.map((fault) => fault.state()),

    remove: (id) => {
      const count = faults.length
      faults = faults.filter((fault) => fault.id !== id)
      return faults.length < count
    },

    clear: () => { faults = [] },

    trigger: (asked) => {
      for (const fault of faults) {
        const triggered = fault.trigger(asked)
        if (triggered !== null) return triggered
      }
      return null
    }
  }
}

interface ActiveFault<Spec extends Chance, Asked> {
  readonly id: number
  readonly state: () => ListedFault<Spec>
  /** True once it has happened as often as it should. */
  readonly isExhausted: () => boolean
  readonly trigger: (asked: Asked) => TriggeredOne<Spec> | null
}

function createActiveFault<Spec extends Chance, Asked> (spec: Spec, { id, matches }: { id: number, matches: (asked: Asked) => boolean }): ActiveFault<Spec, Asked> {
  const seed = spec.seed ?? randomInt(2 ** 32)
  const generator = xoroshiro128plus(seed)
  const random = (): number => uniformFloat64(generator)
  let happened = 0
  const isExhausted = (): boolean => spec.times !== null && happened >= spec.times
  const state = (): ListedFault<Spec> => ({ ...spec, id, seed, happened })
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
