/** What the IGDB view lists, and how: the words that a request and the store share. */

/** The fields of a record in the documented order, and what each holds. `time`: ms since 1970. */
export const FIELDS = {
  id: 'number',
  name: 'string',
  category: 'number',
  created_at: 'time',
  updated_at: 'time',
  icon: 'object',
  game: 'number',
  rank: 'number',
  external_id: 'string',
  description: 'string',
  owners: 'number',
  owners_percentage: 'number',
  tags: 'strings',
  language: 'number'
} as const

export type Field = keyof typeof FIELDS
export type FieldType = typeof FIELDS[Field]

export const FIELD_NAMES = Object.keys(FIELDS) as Field[]

/** Those with one value, by which records can be put in order. */
export const SORTABLE = FIELD_NAMES.filter((field) => FIELDS[field] !== 'object' && FIELDS[field] !== 'strings')

const LISTS = ['in', 'not_in', 'any'] as const
const PRESENCE = ['exists', 'not_exists'] as const
const COMPARISONS = ['gt', 'gte', 'lt', 'lte'] as const

export type Operator = 'eq' | 'not_eq' | 'prefix' | typeof LISTS[number] | typeof PRESENCE[number] | typeof COMPARISONS[number]

/** What a field of each type can be asked. */
export const OPERATORS: Readonly<Record<FieldType, readonly Operator[]>> = {
  number: ['eq', 'not_eq', ...COMPARISONS, ...PRESENCE, ...LISTS],
  time: ['eq', 'not_eq', ...COMPARISONS, ...PRESENCE, ...LISTS],
  string: ['eq', 'not_eq', 'prefix', ...PRESENCE, ...LISTS],
  strings: ['eq', 'not_eq', 'prefix', ...PRESENCE, ...LISTS],
  object: PRESENCE
}

export const takesList = (operator: Operator): boolean => LISTS.includes(operator as typeof LISTS[number])
export const takesNothing = (operator: Operator): boolean => PRESENCE.includes(operator as typeof PRESENCE[number])

/** What must hold for a record. A field without a value differs from every value. */
export interface Condition {
  readonly field: Field
  readonly operator: Operator
  /** One; as many as are listed; none for `exists` and `not_exists`. */
  readonly values: ReadonlyArray<string | number>
}

export interface RecordOrder {
  readonly field: Field
  readonly descending: boolean
}

/** Which records are meant: those for which all of it holds. */
export interface RecordFilter {
  /** Null: any. */
  readonly ids: readonly number[] | null
  readonly conditions: readonly Condition[]
  /** What the name holds, in any letter case; null: anything. */
  readonly search: string | null
}

/** A list of records as a caller asks for it. */
export interface RecordList extends RecordFilter {
  /** What to tell of each. */
  readonly fields: readonly Field[]
  /** Records without a value in its field come last; ties go by id. */
  readonly order: RecordOrder
  readonly limit: number
}

/** The place after a record of an ordered list. */
export interface RecordPosition {
  /** The number of unlocks when its first page was read: an order by owners counts no others, so that an unlock moves nothing. */
  readonly snapshot: number
  /** The value of the order's field, which may be none. */
  readonly key: string | number | null
  readonly id: number
}

/** A record: the fields that were asked for and have a value, `id` always. */
export type IgdbRecord = Readonly<{ id: number } & Partial<Record<Field, unknown>>>
