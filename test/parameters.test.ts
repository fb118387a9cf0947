import t, { type Test } from 'tap'
import { Query } from '../src/http/query.ts'
import { DIALECTS } from '../src/model/dialect.ts'
import { NEUTRAL } from '../torture/differential/steps.ts'
import { exampleRequest } from './example-request.ts'
import { build, type Emulator } from './helper.ts'
import { operationsOf, readDocument } from './openapi/read-document.ts'

/** The parameter that test/differential.test.ts has of the answers before. */
const FROM_ANSWERS = 'continuationToken'

/** The routes of users that have query parameters, with the names that the document has of them. */
async function readLists (emulator: Emulator) {
  return operationsOf(await readDocument(emulator)).flatMap((route) => {
    const documented = (route.operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name)
    return route.path.startsWith('/users/') && documented.length > 0 ? [{ ...route, documented }] : []
  })
}

/** Records the names of the parameters that are read of any query. */
function recordReading (t: Test): Set<string> {
  const names = new Set<string>()
  for (const method of ['one', 'list'] as const) {
    const { [method]: read } = Query.prototype
    t.intercept(Query.prototype, method, {
      value (this: Query, name: string, expected: string, parse: (text: string) => unknown) {
        names.add(name)
        return read.call(this, name, expected, parse)
      }
    })
  }
  return names
}

for (const dialect of DIALECTS) {
  t.test(`a list reads the query parameters that the document names, and no others, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const lists = await readLists(emulator)
    t.ok(lists.length >= 3, String(lists.length))
    const read = recordReading(t)
    for (const { documented, ...route } of lists) {
      read.clear()
      // V1 and V2, each of which may have parameters of its own.
      for (const version of ['1', '2']) await emulator.app.inject(exampleRequest(route, { headers: { 'x-xbl-contract-version': version } }))
      t.strictSame([...read].sort(), documented.sort(), route.path)
    }
  })
}

t.test('the comparison with an emulator without caches varies every parameter of a list of achievements', async (t) => {
  const lists = await readLists(build(t))
  const names = new Set(lists.filter(({ path }) => path.includes('achievements')).flatMap(({ documented }) => documented))
  t.strictSame([...names].filter((name) => !(name in NEUTRAL)), [FROM_ANSWERS])
})
