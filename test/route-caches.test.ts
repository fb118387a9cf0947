import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { DIALECTS } from '../src/model/dialect.ts'
import { noCache } from '../torture/differential/emulators.ts'
import { exampleRequest, type Route, type Variation } from './example-request.ts'
import { build, DEMO, type Emulator } from './helper.ts'
import { isOfAchievements, operationsOf, readDocument } from './openapi/read-document.ts'

// Every route that reads of a user answers the same with caches as without: its example, and the example
// with one thing changed. test/differential.test.ts is about what several changes and writes do to a list.

/** Values of the parameters of paths, in the demo world. */
const IN_PATH: Readonly<Record<string, readonly string[]>> = {
  xuid: DEMO.users.map(({ xuid }) => xuid),
  scid: DEMO.titles.map(({ serviceConfigId }) => serviceConfigId),
  achievementid: ['1', '2', '3', '4']
}
/** Parameters of a path on which the answers do not depend. */
const WITHOUT_EFFECT = new Set([
  // A catalogue has nothing of the user.
  '{xuid} of /users/xuid({xuid})/titleachievements'
])
/** For parameters of a query that are texts: what some of them take. The others refuse it. */
const TEXTS = ['1', '2', 'Persistent', 'Challenge', ...DEMO.titles.slice(0, 3).map(({ titleId }) => String(titleId))]
const LANGUAGES = ['fr-FR', 'ja']
const VERSIONS = [undefined, '1', '2', '3', '4']

function valuesInPath (name: string): readonly string[] {
  const values = IN_PATH[name]
  if (values === undefined) throw new Error(`No values are known of the parameter {${name}} of a path: give IN_PATH of test/route-caches.test.ts two that the demo world answers differently.`)
  return values
}

function valuesInQuery ({ type, enum: words }: { type?: string, enum?: readonly string[] }): readonly string[] {
  if (words !== undefined) return words
  return type === 'boolean' ? ['true', 'false'] : type === 'integer' ? ['1', '2'] : TEXTS
}

/** The next page, if an answer has one. */
function * nextPage (query: Readonly<Record<string, string>>, answer: string): Generator<{ name: string, variation: Variation }> {
  const [, continuationToken] = /"continuationToken":"([^"]+)"/.exec(answer) ?? []
  if (continuationToken !== undefined) yield { name: 'continuationToken', variation: { query: { ...query, continuationToken } } }
}

const parametersOf = ({ operation }: Route, place: string): NonNullable<Route['operation']['parameters']> => (operation.parameters ?? []).filter((parameter) => parameter.in === place)

/** The example with a query, and with one thing changed at a time; `name` is that of the parameter, if it is one. */
function * variationsOf (route: Route, query: Readonly<Record<string, string>>): Generator<{ name: string, variation: Variation }> {
  yield { name: '', variation: { query } }
  for (const { name } of parametersOf(route, 'path')) for (const value of valuesInPath(name)) yield { name, variation: { query, params: { [name]: value } } }
  for (const version of VERSIONS) yield { name: '', variation: { query, headers: { 'x-xbl-contract-version': version } } }
  for (const language of LANGUAGES) yield { name: '', variation: { query, headers: { 'accept-language': language } } }
  for (const { userHash, token } of DEMO.sessions) yield { name: '', variation: { query, authorization: `XBL3.0 x=${userHash};${token}` } }
  for (const { name, schema } of parametersOf(route, 'query')) for (const value of valuesInQuery(schema)) yield { name, variation: { query: { ...query, [name]: value } } }
}

/** What is told, without what is another one each time. */
function told ({ statusCode, headers: { date: _date, 'ms-cv': _vector, ...headers }, body }: LightMyRequestResponse): string {
  return `${statusCode} ${JSON.stringify(headers)} ${body.replace(/"traceInformation":"[^"]*"/, '')}`
}

/** A continuation token tells of the request what its answer need not. */
const withoutToken = (answer: string): string => answer.replace(/"(content-length|continuationToken)":[^,]*/g, '')

const send = async ({ app }: Emulator, route: Route, variation: Variation): Promise<string> => told(await app.inject(exampleRequest(route, variation)))

for (const dialect of DIALECTS) {
  t.test(`no cache confuses two requests of a route, ${dialect}`, async (t) => {
    const config = { dialect, crossUser: 'privacy' } as const
    const [cached, plain] = [build(t, { config }), build(t, { config, createCache: noCache })]
    const routes = operationsOf(await readDocument(cached)).filter((route) => route.method === 'GET' && isOfAchievements(route))
    t.ok(routes.length >= 4)
    for (const route of routes) {
      /** The parameters of the path of which two values have two answers of 200. */
      const effective = new Set<string>()
      const confused: string[] = []
      const { searchParams } = new URL(exampleRequest(route).url, 'http://localhost')
      // Without the query, too, because the example may be a page on which a change shows nothing.
      for (const query of searchParams.size === 0 ? [{}] : [Object.fromEntries(searchParams), {}]) {
        const variations = [...variationsOf(route, query), ...nextPage(query, await send(plain, route, { query }))]
        const expected: Array<{ name: string, variation: Variation, answer: string }> = []
        for (const each of variations) expected.push({ ...each, answer: await send(plain, route, each.variation) })
        for (const [name, those] of Map.groupBy(expected.filter(({ answer }) => answer.startsWith('200')), ({ name }) => name)) {
          if (new Set(those.map(({ answer }) => withoutToken(answer))).size > 1) effective.add(name)
        }
        // An answer is kept when it is asked for a second time.
        for (const round of [1, 2]) {
          for (const { variation, answer } of expected) {
            if (await send(cached, route, variation) !== answer) confused.push(`round ${round}: ${JSON.stringify(variation)}`)
          }
        }
      }
      t.strictSame(confused.slice(0, 3), [], `${route.path}: answered otherwise than without caches; what such a request changes has to be in the input of the cache`)
      for (const { name } of parametersOf(route, 'path')) {
        const named = `{${name}} of ${route.path}`
        t.equal(effective.has(name), !WITHOUT_EFFECT.has(named), `${named} has an effect, or is in WITHOUT_EFFECT`)
      }
    }
  })
}
