import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { invalidRequest } from '../model/refusals.ts'
import { MOST_FAULTS, type Chance, type FaultChange } from './fault-members.ts'

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
   * @throws 400 for a fault that is none, and when all of them can still happen.
   */
  readonly add: (spec: Spec) => ActiveFault<Spec>
  /**
   * Changes a fault. It keeps its place in the order unless another one is given, and goes on drawing where it was unless
   * a seed is given.
   *
   * @returns the fault as it is then; undefined when there is none with the id.
   * @throws 400 when it would be none then.
   */
  readonly change: (id: number, change: FaultChange<Spec>) => ActiveFault<Spec> | undefined
  /** True when none can happen: there is none, or they are switched off. */
  readonly isIdle: () => boolean
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

/** What becomes of a fault, as the feed tells it. */
export type FaultEvent = 'added' | 'changed' | 'deleted'

/** What differs between the kinds of faults. */
interface FaultKind<Spec, Asked> {
  /** Returns the fault as it is compared. @throws 400 for one that is none. */
  readonly check: (spec: Spec) => Spec
  /** Returns what tells whether a fault can happen to something. */
  readonly createMatcher: (spec: Spec) => (asked: Asked) => boolean
  /** Called with each fault that is set up, changed or deleted, after that. */
  readonly onChange?: ((what: FaultEvent, id: number) => void) | undefined
}

/** Makes a table without faults. */
export function createFaultTable<Spec extends Chance, Asked> ({ check, createMatcher, onChange = () => {} }: FaultKind<Spec, Asked>): FaultTable<Spec, Asked> {
  let rows: Array<FaultRow<Spec, Asked>> = []
  // Those that are switched on: nothing else is compared with what happens.
  let tried = rows
  let nextId = 1
  function keep (next: Array<FaultRow<Spec, Asked>>): void {
    rows = next
    tried = rows.filter(({ spec }) => spec.enabled)
  }
  function remove (isDeleted: (row: FaultRow<Spec, Asked>) => boolean): boolean {
    const deleted = rows.filter(isDeleted)
    keep(rows.filter((row) => !isDeleted(row)))
    for (const { id } of deleted) onChange('deleted', id)
    return deleted.length > 0
  }
  function createRow (spec: Spec): FaultRow<Spec, Asked> {
    const checked = check(spec)
    if (rows.length === MOST_FAULTS) remove(isExhausted)
    if (rows.length === MOST_FAULTS) throw invalidRequest(`There are ${MOST_FAULTS} faults; expected some to be deleted first.`)
    return { id: nextId++, spec: checked, matches: createMatcher(checked), ...createChance(checked.seed), happened: 0 }
  }

  return {
    add: (spec) => {
      const row = createRow(spec)
      keep([...rows, row])
      onChange('added', row.id)
      return faultOf(row)
    },

    change: (id, change) => {
      const index = rows.findIndex((row) => row.id === id)
      const row = rows[index]
      if (row === undefined) return undefined
      const changed = changeRow(row, change, { check, createMatcher })
      const others = rows.toSpliced(index, 1)
      const place = change.position === undefined ? index : Math.min(change.position - 1, others.length)
      const isSame = place === index && isDeepStrictEqual(faultOf(row), faultOf(changed))
      keep(others.toSpliced(place, 0, changed))
      if (!isSame) onChange('changed', id)
      return faultOf(changed)
    },

    isIdle: () => tried.length === 0,
    list: () => rows.map(faultOf),
    remove: (id) => remove((row) => row.id === id),
    clear: () => { remove(() => true) },

    trigger: (asked) => {
      for (const row of tried) {
        if (isExhausted(row) || !row.matches(asked) || row.random() >= row.spec.probability) continue
        row.happened++
        return { fault: faultOf(row), random: row.random }
      }
      return null
    }
  }
}

interface FaultRow<Spec extends Chance, Asked> {
  readonly id: number
  readonly spec: Spec
  readonly seed: number
  readonly random: () => number
  readonly matches: (asked: Asked) => boolean
  happened: number
}

/** True once it has happened as often as it should. */
const isExhausted = ({ spec: { times }, happened }: FaultRow<Chance, never>): boolean => times !== null && happened >= times

const faultOf = <Spec extends Chance>({ spec, id, seed, happened }: FaultRow<Spec, never>): ActiveFault<Spec> => ({ ...spec, id, seed, happened })

/** The chance of a fault: its seed, and what draws numbers from 0 to 1, without 1. */
function createChance (given: number | null): { seed: number, random: () => number } {
  const seed = given ?? randomInt(2 ** 32)
  const generator = xoroshiro128plus(seed)
  return { seed, random: () => uniformFloat64(generator) }
}

/** A fault as a change makes it. Members that are undefined are not given. */
function changeRow<Spec extends Chance, Asked> (row: FaultRow<Spec, Asked>, change: FaultChange<Spec>, { check, createMatcher }: Pick<FaultKind<Spec, Asked>, 'check' | 'createMatcher'>): FaultRow<Spec, Asked> {
  const { happened = row.happened, position: _position, ...members } = change
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Spec>
  const spec = check({ ...row.spec, ...given })
  return { ...row, ...given.seed !== undefined && createChance(given.seed), spec, matches: createMatcher(spec), happened }
}
