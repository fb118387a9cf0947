import type { InjectOptions } from 'fastify'
import type { Operation } from './openapi/read-document.ts'

/** What of an example's request is changed; the authorization null: none is sent. */
export interface Variation {
  readonly authorization?: string | null
  readonly xuid?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The request of the first example of an operation that is answered with 200, with something changed. */
export function exampleRequest ({ path, method, operation }: { path: string, method: string, operation: Operation }, { authorization, xuid, headers }: Variation = {}): InjectOptions {
  const [name, exchange] = Object.entries(operation['x-exchanges']).find(([, { status }]) => status === 200) ?? []
  if (name === undefined || exchange === undefined) throw new Error(`${method} ${path} has no example that is answered with 200`)
  const given = (place: string): Record<string, string> => Object.fromEntries((operation.parameters ?? [])
    .filter((parameter) => parameter.in === place && parameter.examples?.[name] !== undefined)
    .map((parameter) => [parameter.name, String(parameter.examples?.[name]?.value)]))
  const inPath: Record<string, string> = { ...given('path'), ...xuid !== undefined && { xuid } }
  const token = authorization === undefined ? exchange.authorization : authorization
  const body = operation.requestBody?.content['application/json']?.examples?.[name]?.value
  return {
    method: method as 'GET',
    url: `${path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => inPath[parameter] ?? '')}?${new URLSearchParams(given('query'))}`,
    headers: { ...given('header'), ...token !== null && { authorization: token }, ...headers },
    ...body !== undefined && { payload: body }
  }
}
