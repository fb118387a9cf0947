import { RECORD_FIELDS, RECORD_FIELD_NAMES, takesNoValue, type Condition, type RecordField, type Operator, type RecordFilter, type RecordOrder, type RecordPosition } from '../../model/igdb-record.ts'
import { playersOf, unlockersOf } from '../player-counts.ts'

/** SQL, and the values of its question marks. A value from a request is never part of the SQL itself. */
export interface SqlFragment {
  readonly sql: string
  readonly values: ReadonlyArray<string | number>
}

/** The SQL of the fields that are counted from unlocks, unless the world sets them. */
const countedColumns = (unlockers: string) => ({
  owners: `coalesce(r.owners, ${unlockers})`,
  // Division by the null of a configuration without players gives null, and the share is 0.
  owners_percentage: `coalesce(r.owners_percentage, 100.0 * ${unlockers} / players.players, 0.0)`
})

/** The SQL of every field, of `igdb_record r` and, for `owners_percentage`, the table of `joinPlayers`. */
const FIELD_COLUMNS: Readonly<Record<RecordField, string>> = {
  ...Object.fromEntries(RECORD_FIELD_NAMES.map((field) => [field, `r.${field}`])) as Record<RecordField, string>,
  ...countedColumns(unlockersOf('r.achievement'))
}

/** The SQL of the same fields when only the first unlocks count. How many is the value of the question mark. */
const FIELD_COLUMNS_AT_SNAPSHOT: Partial<Record<RecordField, string>> = countedColumns(unlockersOf('r.achievement', 'unlock_number <= ?'))

/** The fields that have a value in every record. */
const NEVER_NULL: ReadonlySet<RecordField> = new Set(['id', 'name', 'category', 'created_at', 'updated_at', 'external_id', 'owners', 'owners_percentage'])

/** The columns of a SELECT, each field under its own name. */
export const columnsOf = (fields: readonly RecordField[]): string => fields.map((field) => `${FIELD_COLUMNS[field]} AS ${field}`).join(', ')

/**
 * Joins the number of players of each service configuration, for `owners_percentage` alone. They are counted once
 * for each configuration, and not once for each record.
 *
 * @param configurations SQL that yields the rows of `service_configuration` that are needed.
 */
export function joinPlayers (fields: readonly RecordField[], configurations: string): { with: string, join: string } {
  if (!fields.includes('owners_percentage')) return { with: '', join: '' }
  return {
    with: `WITH players AS MATERIALIZED (SELECT service_configuration, count(*) AS players
      FROM (${playersOf(configurations)}) GROUP BY service_configuration)`,
    join: 'JOIN achievement a ON a.row = r.achievement LEFT JOIN players ON players.service_configuration = a.service_configuration'
  }
}

/** The condition that the records of a filter meet. */
export function whereOf ({ ids, conditions, search }: RecordFilter): SqlFragment {
  return and([
    ...ids === null ? [] : [{ sql: `r.id IN (${questionMarks(ids)})`, values: ids }],
    ...conditions.filter((condition) => !isOnElements(condition)).map(conditionOf),
    ...ARRAY_FIELDS.map((field) => elementConditions(FIELD_COLUMNS[field], conditions.filter((condition) => condition.field === field && isOnElements(condition)))),
    ...search === null ? [] : [{ sql: 'instr(lower(r.name), lower(?)) > 0', values: [search] }]
  ])
}

/** The sort key of an order at a snapshot. */
export function sortKey ({ field }: RecordOrder, snapshot: number): SqlFragment {
  const counted = FIELD_COLUMNS_AT_SNAPSHOT[field]
  return counted === undefined ? { sql: FIELD_COLUMNS[field], values: [] } : { sql: counted, values: [snapshot] }
}

/** The condition that the records after a position meet; `key` is their sort key. */
export function afterPosition ({ field, descending }: RecordOrder, { key, id }: RecordPosition): SqlFragment {
  const after = descending ? '<' : '>'
  if (field === 'id') return { sql: `id ${after} ?`, values: [id] }
  if (key === null) return { sql: '(key IS NULL AND id > ?)', values: [id] }
  const withValue = { sql: `key ${after}= ? AND (key ${after} ? OR id > ?)`, values: [key, key, id] }
  return NEVER_NULL.has(field) ? withValue : { ...withValue, sql: `(key IS NULL OR ${withValue.sql})` }
}

/** The terms of ORDER BY; `key` is the sort key. */
export const orderBy = ({ field, descending }: RecordOrder): string =>
  `key ${descending ? 'DESC' : 'ASC'}${NEVER_NULL.has(field) ? '' : ' NULLS LAST'}, id`

const and = (fragments: readonly SqlFragment[]): SqlFragment => ({
  sql: fragments.length === 0 ? 'TRUE' : fragments.map(({ sql }) => sql).join(' AND '),
  values: fragments.flatMap(({ values }) => values)
})

const questionMarks = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** The condition of each operator on a column with one value. */
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
  in: (column, values) => `${column} IN (${questionMarks(values)})`,
  any: (column, values) => `${column} IN (${questionMarks(values)})`,
  not_in: (column, values) => `(${column} IS NULL OR ${column} NOT IN (${questionMarks(values)}))`
}

const conditionOf = ({ field, operator, values }: Condition): SqlFragment => ({ sql: SCALAR[operator](FIELD_COLUMNS[field], values), values })

/** Fields that hold a JSON array of strings. */
const ARRAY_FIELDS = RECORD_FIELD_NAMES.filter((field) => RECORD_FIELDS[field] === 'strings')

/** True for a condition on the elements of an array. */
const isOnElements = ({ field, operator }: Condition): boolean => ARRAY_FIELDS.includes(field) && !takesNoValue(operator)

/** The conditions on the elements of one array, which is read once. */
function elementConditions (column: string, conditions: readonly Condition[]): SqlFragment {
  if (conditions.length === 0) return and([])
  const { sql, values } = and(conditions.map(aggregateOf))
  return { sql: `(SELECT ${sql} FROM json_each(${column}))`, values }
}

/** The condition of an operator on the elements of an array: `in` requires all of the values, `any` one of them, `not_in` none. */
function aggregateOf ({ operator, values }: Condition): SqlFragment {
  const someElement = (test: string): string => `coalesce(max(${test}), FALSE)`
  switch (operator) {
    case 'in': return { sql: `count(DISTINCT iif(value IN (${questionMarks(values)}), value, NULL)) = ${new Set(values).size}`, values }
    case 'not_in': return { sql: `NOT ${someElement(`value IN (${questionMarks(values)})`)}`, values }
    case 'not_eq': return { sql: `NOT ${someElement('value = ?')}`, values }
    default: return { sql: someElement(SCALAR[operator]('value', values)), values }
  }
}
