import { FIELDS, FIELD_NAMES, takesNothing, type Condition, type Field, type Operator, type RecordFilter, type RecordOrder, type RecordPosition } from '../../model/igdb-record.ts'
import { playersOf, unlockersOf } from '../popularity.ts'

/** SQL, and the values of its question marks. A value that a caller sent is never in the SQL. */
export interface Part {
  readonly sql: string
  readonly values: ReadonlyArray<string | number>
}

/** Fields that are counted. */
const countedOf = (unlockers: string) => ({
  owners: `coalesce(r.owners, ${unlockers})`,
  // Where nobody plays, the share is 0.
  owners_percentage: `coalesce(r.owners_percentage, 100.0 * ${unlockers} / players.players, 0.0)`
})

/** Every field, from `igdb_record r` and, where PLAYERS are joined, `players`. */
const COLUMNS: Readonly<Record<Field, string>> = {
  ...Object.fromEntries(FIELD_NAMES.map((field) => [field, `r.${field}`])) as Record<Field, string>,
  ...countedOf(unlockersOf('r.achievement'))
}

/** Those of before a snapshot, which takes the place of a question mark. */
const COUNTED_BEFORE: Partial<Record<Field, string>> = countedOf(unlockersOf('r.achievement', 'unlock_number <= ?'))

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
    ...conditions.filter((condition) => !isInside(condition)).map(conditionOf),
    ...LISTS.map((field) => insideOf(COLUMNS[field], conditions.filter((condition) => condition.field === field && isInside(condition)))),
    ...search === null ? [] : [{ sql: 'instr(lower(r.name), lower(?)) > 0', values: [search] }]
  ])
}

/** What an order goes by, of the time of a snapshot. */
export function keyOf ({ field }: RecordOrder, snapshot: number): Part {
  const counted = COUNTED_BEFORE[field]
  return counted === undefined ? { sql: COLUMNS[field], values: [] } : { sql: counted, values: [snapshot] }
}

/** What must hold for the records, of which `key` is what the order goes by, that come after a position. */
export function afterOf ({ field, descending }: RecordOrder, { key, id }: RecordPosition): Part {
  const further = descending ? '<' : '>'
  if (field === 'id') return { sql: `id ${further} ?`, values: [id] }
  if (key === null) return { sql: '(key IS NULL AND id > ?)', values: [id] }
  const withValue = { sql: `key ${further}= ? AND (key ${further} ? OR id > ?)`, values: [key, key, id] }
  return ALWAYS.has(field) ? withValue : { ...withValue, sql: `(key IS NULL OR ${withValue.sql})` }
}

/** The order of records, of which `key` is what it goes by. */
export const orderBy = ({ field, descending }: RecordOrder): string =>
  `key ${descending ? 'DESC' : 'ASC'}${ALWAYS.has(field) ? '' : ' NULLS LAST'}, id`

const all = (parts: readonly Part[]): Part => ({
  sql: parts.length === 0 ? 'TRUE' : parts.map(({ sql }) => sql).join(' AND '),
  values: parts.flatMap(({ values }) => values)
})

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

const conditionOf = ({ field, operator, values }: Condition): Part => ({ sql: SCALAR[operator](COLUMNS[field], values), values })

/** Fields that hold a JSON array of strings. */
const LISTS = FIELD_NAMES.filter((field) => FIELDS[field] === 'strings')

/** True for a condition that looks at what is inside an array. */
const isInside = ({ field, operator }: Condition): boolean => LISTS.includes(field) && !takesNothing(operator)

/** Every condition that an array must meet, in one pass over what is inside. */
function insideOf (column: string, conditions: readonly Condition[]): Part {
  if (conditions.length === 0) return all([])
  const { sql, values } = all(conditions.map(aggregateOf))
  return { sql: `(SELECT ${sql} FROM json_each(${column}))`, values }
}

/** Of an array: `in` asks for all of the values, `any` for one of them, `not_in` for none. */
function aggregateOf ({ operator, values }: Condition): Part {
  const some = (test: string): string => `coalesce(max(${test}), FALSE)`
  switch (operator) {
    case 'in': return { sql: `count(DISTINCT iif(value IN (${marks(values)}), value, NULL)) = ${new Set(values).size}`, values }
    case 'not_in': return { sql: `NOT ${some(`value IN (${marks(values)})`)}`, values }
    case 'not_eq': return { sql: `NOT ${some('value = ?')}`, values }
    default: return { sql: some(SCALAR[operator]('value', values)), values }
  }
}
