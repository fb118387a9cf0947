import type { InjectOptions } from 'fastify'
import type { Operation } from './openapi/read-document.ts'

/** An operation with its route. */
export interface Route {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

/** What of an example's request is changed. */
export interface Variation {
  /** The example; by default the first that is answered with 200. */
  readonly example?: string
  /** Null: none is sent. */
  readonly authorization?: string | null
  /** Parameters of the path. */
  readonly params?: Readonly<Record<string, string>>
  /** Parameters of the query, in the place of all that the example has. */
  readonly query?: Readonly<Record<string, string>>
  /** By name in lower case; undefined: it is not sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>
}

/** The names of the examples that are answered with 200. */
export function answeredExamples ({ path, method, operation }: Route): string[] {
  const names = Object.entries(operation['x-exchanges']).flatMap(([name, { status }]) => status === 200 ? [name] : [])
  if (names.length === 0) throw new Error(`${method} ${path} has no example that is answered with 200: give it one in src/openapi/operations/`)
  return names
}

/** The request of an example, with something changed. */
export function exampleRequest (route: Route, { example, authorization, params, query, headers }: Variation = {}): InjectOptions & { url: string } {
  const { path, method, operation } = route
  const name = example ?? answeredExamples(route)[0] as string
  const given = (place: string): Record<string, string> => Object.fromEntries((operation.parameters ?? [])
    .filter((parameter) => parameter.in === place && parameter.examples?.[name] !== undefined)
    .map((parameter) => [place === 'header' ? parameter.name.toLowerCase() : parameter.name, String(parameter.examples?.[name]?.value)]))
  const inPath: Record<string, string> = { ...given('path'), ...params }
  const token = authorization === undefined ? operation['x-exchanges'][name]?.authorization : authorization
  const all = { ...given('header'), authorization: token, ...headers }
  const [[type, content] = []] = Object.entries(operation.requestBody?.content ?? {})
  const body = content?.examples?.[name]?.value
  return {
    method: method as 'GET',
    url: `${path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => inPath[parameter] ?? '')}?${new URLSearchParams(query ?? given('query'))}`,
    headers: Object.fromEntries(Object.entries(all).filter((header): header is [string, string] => typeof header[1] === 'string')),
    ...body !== undefined && { payload: type === 'application/json' ? body : String(new URLSearchParams(body)) }
  }
}
