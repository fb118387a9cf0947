import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { DIALECTS, type Dialect } from '../src/model/dialect.ts'
import { answeredExamples, exampleRequest, type Route, type Variation } from './example-request.ts'
import { build, DEMO, type Emulator } from './helper.ts'
import { Conformity } from './openapi/conformity.ts'
import { isOfAchievements, operationsOf, readDocument } from './openapi/read-document.ts'

// Every route of a user follows docs/specification.md, Contract versions, with requests made of its examples.

const HEADER = 'x-xbl-contract-version'
const ABSENT = undefined

/** The versions, those together that stand for the same. */
const GROUPS: Readonly<Record<Dialect, ReadonlyArray<ReadonlyArray<string | undefined>>>> = {
  documented: [['1', ABSENT, '0', '3', '4', '5', '6', '4294967295'], ['2']],
  live: [['1', ABSENT, 'x'], ['2'], ['3'], ['4', '5']]
}

const REFUSED: Readonly<Record<Dialect, ReadonlyArray<[version: string, status: number]>>> = {
  documented: [['x', 400], ['-1', 400], ['2.5', 400], ['4294967296', 400]],
  live: [['0', 406], ['-1', 406], ['6', 406], ['2.5', 406], ['4294967296', 406]]
}

async function readRoutes (emulator: Emulator): Promise<Route[]> {
  return operationsOf(await readDocument(emulator)).filter(isOfAchievements)
}

/** The examples, with their query and without, and where the path names an achievement, one of each service configuration. */
function * variationsOf (route: Route): Generator<Variation> {
  for (const example of answeredExamples(route)) {
    yield { example }
    if (route.method !== 'GET') continue
    yield { example, query: {} }
    if (!route.path.includes('{scid}')) continue
    for (const { serviceConfigId, achievements: [first] } of DEMO.titles) {
      for (const query of [undefined, {}]) yield { example, ...query && { query }, params: { scid: serviceConfigId, achievementid: String(first?.id) } }
    }
  }
}

for (const dialect of DIALECTS) {
  t.test(`every route of a user refuses a contract version that is none, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const routes = await readRoutes(emulator)
    t.ok(routes.length >= 5)
    for (const route of routes) {
      t.ok(route.operation.parameters?.some(({ name }) => name === HEADER), `${route.method} ${route.path} has ${HEADER} in the document: xboxHeaders of src/openapi/parameters.ts`)
      for (const [version, status] of REFUSED[dialect]) {
        const { statusCode } = await emulator.app.inject(exampleRequest(route, { headers: { [HEADER]: version } }))
        t.equal(statusCode, status, `${route.method} ${route.path}, ${version}: read it with readContract of src/xbox/request/contract-version.ts`)
      }
    }
  })

  t.test(`every route of a user answers each contract version in its shape, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const conformity = new Conformity(dialect)
    const ask = async (route: Route, variation: Variation, version: string | undefined): Promise<LightMyRequestResponse> => {
      if (route.method !== 'GET') emulator.run('world.reset', {})
      return await emulator.app.inject(exampleRequest(route, { ...variation, headers: { [HEADER]: version } }))
    }
    for (const route of await readRoutes(emulator)) {
      const name = `${route.method} ${route.path}`
      const { anyOf: alternatives = [] } = (conformity.schemaOf(`${name} 200`) ?? {}) as { anyOf?: TSchema[] }
      /** For each alternative, the first version of each group that is answered so. */
      const seen = alternatives.map(() => new Set<string>())
      const faults: string[] = []
      for (const variation of variationsOf(route)) {
        for (const [first, ...others] of GROUPS[dialect]) {
          const answer = await ask(route, variation, first)
          const fault = conformity.findFault(name, answer)
          if (fault !== undefined) faults.push(`version ${first}, ${fault}`)
          for (const other of others) {
            const { statusCode, body } = await ask(route, variation, other)
            if (statusCode !== answer.statusCode || (statusCode === 200 && body !== answer.body)) faults.push(`version ${other} is answered otherwise than ${first}, ${answer.raw.req.url}`)
          }
          const fitting = answer.statusCode === 200 ? [...alternatives.entries()].filter(([, schema]) => Value.Check(schema, answer.json())) : []
          // An empty page can be one of several.
          if (fitting.length === 1) seen[fitting[0]?.[0] as number]?.add(String(first))
        }
      }
      t.strictSame(faults.slice(0, 3), [], name)
      for (const [index, { title }] of alternatives.entries()) {
        t.equal(seen[index]?.size, 1, `${name}: one contract version has to answer an example with ${title}, or the document should not have it; did: ${[...seen[index] ?? []].join() || 'none'}`)
      }
    }
  })
}
