import type { InjectOptions } from 'fastify'
import t from 'tap'
import type { Config } from '../../src/config/config.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import { build } from '../helper.ts'
import { operationsOf, readDocument, type Operation } from './read-document.ts'

/** Members whose values differ from answer to answer. */
const VARYING = ['traceInformation', 'Token', 'access_token', 'refresh_token', 'correlation_id', 'device_code', 'user_code', 'message', 'keys', 'endpointId', 'nonce']

/** The request of an example, made of the document alone. */
function requestOf (operation: Operation, { path, method, name }: { path: string, method: string, name: string }): InjectOptions {
  const given = (operation.parameters ?? []).flatMap((parameter) => {
    const example = parameter.examples?.[name]
    return example === undefined ? [] : [{ name: parameter.name, in: parameter.in, value: String(example.value) }]
  })
  const { authorization } = operation['x-exchanges'][name] ?? {}
  const of = (where: string) => Object.fromEntries(given.filter((each) => each.in === where).map((each) => [each.name, each.value]))
  const [[type, content] = []] = Object.entries(operation.requestBody?.content ?? {})
  const body = content?.examples?.[name]?.value
  return {
    method: method as 'GET',
    url: `${path.replaceAll(/\{(\w+)\}/g, (_, parameter) => of('path')[parameter] ?? '')}?${new URLSearchParams(of('query'))}`,
    headers: { ...authorization && { authorization }, ...of('header') },
    ...body !== undefined && { payload: type === 'application/json' ? JSON.stringify(body) : String(new URLSearchParams(body)) }
  }
}

/** An emulator as a test makes it, and with which headers its document is read. */
interface Served {
  readonly world?: object
  readonly config?: Partial<Config>
  readonly headers?: Record<string, string>
}

const START = { users: [{ xuid: '2533274790000001', gamertag: 'me' }], sessions: [{ userHash: 'my', token: 'token', xuid: '2533274790000001', titleId: 1234 }] }
const TITLE = {
  titleId: 1234,
  name: 'My Game',
  serviceConfigId: '00000000-0000-0000-0000-0000000004d2',
  achievements: [1, 2, 3].map((id) => ({ id, name: `Achievement ${id}`, rewards: [{ type: 'Gamerscore', value: '10' }] }))
}
/** Three users of whom each is something that examples are about, with a gamertag that needs care. */
const PEOPLED = {
  titles: [
    { ...TITLE, titleId: 7, serviceConfigId: '00000000-0000-0000-0000-000000000007', sandboxes: ['XDKS.1'] },
    TITLE,
    { titleId: 99, name: 'Old', serviceConfigId: '00000000-0000-0000-0000-000000000063', generation: 'xbox360', achievements: [{ id: 4, name: 'Old one', rewards: [{ type: 'Gamerscore', value: '5' }] }] }
  ],
  users: [
    { xuid: '11', gamertag: '42', privacy: 'everyone', friends: ['12'], achievements: [{ serviceConfigId: TITLE.serviceConfigId, id: 2, timeUnlocked: '2020-01-01T00:00:00Z' }, { serviceConfigId: TITLE.serviceConfigId, id: 1, percentComplete: 60 }] },
    { xuid: '12', gamertag: '<b>"Ünï"</b>' },
    { xuid: '13', gamertag: 'nobody', privacy: 'blocked' }
  ],
  sessions: [
    { userHash: 'site', token: 'site', xuid: '12', titleId: 1234, thirdPartySite: true },
    { userHash: 'old', token: 'old', xuid: '12', titleId: 1234, expires: '2001-01-01T00:00:00Z' },
    { userHash: 'a', token: 'none' },
    { userHash: 'a', token: 'other', xuid: '11', titleId: 99 },
    { userHash: 'a', token: 'own', xuid: '11', titleId: 1234, sandbox: 'RETAIL' },
    { userHash: 'b', token: 'friend', xuid: '12' }
  ],
  userKeys: ['k']
}

/**
 * Whether an example is sent to the one emulator of its world: to make another for each takes minutes. A write is undone by a reset;
 * what the control API is asked and writes may show in a journal, or count.
 */
const isShared = ({ path, method, status, isCompared }: { path: string, method: string, status: number, isCompared: boolean }): boolean =>
  status >= 400 || !path.startsWith('/_emulator') || (method === 'GET' && !isCompared)

