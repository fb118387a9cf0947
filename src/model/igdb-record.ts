/** The records of the IGDB view, and the lists of them that a request can ask the store for. */

/** The fields of a record in the documented order, with the type of each. `time` is in ms since 1970. */
export const RECORD_FIELDS = {
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

export type RecordField = keyof typeof RECORD_FIELDS
export type RecordFieldType = typeof RECORD_FIELDS[RecordField]

export const RECORD_FIELD_NAMES = Object.keys(RECORD_FIELDS) as RecordField[]

/** The fields with a single value: records can be ordered by them. */
export const SORTABLE_FIELDS = RECORD_FIELD_NAMES.filter((field) => RECORD_FIELDS[field] !== 'object' && RECORD_FIELDS[field] !== 'strings')

const LIST_OPERATORS = ['in', 'not_in', 'any'] as const
const PRESENCE_OPERATORS = ['exists', 'not_exists'] as const
const COMPARISON_OPERATORS = ['gt', 'gte', 'lt', 'lte'] as const

export type Operator = 'eq' | 'not_eq' | 'prefix' | typeof LIST_OPERATORS[number] | typeof PRESENCE_OPERATORS[number] | typeof COMPARISON_OPERATORS[number]

/** The operators that a condition on a field of each type can have. */
export const OPERATORS: Readonly<Record<RecordFieldType, readonly Operator[]>> = {
  number: ['eq', 'not_eq', ...COMPARISON_OPERATORS, ...PRESENCE_OPERATORS, ...LIST_OPERATORS],
  time: ['eq', 'not_eq', ...COMPARISON_OPERATORS, ...PRESENCE_OPERATORS, ...LIST_OPERATORS],
  string: ['eq', 'not_eq', 'prefix', ...PRESENCE_OPERATORS, ...LIST_OPERATORS],
  strings: ['eq', 'not_eq', 'prefix', ...PRESENCE_OPERATORS, ...LIST_OPERATORS],
  object: PRESENCE_OPERATORS
}

export const takesList = (operator: Operator): boolean => LIST_OPERATORS.includes(operator as typeof LIST_OPERATORS[number])
export const takesNoValue = (operator: Operator): boolean => PRESENCE_OPERATORS.includes(operator as typeof PRESENCE_OPERATORS[number])

/** A condition on records. A field without a value is unequal to every value. */
export interface Condition {
  readonly field: RecordField
  readonly operator: Operator
  /** Several for the operators that take a list, none for `exists` and `not_exists`, one for the others. */
  readonly values: ReadonlyArray<string | number>
}

export interface RecordOrder {
  readonly field: RecordField
  readonly descending: boolean
}

/** Selects the records for which all members hold. */
export interface RecordFilter {
  /** Null: all. */
  readonly ids: readonly number[] | null
  readonly conditions: readonly Condition[]
  /** A part of the name, in any letter case; null: any name. */
  readonly search: string | null
}

/** A list of records that a request asks for. */
export interface RecordList extends RecordFilter {
  /** The fields to read of each record. */
  readonly fields: readonly RecordField[]
  /** Records without a value in the field come last; equal ones are ordered by id. */
  readonly order: RecordOrder
  readonly limit: number
}

/** The position after a record in an ordered list. */
export interface RecordPosition {
  /** The number of unlocks when the first page was read. An order by owners counts only these, so that a later unlock moves no record. */
  readonly snapshot: number
  /** The value of the field of the order; null when the record has none. */
  readonly key: string | number | null
  readonly id: number
}

/** A record: `id`, and the requested fields that have a value. */
export type IgdbRecord = Readonly<{ id: number } & Partial<Record<RecordField, unknown>>>
