import type { InjectOptions } from 'fastify'
import t from 'tap'
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

for (const dialect of DIALECTS) {
  t.test(`${dialect}: every example, sent to the demo world, is answered as it says`, async (t) => {
    const document = await readDocument(build(t, { config: { dialect } }))
    let sent = 0
    for (const { path, method, operation } of operationsOf(document)) {
      for (const [name, { status }] of Object.entries(operation['x-exchanges'])) {
        sent++
        const { app } = build(t, { config: { dialect } })
        const response = await app.inject(requestOf(operation, { path, method, name }))
        t.equal(response.statusCode, status, `${operation.operationId} ${name}`)
        const expected = operation.responses[status]?.content?.['application/json']?.examples?.[name]?.value
        const answer = response.body === '' ? undefined : response.json()
        for (const member of VARYING) if (answer?.[member] !== undefined) answer[member] = expected?.[member]
        t.strictSame(answer, expected, `${operation.operationId} ${name}`)
      }
    }
    t.equal(sent, listOperations(readConfig({ dialect })).flatMap(({ exchanges = {} }) => Object.keys(exchanges)).length)
  })

  t.test(`${dialect}: every example belongs to an exchange`, async (t) => {
    for (const { operation } of operationsOf(await readDocument(build(t, { config: { dialect } })))) {
      const withExamples = [
        ...operation.parameters ?? [],
        ...Object.values(operation.requestBody?.content ?? {}),
        ...Object.values(operation.responses).flatMap(({ content }) => Object.values(content ?? {}))
      ]
      const names = withExamples.flatMap(({ examples = {} }) => Object.keys(examples))
      t.strictSame([...new Set(names)].filter((name) => operation['x-exchanges'][name] === undefined), [], operation.operationId)
    }
  })
}