const WORLDS: Readonly<Record<string, Served>> = {
  demo: {},
  'demo, with the key': { config: { controlKey: 'secret' }, headers: { authorization: 'Bearer secret' } },
  small: { world: { titles: [TITLE], ...START } },
  peopled: { world: PEOPLED },
  'with ids that examples want to be free': { world: { titles: [{ ...TITLE, titleId: 1 }], users: [{ xuid: '1', gamertag: 'newcomer' }, { xuid: '2533274790412999', gamertag: 'nobody' }], sessions: [{ userHash: 'a', token: 'b', xuid: '1' }] } },
  'of an event-based title': { world: { titles: [{ ...TITLE, achievementSystem: 'eventBased' }], ...START } },
  'of the Xbox 360': { world: { titles: [{ ...TITLE, generation: 'xbox360' }], ...START } },
  'without tokens': { world: { titles: [TITLE], users: START.users } },
  'without titles': { world: { users: START.users, sessions: [{ userHash: 'a', token: 'b', xuid: '2533274790000001' }] } },
  'without users': { world: { titles: [TITLE] } },
  empty: { world: {} }
}

for (const dialect of DIALECTS) {
  // What the worlds differ in is the same in both dialects.
  for (const [name, { world, config = {}, headers = {} }] of Object.entries(WORLDS).slice(0, dialect === 'live' ? 1 : undefined)) {
    const served = { ...world !== undefined && { world }, config: { ...config, dialect } }
    t.test(`${dialect}: every example, sent to a world, is answered as it says: ${name}`, async (t) => {
      const first = build(t, served)
      const document = await readDocument(first, headers)
      let sent = 0
      for (const { path, method, operation } of operationsOf(document)) {
        for (const [example, { status }] of Object.entries(operation['x-exchanges'])) {
          sent++
          const { app } = isShared({ path, method, status, isCompared: world === undefined }) ? first : build(t, served)
          const request = requestOf(operation, { path, method, name: example })
          const response = await app.inject({ ...request, headers: { ...path.startsWith('/_emulator') && headers, ...request.headers } })
          t.equal(response.statusCode, status, `${operation.operationId} ${example}: ${response.body}`)
          const expected = operation.responses[status]?.content?.['application/json']?.examples?.[example]?.value
          // Of other worlds only refusals are known beforehand.
          if (expected === undefined && world !== undefined && status < 400) continue
          const answer = response.body === '' ? undefined : response.json()
          if (method !== 'GET' && status < 400) await app.inject({ method: 'POST', url: '/_emulator/reset?everything=true', headers })
          for (const member of VARYING) if (answer?.[member] !== undefined) answer[member] = expected?.[member]
          t.strictSame(answer, expected, `${operation.operationId} ${example}`)
        }
      }
      if (world === undefined) t.equal(sent, listOperations(readConfig({ dialect })).flatMap(({ exchanges = {} }) => Object.keys(exchanges)).length)
      else t.ok(sent > 30)
    })

    t.test(`${dialect}: what stands first is one example: ${name}`, async (t) => {
      for (const { operation } of operationsOf(await readDocument(build(t, served), headers))) {
        // "Try it out" takes the first example of each parameter by itself.
        const names = (operation.parameters ?? []).flatMap(({ examples = {} }) => Object.keys(examples).slice(0, 1))
        const bodies = Object.values(operation.requestBody?.content ?? {}).flatMap(({ examples = {} }) => Object.keys(examples).slice(0, 1))
        t.ok(new Set([...names, ...bodies]).size <= 1, `${operation.operationId}: ${[...names, ...bodies]}`)
      }
    })
  }

  t.test(`${dialect}: every example belongs to an exchange`, async (t) => {
    for (const { operation } of operationsOf(await readDocument(build(t, { config: { dialect } })))) {
      t.strictSame(namesIn(operation).filter((name) => operation['x-exchanges'][name] === undefined), [], operation.operationId)
    }
  })
}

/** The names of the examples of an operation. */
const namesIn = (operation: Operation): string[] => [...new Set([
  ...operation.parameters ?? [],
  ...Object.values(operation.requestBody?.content ?? {}),
  ...Object.values(operation.responses).flatMap(({ content }) => Object.values(content ?? {}))
].flatMap(({ examples = {} }) => Object.keys(examples)))]
