import { Type, type Static, type TObject, type TProperties } from '@sinclair/typebox'
import { nullable } from '../world/schema-parts.ts'

const MOST = 4294967295

/** How many faults can be set up at once: whatever they can happen to is compared with each of them. */
export const MOST_FAULTS = 100

/** The members that every fault has: whether it happens at all, how often, and how likely to what it matches. */
export const CHANCE = {
  enabled: Type.Boolean({ default: true, description: 'False: it is switched off, and happens to nothing.', errorMessage: 'true or false' }),
  times: nullable(Type.Integer({ minimum: 1, maximum: MOST, errorMessage: 'an integer from 1' }), 'How often it happens; null: until it is deleted.'),
  probability: Type.Number({ default: 1, minimum: 0, maximum: 1, description: 'How likely it happens to what it matches.', errorMessage: 'a number from 0 to 1' }),
  seed: nullable(Type.Integer({ minimum: 0, maximum: MOST, errorMessage: 'an integer from 0 to 4294967295' }), 'Makes chance repeatable; null: a fresh one.')
}

/** The members of {@link CHANCE}, as they are read. */
export interface Chance {
  readonly enabled: boolean
  readonly times: number | null
  readonly probability: number
  readonly seed: number | null
}

/** What a change of a fault may give besides the members of the fault. */
const STATE = {
  happened: Type.Integer({ minimum: 0, maximum: MOST, description: 'The counter, as it shall be.', errorMessage: `an integer from 0 to ${MOST}` }),
  position: Type.Integer({ minimum: 1, maximum: MOST_FAULTS, description: 'Its place in the order in which faults are tried, from 1; beyond the last one: the last.', errorMessage: `an integer from 1 to ${MOST_FAULTS}` })
}

/** A change of a fault: what is given takes the place of what there is, and all else stays. */
export type FaultChange<Spec> = Partial<Spec & { readonly [Name in keyof typeof STATE]: Static<typeof STATE[Name]> }>

/** The schema of the changes of a fault: the members of the fault without their defaults, its counter and its place. */
export function changeSchema<Spec extends TProperties> ({ properties }: TObject<Spec>): TObject<TProperties> {
  const optional = Object.entries({ ...properties, ...STATE }).map(([name, { default: _default, ...schema }]) => [name, Type.Optional(schema as typeof properties[string])])
  return Type.Object(Object.fromEntries(optional), { additionalProperties: false, errorMessage: 'an object' })
}
