import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import { build } from '../helper.ts'
import { Conformity } from './conformity.ts'
import { operationsOf, readDocument } from './read-document.ts'

/** Members that a world or an answer may leave out; the last three are those of a request that has become a WebSocket. */
const OPTIONAL = new Set(['$schema', 'version', 'postData', 'text', 'connection', '_resourceType', '_webSocketMessages'])
/** Those of the answers of other hosts, by the heading of the operation. */
const OPTIONAL_OF: Readonly<Record<string, ReadonlySet<string>>> = { 'Sign-in': new Set(['tid', 'mgt', 'mgs', 'umg', 'UseModernGamertag', 'Redirect', 'WebPage', 'RelyingParty', 'TokenType', 'SignaturePolicyIndex', 'refresh_token', 'id_token', 'client_info']), Neighbours: new Set(['serviceConfigId', 'productId', 'isStreamable', 'lastModified', 'activity', 'titleid', 'scid', 'reasons']) }

const mayLack = (group: string, name: string): boolean => OPTIONAL.has(name) || OPTIONAL_OF[group]?.has(name) === true
/** Schemas of objects that have the members that were asked for and have a value. */
const PARTIAL = new Set(['IgdbRecord', 'IgdbImage'])

/** True when every object of a schema allows and requires exactly the members that it names. */
function isStrict (schema: TSchema, group: string): boolean {
  const { properties = {}, required = [], additionalProperties, patternProperties = {}, items, anyOf = [], type, title } = schema
  if (type === 'object' && additionalProperties !== false) return false
  if (!PARTIAL.has(String(title)) && Object.keys(properties).some((name) => !required.includes(name) && !mayLack(group, name))) return false
  const inside: TSchema[] = [...Object.values<TSchema>(properties), ...Object.values<TSchema>(patternProperties), ...anyOf, ...items === undefined ? [] : [items]]
  return inside.every((each) => isStrict(each, group))
}

/** Makes wrong values of a right one: for each object in it, one with another member, and one without each of its required members. */
function * spoil (value: unknown, { group, isPartial }: { group: string, isPartial: boolean }): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of spoil(item, { group, isPartial })) yield value.with(index, other)
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, another: null }
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _, ...rest } = value as Record<string, unknown>
      if (!mayLack(group, name) && (!isPartial || name === 'id')) yield rest
      for (const other of spoil(member, { group, isPartial })) yield { ...value, [name]: other }
    }
  }
}

for (const dialect of DIALECTS) {
  t.test(`${dialect}: every answer is described to the member`, async (t) => {
    for (const { method, path, answers, tag } of listOperations(readConfig({ dialect }))) {
      for (const [status, { body, type }] of Object.entries(answers)) {
        if (body !== undefined && type === undefined && path !== '/_emulator/openapi.json') t.ok(isStrict(body, tag.name), `${method} ${path} ${status}`)
      }
    }
  })

  t.test(`${dialect}: an answer with a member more or less is not what the document says`, async (t) => {
    const conformity = new Conformity(dialect)
    let spoilt = 0
    for (const { path, method, operation } of operationsOf(await readDocument(build(t, { config: { dialect } })))) {
      for (const [name, { status }] of Object.entries(operation['x-exchanges'])) {
        const example = operation.responses[status]?.content?.['application/json']?.examples?.[name]?.value
        const schema = conformity.schemaOf(`${method} ${path} ${status}`)
        if (example === undefined || schema === undefined) continue
        t.ok(Value.Check(schema, example), `${operation.operationId} ${name}`)
        for (const other of spoil(example, { group: operation.tags[0] ?? '', isPartial: status === 200 && /^\/achievements\/(\{ids\})?$/.test(path) })) {
          spoilt++
          if (Value.Check(schema, other)) t.fail(`${operation.operationId} ${name}: ${JSON.stringify(other)}`)
        }
      }
    }
    t.ok(spoilt > 200, String(spoilt))
  })
}
