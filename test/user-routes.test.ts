import t from 'tap'
import { DIALECTS } from '../src/model/dialect.ts'
import { command } from './control/client.ts'
import { exampleRequest, type Variation } from './example-request.ts'
import { build, DEMO, STRANGER, type Emulator } from './helper.ts'
import { Conformity } from './openapi/conformity.ts'
import { operationsOf, readDocument, type Operation } from './openapi/read-document.ts'

/** Requests that every route of a user refuses, and with which status. */
const REFUSED: ReadonlyArray<[what: string, variation: Variation, status: number]> = [
  ['no token', { authorization: null }, 401],
  ['an unknown token', { authorization: 'XBL3.0 x=demo;nobody' }, 401],
  ['a XUID that is no number', { xuid: 'nonsense' }, 400],
  ['another version of the service', { headers: { 'x-requestedserviceversion': '2' } }, 406]
]

/** An Authorization header with the claims of an operation's examples, but for the user. */
async function authorizeAs (emulator: Emulator, { 'x-exchanges': exchanges }: Operation, xuid: string | null): Promise<string> {
  const { authorization } = Object.values(exchanges).find(({ status }) => status === 200) ?? {}
  const session = DEMO.sessions.find(({ userHash, token }) => authorization === `XBL3.0 x=${userHash};${token}`)
  const { userHash: _userHash, token: _token, ...claims } = session as typeof DEMO.sessions[number]
  return (await command(emulator, 'POST', '/sessions', { ...claims, xuid })).authorization
}

for (const dialect of DIALECTS) {
  t.test(`every route of a user refuses who may not see it, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const conformity = new Conformity(dialect)
    for (const route of operationsOf(await readDocument(emulator)).filter(({ path }) => path.startsWith('/users/'))) {
      const name = `${route.method} ${route.path}`
      const others: typeof REFUSED = [
        ['a token without a user', { authorization: await authorizeAs(emulator, route.operation, null) }, 403],
        ['a user who is no friend of the one in the path', { authorization: await authorizeAs(emulator, route.operation, STRANGER) }, 403]
      ]
      for (const [what, variation, status] of [...REFUSED, ...others]) {
        const response = await emulator.app.inject(exampleRequest(route, variation))
        t.equal(response.statusCode, status, `${name}: ${what}`)
        conformity.check(t, name, response)
      }
      t.equal((await emulator.app.inject(exampleRequest(route))).statusCode, 200, name)
    }
  })
}
