import fc from 'fast-check'
import t from 'tap'
import { RECORD_FIELDS, RECORD_FIELD_NAMES, OPERATORS, SORTABLE_FIELDS, takesList, takesNoValue, type RecordField, type Operator } from '../../src/model/igdb-record.ts'
import { buildView, WORLD } from './ask.ts'

/** Every operator in JavaScript, for a record that has a value. */
const HOLDS: Readonly<Record<Operator, (value: any, given: readonly any[]) => boolean>> = {
  eq: (value, [given]) => value === given,
  not_eq: (value, [given]) => value !== given,
  gt: (value, [given]) => value > given,
  gte: (value, [given]) => value >= given,
  lt: (value, [given]) => value < given,
  lte: (value, [given]) => value <= given,
  prefix: (value, [given]) => value.startsWith(given),
  exists: () => true,
  not_exists: () => false,
  in: (value, given) => given.includes(value),
  any: (value, given) => given.includes(value),
  not_in: (value, given) => !given.includes(value)
}
/** The operators that differ when the value is an array. */
const HOLDS_OF_LIST: Partial<typeof HOLDS> = {
  eq: (value, [given]) => value.includes(given),
  not_eq: (value, [given]) => !value.includes(given),
  prefix: (value, [given]) => value.some((each: string) => each.startsWith(given)),
  in: (value, given) => given.every((each) => value.includes(each)),
  any: (value, given) => given.some((each) => value.includes(each)),
  not_in: (value, given) => !given.some((each) => value.includes(each))
}
/** The operators that a record without a value fulfils. */
const WITHOUT: readonly Operator[] = ['not_eq', 'not_in', 'not_exists']

interface Asked { readonly field: RecordField, readonly operator: Operator, readonly given: readonly any[] }

const GIVEN = {
  number: fc.constantFrom(0, 1, 2, 3, 7, 50, 100, 2001, 2003, 52190, 4294967299, 8589934593),
  time: fc.constantFrom(0, 1000, 1425384000000, 1529500723000),
  string: fc.constantFrom('', 'A', 'First Light', 'Tea with Maren', 'T', 'Alpha', 'first', '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/3', 'é'),
  strings: fc.constantFrom('Story', 'Sailing', 'S', 'Tag1', 'red', 'blue', ''),
  object: fc.constant('')
}

const asked: fc.Arbitrary<Asked> = fc.constantFrom(...RECORD_FIELD_NAMES).chain((field) => fc.constantFrom(...OPERATORS[RECORD_FIELDS[field]]).chain((operator) => fc.record({
  field: fc.constant(field),
  operator: fc.constant(operator),
  given: takesNoValue(operator) ? fc.constant([]) : fc.array(GIVEN[RECORD_FIELDS[field]] as fc.Arbitrary<any>, { minLength: 1, maxLength: takesList(operator) ? 3 : 1 })
})))

function holds (record: any, { field, operator, given }: Asked): boolean {
  const value = record[field]
  if (value === undefined) return WITHOUT.includes(operator)
  return ((RECORD_FIELDS[field] === 'strings' ? HOLDS_OF_LIST[operator] : undefined) ?? HOLDS[operator])(value, given)
}

/** By a field, records without it last, ties by id. SQLite compares texts by their bytes. */
const inOrder = (field: RecordField, descending: boolean) => (a: any, b: any): number => {
  const [x, y] = [a[field], b[field]]
  if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || a.id - b.id
  const direction = typeof x === 'string' ? Buffer.compare(Buffer.from(x), Buffer.from(y)) : x - y
  return (descending ? -direction : direction) || a.id - b.id
}

/** What chance may leave out: all records, by each field, in pages of each kind. */
const EVERYTHING = SORTABLE_FIELDS.flatMap((field) => [false, true].flatMap((descending) => [1, 2, 3, 50].map((limit) =>
  ({ filters: [], search: null, field, descending, limit, offset: 0 as const }))))

for (const [what, count, options] of [['the demo world', 71, {}], ['a small one', 4, { world: WORLD }]] as const) {
  t.test(`${what}: filters, search, order and pages agree with the same query in JavaScript`, async (t) => {
    const { ask, records } = buildView(t, options)
    const all = [...await records('/achievements/?fields=*&limit=50'), ...await records('/achievements/?fields=*&limit=50&offset=50')]
    t.equal(all.length, count)
    let found = 0
    await fc.assert(fc.asyncProperty(fc.record({
      filters: fc.array(asked, { maxLength: 3 }),
      search: fc.constantFrom(null, null, 'a', 'LI', 'er'),
      field: fc.constantFrom(...SORTABLE_FIELDS),
      descending: fc.boolean(),
      limit: fc.integer({ min: 1, max: 50 }),
      offset: fc.constantFrom(0, 0, 0, 3)
    }), async ({ filters, search, field, descending, limit, offset }) => {
      const query = new URLSearchParams({ fields: '*', order: `${field}:${descending ? 'desc' : 'asc'}`, limit: String(limit), offset: String(offset), scroll: '1', ...search !== null && { search } })
      for (const { field, operator, given } of filters) query.append(`filter[${field}][${operator}]`, given.join(','))
      const expected = all
        .filter((record) => filters.every((each) => holds(record, each)) && (search === null || record.name.toLowerCase().includes(search.toLowerCase())))
        .toSorted(inOrder(field, descending))
      found += expected.length
      const told: unknown[] = []
      let next: string | undefined = `/achievements/?${query}`
      while (next !== undefined) {
        const response = await ask(next)
        t.strictSame([response.statusCode, response.headers['x-count']], [200, String(expected.length)], String(query))
        told.push(...response.json())
        next = response.headers['x-next-page'] as string | undefined
      }
      t.strictSame(told, expected.slice(offset), String(query))
    }), { seed: 25, numRuns: 300, examples: EVERYTHING.map((each): [typeof each] => [each]) })
    t.ok(found > 300, 'many were found')
  })
}
