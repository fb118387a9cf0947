import { Validator } from '@seriousme/openapi-schema-validator'
import type { TSchema } from '@sinclair/typebox'
import t from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import { build } from '../helper.ts'
import { SCID, session, title, user } from '../world-parts.ts'
import { toOpenApiPath } from './described-answers.ts'
import { isOfAchievements, operationsOf, readDocument } from './read-document.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: the document is OpenAPI`, async (t) => {
    const document = await readDocument(build(t, { config: { dialect } }))
    t.equal(document.openapi, '3.1.0')
    t.strictSame(await new Validator().validate({ ...structuredClone(document) }), { valid: true })
  })

  t.test(`${dialect}: every reference finds what it refers to, and every component is referred to`, async (t) => {
    const document = await readDocument(build(t, { config: { dialect } }))
    const references = new Set([...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name))
    t.strictSame([...references].toSorted(), Object.keys(document.components.schemas).toSorted())
  })
}

/** What the pages load. */
const PARTS_OF_PAGES = ['GET /_emulator/docs/static/{file}', 'GET /_emulator/console/{file}']

for (const config of [{}, { igdb: false }, { signIn: false }, { neighbours: false }, { rta: false }]) {
  t.test(`every route that is served has an operation, and every operation a route: ${JSON.stringify(config)}`, async (t) => {
    const emulator = build(t, { config })
    const routes = new Set<string>()
    emulator.app.addHook('onRoute', ({ method, url }) => {
      // HEAD is answered wherever GET is.
      if (method !== 'HEAD') routes.add(`${method} ${toOpenApiPath(url)}`)
    })
    const document = await readDocument(emulator)
    const operations = operationsOf(document)
    t.strictSame(operations.map(({ method, path }) => `${method} ${path}`).toSorted(),
      [...routes].filter((route) => !PARTS_OF_PAGES.includes(route)).toSorted())
    t.strictSame([...new Set(operations.flatMap(({ operation }) => operation.tags))], document.tags.map(({ name }) => name), 'every tag has an operation')
  })
}

t.test('every operation has an id of its own', async (t) => {
  const ids = operationsOf(await readDocument(build(t))).map(({ operation }) => operation.operationId)
  t.strictSame([...new Set(ids)], ids)
})

/** The schemas with a title in a schema. */
function titledIn (schema: unknown): TSchema[] {
  if (typeof schema !== 'object' || schema === null) return []
  return [...'title' in schema && typeof schema.title === 'string' ? [schema as TSchema] : [], ...Object.values(schema).flatMap(titledIn)]
}

for (const dialect of DIALECTS) {
  t.test(`${dialect}: schemas of the same title are the same, and one component`, async (t) => {
    const operations = listOperations(readConfig({ dialect }))
    const titled = operations.flatMap(({ body, answers }) => [body, ...Object.values(answers).map(({ body }) => body)].flatMap(titledIn))
    const schemas = Map.groupBy(titled, ({ title }) => title)
    t.ok(schemas.size > 0)
    for (const [title, [first, ...others]] of schemas) for (const other of others) t.strictSame(other, first, String(title))
  })
}

t.test('every parameter of a path is described', async (t) => {
  for (const { path, operation } of operationsOf(await readDocument(build(t)))) {
    const names = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    t.strictSame(names, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name), path)
  }
})

t.test('users/me is named in the live dialect, wherever a path has a user of the service', async (t) => {
  for (const dialect of DIALECTS) {
    const operations = operationsOf(await readDocument(build(t, { config: { dialect } })))
    const described = operations.filter(({ operation }) => operation.parameters?.some(({ description }) => description?.includes('/users/me/…')))
    const expected = operations.filter((route) => dialect === 'live' && isOfAchievements(route))
    t.strictSame(described.map(({ path }) => path), expected.map(({ path }) => path), 'the parameters of the path begin with userParameters(dialect)')
  }
})

t.test('an update\'s numbers are described in quotes and without', async (t) => {
  const { paths } = await readDocument(build(t))
  const { schema: { properties } } = (paths['/users/xuid({xuid})/achievements/{scid}/update']?.['post'] as any).requestBody.content['application/json']
  const kinds = (schema: { anyOf: Array<{ type: string }> }): string[] => schema.anyOf.map(({ type }) => type)
  t.strictSame(kinds(properties.titleId), ['integer', 'string'])
  t.strictSame(kinds(properties.userId), ['string', 'integer'])
  t.strictSame([kinds(properties.achievements.items.properties.id), kinds(properties.achievements.items.properties.percentComplete)], [['integer', 'string'], ['integer', 'string']])
})

