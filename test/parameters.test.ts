import t, { type Test } from 'tap'
import { Query } from '../src/http/query.ts'
import { DIALECTS } from '../src/model/dialect.ts'
import { NEUTRAL, VALUES, type FilterName } from '../torture/differential/steps.ts'
import { exampleRequest } from './example-request.ts'
import { build, type Emulator } from './helper.ts'
import { isOfAchievements, operationsOf, readDocument, type Operation } from './openapi/read-document.ts'

/** The parameter that test/differential.test.ts has of the answers before. */
const FROM_ANSWERS = 'continuationToken'

/** The routes of users that have query parameters, with those that the document has of them. */
async function readLists (emulator: Emulator) {
  return operationsOf(await readDocument(emulator)).flatMap((route) => {
    const documented = (route.operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
    return isOfAchievements(route) && documented.length > 0 ? [{ ...route, documented }] : []
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
      t.strictSame([...read].sort(), documented.map(({ name }) => name).sort(), `${route.path}: what xbox/request/list-query.ts reads, and what src/openapi/parameters.ts names`)
    }
  })
}

t.test('the comparison with an emulator without caches varies every parameter of a list of achievements', async (t) => {
  const lists = await readLists(build(t))
  const names = new Set(lists.filter(({ path }) => path.includes('achievements')).flatMap(({ documented }) => documented.map(({ name }) => name)))
  t.strictSame([...names].filter((name) => !(name in NEUTRAL)), [FROM_ANSWERS], 'parameters that Reading of torture/differential/steps.ts lacks; the first is expected')
})

type Parameter = NonNullable<Operation['parameters']>[number]

/** Values that a parameter takes as the document describes it, and values that it does not take. */
function valuesOf ({ name, schema }: Parameter, ofAchievements: boolean): { taken: string[], refused: string[] } {
  if (schema.type === 'boolean') return { taken: ['true', 'false'], refused: ['', '0', '1', 'yes', 'null', 'true ', 'true,true'] }
  if (schema.type === 'integer') {
    const { minimum, maximum } = schema
    return { taken: [minimum, maximum].map(String), refused: [...[minimum - 1, maximum + 1, minimum + 0.5].map(String), '', 'true', '1,1'] }
  }
  if (schema.enum !== undefined) return { taken: schema.enum, refused: ['', '0', 'true', 'nothing', schema.enum.slice(0, 2).join()] }
  if (name === FROM_ANSWERS) return { taken: ['0'], refused: ['x', '1'.repeat(schema.maxLength + 1)] }
  // What is left are comma-delimited lists: of what steps.ts has, in a history of numbers.
  const words = ofAchievements ? (VALUES[name as FilterName] ?? []).filter((value) => value !== null) : ['1', '15']
  return { taken: [...words, words.join()], refused: ['', ',', 'nothing', `${words[0]},`, `${words[0]},nothing`] }
}

for (const dialect of DIALECTS) {
  t.test(`a parameter of a list takes what the document says, and refuses everything else, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    for (const { documented, ...route } of await readLists(emulator)) {
      const ofAchievements = route.path.includes('achievements')
      // A history reads all of its parameters under V1 alone, and there is no catalogue under V2.
      for (const version of route.path.endsWith('/achievements') ? ['1', '2'] : ['1']) {
        const { url, ...request } = exampleRequest(route, { headers: { 'x-xbl-contract-version': version } })
        for (const parameter of documented) {
          const send = async (value: string): Promise<string> => {
            const target = new URL(url as string, 'http://localhost')
            target.searchParams.set(parameter.name, value)
            const { statusCode } = await emulator.app.inject({ ...request, url: target.pathname + target.search })
            return `${value}: ${statusCode}`
          }
          const { taken, refused } = valuesOf(parameter, ofAchievements)
          const answered = await Promise.all([...taken, ...refused].map(send))
          t.strictSame(answered, [...taken.map((value) => `${value}: 200`), ...refused.map((value) => `${value}: 400`)],
            `${parameter.name} of ${route.path}, v${version}, is described in src/openapi/parameters.ts and read in src/xbox/request/list-query.ts`)
        }
      }
    }
  })
}
