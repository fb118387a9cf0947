import { STATUS_CODES } from 'node:http'
import { Type, type TSchema } from '@sinclair/typebox'
import type { FastifySchema } from 'fastify'

/** A request, and what the demo world answers it. What is not given is not sent. */
export interface Exchange {
  readonly summary: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** What is sent as the Authorization header; nothing when it is left out. */
  readonly authorization?: string
  readonly status: number
  readonly answer?: unknown
}

/** An answer: in the words of the page, and its body, if it has one. */
export interface Answer {
  readonly description: string
  readonly body?: TSchema
  /** Headers of this answer alone, each with what it says. */
  readonly headers?: Readonly<Record<string, string>>
  /** By default application/json. */
  readonly type?: string
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security: ReadonlyArray<Readonly<Record<string, readonly string[]>>>
  readonly params?: Readonly<Record<string, TSchema>>
  readonly query?: Readonly<Record<string, TSchema>>
  readonly headers?: Readonly<Record<string, TSchema>>
  readonly body?: TSchema
  /** What the body is sent as; by default application/json. */
  readonly bodyType?: string
  readonly answers: Readonly<Record<number, Answer>>
  /** By name; the first is what "Try it out" begins with. */
  readonly exchanges?: Readonly<Record<string, Exchange>>
}

/**
 * An operation as @fastify/swagger takes it: as the `schema` of a route. No route that is served has
 * it, so nothing is checked, converted or left out because of it.
 *
 * The parts of an exchange go where OpenAPI has examples: those of one name belong together, and
 * `x-exchanges` says which token goes with them and which status comes back.
 */
export function describeOperation ({ operationId, summary, description, tags, security, params, query, headers, body, bodyType, answers, exchanges = {} }: Operation): FastifySchema {
  return {
    operationId,
    summary,
    ...description !== undefined && { description },
    tags,
    security,
    ...params && { params: describeParameters(params, exchanges, 'params') },
    ...query && { querystring: describeParameters(query, exchanges, 'query') },
    ...headers && { headers: describeParameters(headers, exchanges, 'headers') },
    ...bodyType !== undefined && { consumes: [bodyType] },
    ...body && { body: { ...body, ...examplesOf(exchanges, ({ body }) => body) } },
    response: Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, describeAnswer(Number(status), answer, exchanges)])),
    'x-exchanges': Object.fromEntries(Object.entries(exchanges).map(([name, { summary, authorization = null, status }]) =>
      [name, { summary, authorization, status }]))
  } as FastifySchema
}

function describeParameters (parameters: Readonly<Record<string, TSchema>>, exchanges: Readonly<Record<string, Exchange>>, where: 'params' | 'query' | 'headers'): TSchema {
  return Type.Object(Object.fromEntries(Object.entries(parameters).map(([name, schema]) => {
    const described = { ...schema, ...examplesOf(exchanges, (exchange) => exchange[where]?.[name]) }
    return [name, where === 'params' ? described : Type.Optional(described)]
  })))
}

function describeAnswer (status: number, { description, body, headers, type = 'application/json' }: Answer, exchanges: Readonly<Record<string, Exchange>>): object {
  const own = Object.fromEntries(Object.entries(exchanges).filter(([, exchange]) => exchange.status === status))
  const { 'x-examples': examples } = examplesOf(own, ({ answer }) => answer)
  return {
    description: `${STATUS_CODES[status]}. ${description}`,
    ...headers && { headers: Object.fromEntries(Object.entries(headers).map(([name, description]) => [name, { type: 'string', description }])) },
    ...body === undefined ? { type: 'null' } : { content: { [type]: { schema: body, ...examples && { examples } } } }
  }
}

/** Under the name that @fastify/swagger reads. */
function examplesOf (exchanges: Readonly<Record<string, Exchange>>, pick: (exchange: Exchange) => unknown): { 'x-examples'?: object } {
  const examples = Object.entries(exchanges)
    .filter(([, exchange]) => pick(exchange) !== undefined)
    .map(([name, exchange]) => [name, { summary: exchange.summary, value: pick(exchange) }])
  return examples.length === 0 ? {} : { 'x-examples': Object.fromEntries(examples) }
}
