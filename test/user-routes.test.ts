import type { InjectOptions } from 'fastify'
import t from 'tap'
import { DIALECTS } from '../src/model/dialect.ts'
import { build } from './helper.ts'
import { Conformity } from './openapi/conformity.ts'
import { operationsOf, readDocument, type Operation } from './openapi/read-document.ts'

/** The parts of a request that are the same in every route under /users. */
interface Variation {
  readonly authorization?: string | null
  readonly xuid?: string
  readonly headers?: Record<string, string>
}

/** What every route of a user refuses, whatever else is asked of it, and with which status. */
const REFUSED: ReadonlyArray<[what: string, variation: Variation, status: number]> = [
  ['no token', { authorization: null }, 401],
  ['an unknown token', { authorization: 'XBL3.0 x=demo;nobody' }, 401],
  ['a token without a user', { authorization: 'XBL3.0 x=demo;anonymous' }, 403],
  ['a user who is no friend of the one in the path', { authorization: 'XBL3.0 x=demo;stranger' }, 403],
  ['a XUID that is no number', { xuid: 'nonsense' }, 400],
  ['another version of the service', { headers: { 'x-requestedserviceversion': '2' } }, 406]
]

/** The request of the first example of an operation that is answered with 200, with something changed. */
function requestOf ({ path, method, operation }: { path: string, method: string, operation: Operation }, { authorization, xuid, headers }: Variation): InjectOptions {
  const [name, exchange] = Object.entries(operation['x-exchanges']).find(([, { status }]) => status === 200) ?? []
  if (name === undefined || exchange === undefined) throw new Error(`${method} ${path} has no example that is answered with 200`)
  const given = (place: string): Record<string, string> => Object.fromEntries((operation.parameters ?? [])
    .filter((parameter) => parameter.in === place && parameter.examples?.[name] !== undefined)
    .map((parameter) => [parameter.name, String(parameter.examples?.[name]?.value)]))
  const inPath: Record<string, string> = { ...given('path'), ...xuid !== undefined && { xuid } }
  const token = authorization === undefined ? exchange.authorization : authorization
  const body = operation.requestBody?.content['application/json']?.examples?.[name]?.value
  return {
    method: method as 'GET',
    url: `${path.replaceAll(/\{(\w+)\}/g, (_, parameter) => inPath[parameter] ?? '')}?${new URLSearchParams(given('query'))}`,
    headers: { ...given('header'), ...token !== null && { authorization: token }, ...headers },
    ...body !== undefined && { payload: body }
  }
}

for (const dialect of DIALECTS) {
  t.test(`every route of a user refuses who may not see it, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const conformity = new Conformity(dialect)
    const operations = operationsOf(await readDocument(emulator)).filter(({ path }) => path.startsWith('/users/'))
    for (const operation of operations) {
      const route = `${operation.method} ${operation.path}`
      for (const [what, variation, status] of REFUSED) {
        const response = await emulator.app.inject(requestOf(operation, variation))
        t.equal(response.statusCode, status, `${route}: ${what}`)
        conformity.check(t, route, response)
      }
      t.equal((await emulator.app.inject(requestOf(operation, {}))).statusCode, 200, route)
    }
  })
}
