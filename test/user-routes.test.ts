import t, { type Test } from 'tap'
import { DIALECTS } from '../src/model/dialect.ts'
import { command } from './control/client.ts'
import { answeredExamples, exampleRequest, type Route, type Variation } from './example-request.ts'
import { build, DEMO, GAMER, STRANGER, type Emulator } from './helper.ts'
import { Conformity } from './openapi/conformity.ts'
import { isOfAchievements, operationsOf, readDocument } from './openapi/read-document.ts'

/** Every route of achievements.xboxlive.com, as the document has it. */
const readRoutes = async (emulator: Emulator): Promise<Route[]> => operationsOf(await readDocument(emulator)).filter(isOfAchievements)

/** Asks for what is read as often as it takes to be kept: it is answered with 200. */
async function keep (t: Test, { emulator, route, authorization }: { emulator: Emulator, route: Route, authorization?: string }): Promise<void> {
  if (route.method !== 'GET') return
  for (const time of [1, 2, 3]) {
    const { statusCode } = await emulator.app.inject(exampleRequest(route, { ...authorization !== undefined && { authorization } }))
    t.equal(statusCode, 200, `${route.method} ${route.path}, ${time}`)
  }
}

/** Requests that every route of a user refuses, and with which status. */
const REFUSED: ReadonlyArray<[what: string, variation: Variation, status: number]> = [
  ['no token', { authorization: null }, 401],
  ['an unknown token', { authorization: 'XBL3.0 x=demo;nobody' }, 401],
  ['a XUID that is no number', { params: { xuid: 'nonsense' } }, 400],
  ['another version of the service', { headers: { 'x-requestedserviceversion': '2' } }, 406]
]

/** An Authorization header with the claims of an operation's examples, but for some. */
async function authorizeAs (emulator: Emulator, { operation: { 'x-exchanges': exchanges } }: Route, changed: Partial<typeof DEMO.sessions[number]>): Promise<string> {
  const { authorization } = Object.values(exchanges).find(({ status }) => status === 200) ?? {}
  const session = DEMO.sessions.find(({ userHash, token }) => authorization === `XBL3.0 x=${userHash};${token}`)
  const { userHash: _userHash, token: _token, ...claims } = session as typeof DEMO.sessions[number]
  return (await command(emulator, 'POST', '/sessions', { ...claims, ...changed })).authorization
}

for (const dialect of DIALECTS) {
  t.test(`every route of a user refuses who may not see it, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const conformity = new Conformity(dialect)
    for (const route of await readRoutes(emulator)) {
      const name = `${route.method} ${route.path}`
      const others: typeof REFUSED = [
        ['a token without a user', { authorization: await authorizeAs(emulator, route, { xuid: null }) }, 403],
        ['a user who is no friend of the one in the path', { authorization: await authorizeAs(emulator, route, { xuid: STRANGER }) }, 403]
      ]
      // What is kept of its answers is not for others.
      await keep(t, { emulator, route })
      for (const [what, variation, status] of [...REFUSED, ...others]) {
        const response = await emulator.app.inject(exampleRequest(route, variation))
        t.equal(response.statusCode, status, `${name}: ${what}`)
        conformity.check(t, name, response)
      }
    }
  })
}

type Title = typeof DEMO.titles[number]

/** A title that is not as the others, a token of it or of another sandbox, and how its service configuration is answered then. */
interface Hidden {
  readonly what: string
  readonly title?: Partial<Title>
  readonly isOwn?: true
  readonly sandbox?: string
  readonly status: number
}

const LOCATION = 'https://there.example/{xuid}/{scid}'
const CONFIGURATIONS: readonly Hidden[] = [
  { what: 'one that is not public', title: { public: false }, status: 403 },
  { what: 'one that is not public, to its title', title: { public: false }, isOwn: true, status: 200 },
  { what: 'one that is not in the sandbox', sandbox: 'OTHER.1', status: 403 },
  { what: 'one that is not in the sandbox, to its title', sandbox: 'OTHER.1', isOwn: true, status: 404 },
  { what: 'one that has moved', title: { status: 'moved', location: LOCATION }, status: 301 },
  { what: 'one that is elsewhere for the moment', title: { status: 'redirected', location: LOCATION }, status: 307 },
  { what: 'one that is retired', title: { status: 'retired' }, status: 410 },
  { what: 'one that is retired and not public', title: { status: 'retired', public: false }, status: 403 }
]

/** The SCID of the example; undefined when the path has none. */
function scidOf (route: Route): string | undefined {
  const [example = ''] = answeredExamples(route)
  return route.operation.parameters?.find((parameter) => parameter.in === 'path' && parameter.name === 'scid')?.examples?.[example]?.value
}

for (const dialect of DIALECTS) {
  t.test(`every route of a service configuration answers as the single achievement does what may not be seen, or is not active, ${dialect}`, async (t) => {
    const routes = (await readRoutes(build(t, { config: { dialect } }))).flatMap((route) => ({ route, scid: scidOf(route) })).filter(({ scid }) => scid !== undefined)
    t.ok(routes.length >= 2)
    const named = new Set(routes.map(({ scid }) => scid))
    const conformity = new Conformity(dialect)
    for (const { what, title, isOwn, sandbox, status } of CONFIGURATIONS) {
      const emulator = build(t, { config: { dialect }, world: { ...DEMO, titles: DEMO.titles.map((each) => named.has(each.serviceConfigId) ? { ...each, ...title } : each) } })
      for (const { route, scid } of routes) {
        const { titleId = 0 } = DEMO.titles.find(({ serviceConfigId }) => serviceConfigId === scid) ?? {}
        // What is kept for its title is not for others.
        if (title?.public === false && title.status === undefined) await keep(t, { emulator, route, authorization: await authorizeAs(emulator, route, { titleId }) })
        const authorization = await authorizeAs(emulator, route, { titleId: isOwn === undefined ? null : titleId, ...sandbox !== undefined && { sandbox } })
        const response = await emulator.app.inject(exampleRequest(route, { authorization }))
        const name = `${route.method} ${route.path}`
        t.strictSame([response.statusCode, response.headers.location], [status, title?.location && `https://there.example/${GAMER}/${scid}`], `${name}, ${what}: decide it with requireServiceConfiguration and requireActive of src/rules/access.ts`)
        conformity.check(t, name, response)
      }
    }
  })

  t.test(`every route of a service configuration refuses a SCID that is none, and one that does not exist, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    for (const route of (await readRoutes(emulator)).filter((route) => scidOf(route) !== undefined)) {
      // The body of an update names the one of the example.
      const absent = route.method === 'GET' ? 403 : 400
      for (const [scid, status] of [['nonsense', 400], ['00000000-1111-2222-3333-444444444444', absent]] as const) {
        t.equal((await emulator.app.inject(exampleRequest(route, { params: { scid } }))).statusCode, status, `${route.method} ${route.path}: ${scid}`)
      }
    }
  })
}
