import t from 'tap'
import { RECORD_FIELDS, RECORD_FIELD_NAMES, OPERATORS, SORTABLE_FIELDS, takesNoValue, type Condition } from '../../../src/model/igdb-record.ts'
import { prepareIgdb, type RecordPage } from '../../../src/store/igdb/igdb.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { seed } from '../../../src/store/world/seed.ts'
import { DEMO } from '../../helper.ts'

interface Plan {
  readonly sql: string
  readonly steps: readonly string[]
}

const database = openDatabase(':memory:')
seed(database, DEMO, 'demo')
t.teardown(() => { database.close() })
const prepare = database.prepare.bind(database)
let plans: Plan[] = []
database.prepare = (sql: string) => {
  const named = sql.includes(':ids') ? [{ ids: '[]' }] : []
  const rows = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...named, ...[...sql.matchAll(/\?/g)].map(() => null))
  plans.push({ sql: sql.replace(/\s+/g, ' '), steps: rows.map(({ detail }) => detail) })
  return prepare(sql) as never
}
const { list } = prepareIgdb(database)

/** The plans of the statements that read a page: the positions of its records, the records, and the number of all. */
function plansOf (page: Partial<RecordPage>): Plan[] {
  plans = []
  list({ ids: null, conditions: [], search: null, fields: RECORD_FIELD_NAMES, order: { field: 'id', descending: false }, limit: 10, after: null, skip: 0, ...page })
  return plans
}

const AFTER = { snapshot: 0, key: 1, id: 1 }
const condition = (field: Condition['field'], operator: Condition['operator']): Condition => ({ field, operator, values: takesNoValue(operator) ? [] : ['x'] })

const PAGES: ReadonlyArray<Partial<RecordPage>> = [
  ...SORTABLE_FIELDS.flatMap((field) => [false, true].flatMap((descending) => [null, AFTER, { ...AFTER, key: null }].map((after) => ({ order: { field, descending }, after })))),
  ...RECORD_FIELD_NAMES.flatMap((field) => OPERATORS[RECORD_FIELDS[field]].map((operator) => ({ conditions: [condition(field, operator)] }))),
  { search: 'x' },
  { ids: [1, 2] }
]

t.test('no table is scanned, except the records, and what is counted once for all of them', async (t) => {
  for (const page of PAGES) {
    const found = plansOf(page)
    t.equal(found.length, 3, 'positions, records, number of all')
    for (const { sql, steps } of found) {
      t.strictSame(steps.filter((step) => step.startsWith('SCAN ') && !/^SCAN (r|j|json_each|\(subquery-\d+\))( |$)/.test(step)), [], sql)
      t.ok(steps.filter((step) => /^SCAN r( |$)/.test(step)).length <= 1, sql)
    }
  }
})

t.test('what is counted for each record is looked up in an index', async (t) => {
  let counted = 0
  for (const page of PAGES) {
    for (const { sql, steps } of plansOf(page)) {
      for (const [index, step] of steps.entries()) {
        if (!step.startsWith('CORRELATED SCALAR SUBQUERY')) continue
        counted++
        t.match(steps[index + 1], /^(SEARCH |SCAN json_each |USE TEMP B-TREE FOR count\(DISTINCT\)$)/, sql)
      }
    }
  }
  t.ok(counted > 50)
})

t.test('in the orders id, name and external_id, no page is sorted', async (t) => {
  for (const field of ['id', 'name', 'external_id'] as const) {
    for (const after of [null, AFTER]) {
      const [find] = plansOf({ order: { field, descending: false }, after })
      t.strictSame(find?.steps.filter((step) => step.includes('TEMP B-TREE')), [], find?.sql ?? 'none')
    }
  }
})

t.test('records are looked up by id, name, external id and game in an index', async (t) => {
  for (const page of [{ ids: [1, 2] }, { conditions: [condition('id', 'eq')] }, { conditions: [condition('name', 'eq')] }, { conditions: [condition('external_id', 'in')] }, { conditions: [condition('game', 'eq')] }] as const) {
    for (const { sql, steps } of plansOf(page).filter(({ sql }) => sql.includes('igdb_record r') && !sql.includes(':ids'))) {
      t.ok(steps.some((step) => step.startsWith('SEARCH r USING ')), sql)
    }
  }
})
