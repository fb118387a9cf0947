import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import { Value } from '@sinclair/typebox/value'
import type { Config } from '../../src/config/config.ts'
import { IgdbError } from '../../src/igdb/answers.ts'
import { listOperations, type ListedOperation } from '../../src/openapi/operations/operations.ts'
import { SignInRefusal } from '../../src/sign-in/xal-answers.ts'
import { ERROR_BODIES, RateLimitBody } from '../../src/xbox/answers/schemas-errors.ts'

/** An answer as it was sent. */
export interface SentAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Null for an answer without the body of its own, as that to HEAD. */
  readonly body: string | null
}

type Options = Pick<Config, 'dialect' | 'igdb' | 'neighbours' | 'rta' | 'signIn'>

/** The headers that any answer may have: HTTP's own, and those of docs/specification.md, Paths and headers. */
const COMMON = new Set([
  'connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding',
  'cache-control', 'content-type', 'expires', 'ms-cv', 'pragma', 'x-content-type-options',
  // For the pages of --allowed-origins.
  'access-control-allow-credentials', 'access-control-allow-origin', 'access-control-expose-headers', 'vary'
])

/** The headers of the page at `/`: test/console/routes.test.ts compares them. */
const FOR_BROWSERS = ['content-encoding', 'content-security-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'etag', 'permissions-policy', 'referrer-policy']

/** Headers that an answer of an operation with a status may have and may lack, described or not. */
const SOMETIMES: ReadonlyArray<readonly [operation: RegExp, status: number, headers: readonly string[]]> = [
  // A page that lists nothing has no texts.
  [/^list(Title)?Achievements$/, 200, ['content-language']],
  // With "scroll" alone.
  [/Records$/, 200, ['x-count', 'x-next-page']],
  // For a browser that shows the page or the picture.
  [/^picture$/, 200, ['content-security-policy', 'referrer-policy']],
  ...[200, 304].map((status) => [/^(console|page)$/, status, FOR_BROWSERS] as const),
  // For a client that asks for it.
  [/^connect$/, 101, ['sec-websocket-protocol']],
  // HTTP/2 has no such header.
  [/^connect$/, 426, ['upgrade', 'sec-websocket-version']],
  // Only when another process holds the file is it known when to try again.
  [/./, 503, ['retry-after']]
]

/** A parameter of a path that is a word, in any letter case, and something in brackets: `:title(^[iI][dD]\\([^]*\\)$)`. */
const BRACKETED = /^\^((?:\[\w\w\])+)\\\(.*\\\)\$$/

/**
 * A route's path of Fastify as OpenAPI writes it. The user of a path is `xuid({xuid})`, as achievements.xboxlive.com
 * has it, and `{user}` where it may be `gt(…)`, too; other parameters with something in brackets are like the former.
 */
export const toOpenApiPath = (url: string): string => url.replace(/:(\w+)(?:\((\^[^/]*\$)\))?/g, (_parameter, name: string, pattern = '') => {
  if (name === 'user' && pattern !== '') return new RegExp(pattern).test('gt(x)') ? '{user}' : 'xuid({xuid})'
  const [, letters] = BRACKETED.exec(pattern) ?? []
  return letters === undefined ? `{${name}}` : `${letters.replace(/\[(\w)\w\]/g, '$1').toLowerCase()}({${name}})`
})

const checks = new WeakMap<TSchema, TypeCheck<TSchema>>()

function firstError (schema: TSchema, value: unknown): string | undefined {
  let check = checks.get(schema)
  if (check === undefined) checks.set(schema, check = TypeCompiler.Compile(schema))
  if (check.Check(value)) return undefined
  const [error] = Value.Errors(schema, value)
  return `${error?.path} is ${JSON.stringify(error?.value)?.slice(0, 100)}; ${error?.message}`
}

const tables = new Map<string, ReadonlyMap<string, ListedOperation>>()

/** The operations by method and path. Kept, so that each schema is compiled once. */
export function operationsByRoute ({ dialect, igdb, neighbours, rta, signIn }: Options): ReadonlyMap<string, ListedOperation> {
  const key = JSON.stringify([dialect, igdb, neighbours, rta, signIn])
  let table = tables.get(key)
  if (table === undefined) tables.set(key, table = new Map(listOperations({ dialect, igdb, neighbours, rta, signIn }).map((operation) => [`${operation.method} ${operation.path}`, operation])))
  return table
}

/**
 * What is wrong with the body of a refusal, whatever the operation says of it; undefined when nothing is. It is the error body of
 * the dialect, but for the IGDB view, what a rate limit and what the sign-in hosts say. Of those, some have one form for all refusals.
 */
export function findWrongRefusal ({ status, body }: SentAnswer, { dialect, tag, answers }: Pick<ListedOperation, 'tag' | 'answers'> & { dialect: Config['dialect'] }): string | undefined {
  // rta.xboxlive.com refuses a nonce without a body; findWrongAnswer knows that no other does.
  if (body === null || (status === 400 && body === '')) return undefined
  const isSignIn = tag.name === 'Sign-in'
  const own = answers[400]?.body
  const schemas = tag.name === 'IGDB'
    ? [IgdbError]
    : isSignIn && own !== undefined && own !== ERROR_BODIES[dialect]
      ? [own]
      : [ERROR_BODIES[dialect], ...status === 429 ? [RateLimitBody] : [], ...isSignIn && status === 401 ? [SignInRefusal] : []]
  const errors = schemas.map((schema) => firstError(schema, parse(body)))
  return errors.includes(undefined) ? undefined : `the body of this ${status} is none of a refusal: ${errors[0]}: ${body.slice(0, 200)}`
}

/** What is wrong with an answer by what its operation says of it; undefined when nothing is. */
export function findWrongAnswer (sent: SentAnswer, operation: ListedOperation, { dialect }: Pick<Config, 'dialect'>): string | undefined {
  const { status, headers, body } = sent
  const { id, answers } = operation
  const described = answers[status]
  if (described === undefined) return `${id} does not describe ${status}: its list of statuses is in src/openapi/operations/`
  const names = Object.keys(described.headers ?? {}).map((name) => name.toLowerCase())
  const sometimes = SOMETIMES.flatMap(([pattern, at, names]) => pattern.test(id) && at === status ? names : [])
  const missing = names.find((name) => headers[name] === undefined && !sometimes.includes(name))
  if (missing !== undefined) return `${id} describes the header ${missing} of ${status}, which is not sent`
  const undescribed = Object.keys(headers).find((name) => headers[name] !== undefined && !name.startsWith(':') && !COMMON.has(name) && !names.includes(name) && !sometimes.includes(name))
  if (undescribed !== undefined) return `${id} does not describe the header ${undescribed} of ${status}`
  if (body === null) return undefined
  if (described.body === undefined) return body === '' ? undefined : `${id} describes no body of ${status}: ${body.slice(0, 200)}`
  if (status >= 400) {
    const wrong = findWrongRefusal(sent, { ...operation, dialect })
    if (wrong !== undefined) return wrong
  }
  if (described.type !== undefined || (id === 'connect' && status === 400 && body === '')) return undefined
  const error = firstError(described.body, parse(body))
  return error === undefined ? undefined : `${id} describes another body of ${status}: ${error}: ${body.slice(0, 200)}`
}

function parse (body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
