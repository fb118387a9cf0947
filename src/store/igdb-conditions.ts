import { FIELDS, FIELD_NAMES, type Condition, type Field, type Operator, type RecordFilter, type RecordOrder, type RecordPosition } from '../igdb-listing.ts'
import { playersOf, unlockersOf } from './popularity.ts'

/** SQL, and the values of its question marks. A value that a caller sent is never in the SQL. */
export interface Part {
  readonly sql: string
  readonly values: ReadonlyArray<string | number>
}

const UNLOCKERS = unlockersOf('r.achievement')

/** Every field, from `igdb_record r` and, where PLAYERS are joined, `players`. */
const COLUMNS: Readonly<Record<Field, string>> = {
  ...Object.fromEntries(FIELD_NAMES.map((field) => [field, `r.${field}`])) as Record<Field, string>,
  owners: `coalesce(r.owners, ${UNLOCKERS})`,
  // Nobody of nobody is nobody, as rarity has it.
  owners_percentage: `coalesce(r.owners_percentage, 100.0 * ${UNLOCKERS} / players.players, 0.0)`
}

/** Fields that every record has a value of. */
const ALWAYS: ReadonlySet<Field> = new Set(['id', 'name', 'category', 'created_at', 'updated_at', 'external_id', 'owners', 'owners_percentage'])

/** What to read: each field under its own name. */
export const columnsOf = (fields: readonly Field[]): string => fields.map((field) => `${COLUMNS[field]} AS ${field}`).join(', ')

/**
 * How many play what belongs to each service configuration, joined where a field needs it: counted once
 * a configuration and not once a record.
 *
 * @param configurations SQL that yields those that are needed.
 */
export function playersFor (fields: readonly Field[], configurations: string): { with: string, join: string } {
  if (!fields.includes('owners_percentage')) return { with: '', join: '' }
  return {
    with: `WITH players AS MATERIALIZED (SELECT service_configuration, count(*) AS players
      FROM (${playersOf(configurations)}) GROUP BY service_configuration)`,
    join: 'JOIN achievement a ON a.row = r.achievement LEFT JOIN players ON players.service_configuration = a.service_configuration'
  }
}

/** What must hold for the records of a filter. */
export function whereOf ({ ids, conditions, search }: RecordFilter): Part {
  return all([
    ...ids === null ? [] : [{ sql: `r.id IN (${marks(ids)})`, values: ids }],
    ...conditions.map(conditionOf),
    ...search === null ? [] : [{ sql: 'instr(lower(r.name), lower(?)) > 0', values: [search] }]
  ])
}

/** Both. */
export function and (one: Part, other: Part): Part {
  return { sql: `${one.sql} AND ${other.sql}`, values: [...one.values, ...other.values] }
}

/** What must hold for the records that come after a position. */
export function afterOf ({ field, descending }: RecordOrder, { key, id }: RecordPosition): Part {
  const column = COLUMNS[field]
  if (key === null) return { sql: `(${column} IS NULL AND r.id > ?)`, values: [id] }
  const further = descending ? '<' : '>'
  const withValue = { sql: `${column} ${further}= ? AND (${column} ${further} ? OR r.id > ?)`, values: [key, key, id] }
  if (field === 'id') return { sql: `r.id ${further} ?`, values: [id] }
  return ALWAYS.has(field) ? withValue : { ...withValue, sql: `(${column} IS NULL OR ${withValue.sql})` }
}

/** The field of an order, as a column. */
export const keyOf = ({ field }: RecordOrder): string => COLUMNS[field]

export function orderBy ({ field, descending }: RecordOrder): string {
  const direction = descending ? 'DESC' : 'ASC'
  return `${COLUMNS[field]} ${direction}${ALWAYS.has(field) ? '' : ' NULLS LAST'}, r.id`
}

const all = (parts: readonly Part[]): Part => parts.reduce(and, { sql: 'TRUE', values: [] })

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** What an operator asks of a column that holds one value. */
const SCALAR: Readonly<Record<Operator, (column: string, values: Condition['values']) => string>> = {
  eq: (column) => `${column} = ?`,
  not_eq: (column) => `${column} IS NOT ?`,
  gt: (column) => `${column} > ?`,
  gte: (column) => `${column} >= ?`,
  lt: (column) => `${column} < ?`,
  lte: (column) => `${column} <= ?`,
  prefix: (column) => `instr(${column}, ?) = 1`,
  exists: (column) => `${column} IS NOT NULL`,
  not_exists: (column) => `${column} IS NULL`,
  in: (column, values) => `${column} IN (${marks(values)})`,
  any: (column, values) => `${column} IN (${marks(values)})`,
  not_in: (column, values) => `(${column} IS NULL OR ${column} NOT IN (${marks(values)}))`
}

function conditionOf ({ field, operator, values }: Condition): Part {
  return FIELDS[field] === 'strings' ? conditionOfList(COLUMNS[field], operator, values) : { sql: SCALAR[operator](COLUMNS[field], values), values }
}

/** Of an array: `in` asks for all of the values, `any` for one of them, `not_in` for none. */
function conditionOfList (column: string, operator: Operator, values: Condition['values']): Part {
  const holds = (test: string): string => `EXISTS (SELECT 1 FROM json_each(${column}) WHERE ${test})`
  switch (operator) {
    case 'in': return all(values.map((value) => ({ sql: holds('value = ?'), values: [value] })))
    case 'any': return { sql: holds(`value IN (${marks(values)})`), values }
    case 'not_in': return { sql: `NOT ${holds(`value IN (${marks(values)})`)}`, values }
    case 'not_eq': return { sql: `NOT ${holds('value = ?')}`, values }
    case 'exists': case 'not_exists': return { sql: SCALAR[operator](column, values), values }
    default: return { sql: holds(SCALAR[operator]('value', values)), values }
  }
}
