import t from 'tap'
import { Value } from '@sinclair/typebox/value'
import { DIALECTS } from '../../src/model/dialect.ts'
import * as refusals from '../../src/model/refusals.ts'
import { build } from '../helper.ts'
import { Conformity } from '../openapi/conformity.ts'
import { operationsOf, readDocument } from '../openapi/read-document.ts'

type Refusal = InstanceType<typeof refusals.XblError>

const { XblError: _xblError, FaultRefusal: _fault, ErrorCode: _numbers, NO_XBOX_PROFILE: _xerr, tooManyRequests, ...others } = refusals

/** Every refusal, by the name of the function that makes it. */
const REFUSALS: ReadonlyArray<readonly [name: string, refusal: Refusal]> = [
  ['tooManyRequests', tooManyRequests({ currentRequests: 11, maxRequests: 10, periodInSeconds: 15, retryAfter: 3 })],
  ...Object.entries(others).map(([name, make]) => [name, (make as (...texts: string[]) => Refusal)('/one', ...name === 'methodNotAllowed' ? ['/two'] : [])] as const)
]

for (const dialect of DIALECTS) {
  t.test(`each refusal is answered as the document describes its status, ${dialect}`, async (t) => {
    const emulator = build(t, {
      config: { dialect },
      routes: (app) => { for (const [name, refusal] of REFUSALS) app.get(`/${name}`, () => { throw refusal }) }
    })
    const conformity = new Conformity(dialect)
    const operations = operationsOf(await readDocument(emulator))
    for (const [name, { status, headers }] of REFUSALS) {
      const response = await emulator.app.inject(`/${name}`)
      t.equal(response.statusCode, status, name)
      t.match(response.headers, headers, name)
      const isDescribed = operations.some(({ method, path, operation: { responses } }) => {
        const schema = conformity.schemaOf(`${method} ${path} ${status}`)
        const described = JSON.stringify((responses[status] as { headers?: object } | undefined)?.headers ?? {}).toLowerCase()
        return schema !== undefined && Value.Check(schema, response.json()) && Object.keys(headers).every((header) => described.includes(`"${header}":`))
      })
      t.ok(isDescribed, `${name}: ${status} ${JSON.stringify(headers)} ${response.body}`)
    }
  })
}