t.test('the dialect decides which answers are in it', async (t) => {
  const readList = async (dialect: typeof DIALECTS[number]) => {
    const { components, paths } = await readDocument(build(t, { config: { dialect } }))
    const schemaOf = (status: string) => paths['/users/xuid({xuid})/achievements']?.['get']?.responses[status]?.content?.['application/json']?.schema
    return { list: schemaOf('200'), refusal: schemaOf('400'), names: Object.keys(components.schemas) }
  }
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
  const documented = await readList('documented')
  t.strictSame(documented.list, { anyOf: [ref('AchievementPage'), ref('AchievementPageV1')] })
  t.strictSame(documented.refusal, ref('ServiceErrorResponse'))
  t.notOk(documented.names.some((name) => name.startsWith('Live')))
  const live = await readList('live')
  t.strictSame(live.list, { anyOf: [ref('LiveAchievementPage'), ref('LiveRarityPage'), ref('AchievementPageV1'), ref('RarityPageV1')] })
  t.strictSame(live.refusal, ref('ServiceError'))
  t.notOk(live.names.includes('AchievementPage'))
})

t.test('schemas are translated into OpenAPI', async (t) => {
  const { components: { schemas, securitySchemes }, paths } = await readDocument(build(t))
  t.strictSame(schemas['Achievement'].properties.progressState, {
    type: 'string', enum: ['NotStarted', 'InProgress', 'Achieved'], description: 'Unlocked is Achieved; anything begun is InProgress.'
  }, 'words')
  t.strictSame(schemas['PagingInfo'].properties.continuationToken, {
    type: ['string', 'null'], maxLength: 32, description: 'Send it back, with the same user, filters and order, for the next page. Null on the last page.'
  }, 'null')
  t.strictSame(schemas['Fault'].properties.effect, {
    type: ['string', 'null'], enum: ['reset', 'truncate', 'drop', 'hang', null], default: null, description: 'Reset the connection; end the body in its middle; carry the request out and lose the answer; do not answer.'
  }, 'words or null')
  t.strictSame(schemas['World'].required, ['titles', 'users', 'sessions', 'userKeys'], 'an answer has every member')
  t.equal(schemas['WorldFile'].required, undefined, 'what has a default need not be sent')
  t.match(schemas['WorldFile'].properties.users.items.required, ['xuid', 'gamertag'])
  t.equal(paths['/_emulator/sessions']?.['post']?.requestBody?.required, false, 'nor a body that has one')
  t.equal(paths['/_emulator/users/{xuid}/privacy']?.['put']?.requestBody?.required, true)
  t.notOk(JSON.stringify(schemas).includes('"errorMessage":"'), 'the importer\'s messages')
  t.match(securitySchemes, { xbl: { type: 'apiKey', in: 'header', name: 'Authorization' }, controlKey: { type: 'http', scheme: 'bearer' } })
})

t.test('only who has the control key is told anything of the world', async (t) => {
  const emulator = build(t, {
    config: { controlKey: 'secret' },
    world: {
      titles: [title({ titleId: 71234567, sandboxes: ['RETAIL'] })],
      users: [user({ xuid: '2533274791234567', friends: ['2533274797654321'] }), user({ xuid: '2533274797654321', gamertag: 'bob', privacy: 'blocked' })],
      sessions: [session({ userHash: 'my-hash', token: 'my-token', xuid: '2533274791234567', titleId: 71234567 })],
      userKeys: ['my-key']
    }
  })
  const told = async (headers: Readonly<Record<string, string>>): Promise<string[]> => {
    const text = JSON.stringify(await readDocument(emulator, headers))
    return ['71234567', SCID, '2533274791234567', '2533274797654321', 'my-hash', 'my-token', 'my-key'].filter((part) => text.includes(part))
  }
  t.equal((await told({ authorization: 'Bearer secret' })).length, 7)
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'XBL3.0 x=my-hash;my-token' }]) t.strictSame(await told(headers), [])
})

t.test('the dialect decides for how long an answer may be cached', async (t) => {
  const readHeaders = async (dialect: typeof DIALECTS[number], path: string) => {
    const { paths } = await readDocument(build(t, { config: { dialect } }))
    const { headers } = paths[`/users/xuid({xuid})/${path}`]?.['get']?.responses['200'] as { headers: Record<string, { description: string }> }
    return Object.fromEntries(Object.entries(headers).map(([name, { description }]) => [name, description]))
  }
  const languages = { 'Content-Language': 'The languages of the texts.' }
  const cacheable = (maxAge: number) =>
    ({ ...languages, Vary: 'Accept-Language, Authorization, X-RequestedServiceVersion, x-xbl-contract-version', 'Cache-Control': `max-age=${maxAge}`, Expires: String(maxAge) })
  for (const [path, live] of [
    ['achievements', { ...languages, Vary: 'Accept-Language', 'Cache-Control': 'no-cache, no-store', Expires: '-1' }],
    ['achievements/{scid}/{achievementid}', cacheable(15)],
    ['titleachievements', cacheable(30)]
  ] as const) {
    t.strictSame(await readHeaders('live', path), live)
    t.strictSame(await readHeaders('documented', path), { ...languages, Vary: 'Accept-Language', 'Cache-Control': 'no-cache, no-store, must-revalidate' })
  }
})
