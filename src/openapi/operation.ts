import { STATUS_CODES } from 'node:http'
import type { TSchema } from '@sinclair/typebox'
import { inputSchema } from '../base/input-schema.ts'
import type { Dialect } from '../model/dialect.ts'
import type { Exchange, Exchanges } from './exchange.ts'
import type { Recast, RecastExchange } from './recast.ts'
import { toSchemaObject, type Components, type SchemaObject } from './schema.ts'

/** How an operation is answered with one status. */
export interface Answer {
  readonly description: string
  /** Left out when the answer has no body. */
  readonly body?: TSchema
  /** The headers that not every answer has, each with its description. */
  readonly headers?: Readonly<Record<string, string>>
  /** The media type of the body; by default application/json. */
  readonly type?: string
}

/** The description of a route. */
export interface Operation {
  /** Unique in the document; client generators make a method name of it. */
  readonly id: string
  readonly summary: string
  readonly description?: string
  /** The parameters of the path, by name. */
  readonly params?: Readonly<Record<string, TSchema>>
  readonly query?: Readonly<Record<string, TSchema>>
  readonly headers?: Readonly<Record<string, TSchema>>
  readonly body?: TSchema
  /** The media type of the body; by default application/json. */
  readonly bodyType?: string
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>
  /** By name; "Try it out" begins with the first. */
  readonly exchanges?: Exchanges
}

/** Operations by method and path, e.g. `GET /achievements/{ids}`. */
export type OperationsByRoute = Readonly<Record<string, (dialect: Dialect) => Operation>>

/** An operation with its examples in the words of a world. */
type RecastOperation = Operation & { readonly exchanges: Readonly<Record<string, RecastExchange>> }

/**
 * An operation as an OpenAPI Operation Object, without `tags` and `security`.
 *
 * The parts of an exchange become examples of the parameters, the body and the answer, all under the
 * name of the exchange. `x-exchanges` has what OpenAPI has no member for: the token that is sent and the
 * status that is answered; not of placeholders, of which that is not known.
 *
 * @param components gets the schemas with a title.
 */
export function toOperationObject (written: Operation, { components, recast }: { components: Components, recast: Recast }): object {
  const operation: RecastOperation = { ...written, exchanges: recastAll(written.exchanges ?? {}, recast) }
  const { id, summary, description, body, answers, exchanges } = operation
  const parameters = toParameterObjects(operation, components)
  return {
    operationId: id,
    summary,
    ...description !== undefined && { description },
    ...parameters.length > 0 && { parameters },
    ...body && { requestBody: toRequestBody({ ...operation, body }, components) },
    responses: Object.fromEntries(Object.entries(answers).map(([status, answer]) =>
      [status, toResponseObject(answer, { status: Number(status), exchanges, components })])),
    'x-exchanges': Object.fromEntries(Object.entries(exchanges).filter(([, { isPlaceholder }]) => !isPlaceholder).map(([name, { summary, authorization = null, status }]) =>
      [name, { summary, authorization, status }]))
  }
}

const recastAll = (exchanges: Exchanges, recast: Recast): Readonly<Record<string, RecastExchange>> =>
  Object.fromEntries(Object.entries(exchanges).flatMap(([name, exchange]) => {
    const found = recast(exchange)
    return found === undefined ? [] : [[name, found]]
  }))

/** For each location of parameters the member of {@link Operation} and the word of OpenAPI. */
const LOCATIONS = [['query', 'query'], ['params', 'path'], ['headers', 'header']] as const

function toParameterObjects (operation: RecastOperation, components: Components): object[] {
  const { exchanges } = operation
  return LOCATIONS.flatMap(([member, location]) => Object.entries(operation[member] ?? {}).map(([name, schema]) => {
    const { description, ...rest } = toSchemaObject(schema, components)
    return {
      name, in: location, required: location === 'path', description, schema: rest, ...toExamples(exchanges, (exchange) => exchange[member]?.[name])
    }
  }))
}

function toRequestBody ({ body, bodyType = 'application/json', exchanges }: RecastOperation & { body: TSchema }, components: Components): object {
  return {
    ...body.description !== undefined && { description: body.description },
    // A body that has a default may be left out.
    required: body['default'] === undefined,
    content: { [bodyType]: { schema: toBodySchema({ body, bodyType, exchanges }, components), ...toExamples(exchanges, (exchange) => exchange.body) } }
  }
}

/** The schema of a body. That of a form has the first example in its members, too: Swagger UI has a field for each, and fills it in from there alone. */
function toBodySchema ({ body, bodyType, exchanges }: { body: TSchema, bodyType: string, exchanges: Exchanges }, components: Components): SchemaObject {
  const schema = toSchemaObject(inputSchema(body) as TSchema, components)
  const first = Object.values(exchanges)[0]?.body as Readonly<Record<string, unknown>> | undefined
  if (bodyType === 'application/json' || first === undefined) return schema
  const properties = Object.entries<SchemaObject>(schema['properties']).map(([name, member]) => [name, first[name] === undefined ? member : { ...member, example: first[name] }])
  return { ...schema, properties: Object.fromEntries(properties) }
}

function toResponseObject ({ description, body, headers, type = 'application/json' }: Answer, { status, exchanges, components }: {
  status: number, exchanges: Exchanges, components: Components
}): object {
  return {
    description: `${STATUS_CODES[status]}. ${description}`,
    ...headers && { headers: Object.fromEntries(Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }])) },
    ...body && {
      content: { [type]: { schema: toSchemaObject(body, components), ...toExamples(exchanges, (exchange) => exchange.status === status ? exchange.answer : undefined) } }
    }
  }
}

/** The member `examples` of an OpenAPI object: the part of each exchange that belongs to it. Without any, there is no such member. */
function toExamples (exchanges: Exchanges, partOf: (exchange: Exchange) => unknown): { examples?: object } {
  const examples = Object.entries(exchanges)
    .map(([name, exchange]) => [name, { summary: exchange.summary, value: partOf(exchange) }] as const)
    .filter(([, { value }]) => value !== undefined)
  return examples.length === 0 ? {} : { examples: Object.fromEntries(examples) }
}
