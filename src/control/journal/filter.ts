import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { parseExactJson } from '../../base/exact-json.ts'
import { MAX_UNSIGNED_32, readUnsigned64 } from '../../base/integers.ts'
import { createStarMatcher } from '../../base/star-pattern.ts'
import { requireValid } from '../../http/body.ts'
import { redactPath } from '../../http/redact.ts'
import { canonicalPath } from '../../http/target.ts'
import { PATTERNS } from '../../world/schema.ts'
import { shownQuery, type RecordedRequest } from './entry.ts'
import { includesValue } from './includes-value.ts'

const optional = <T extends TSchema>(schema: T, errorMessage: string, description: string) => Type.Optional<T>({ ...schema, errorMessage, description })
const optionalOrNull = <T extends TSchema>(schema: T, errorMessage: string, description: string) =>
  Type.Optional(Type.Union([schema, Type.Null()], { errorMessage: `${errorMessage}, or null`, description }))

const FilterSchema = Type.Object({
  method: optional(Type.String(), 'an HTTP method', 'The HTTP method, in any letter case.'),
  path: optional(Type.String(), 'the beginning of a path', 'The beginning of the path, in any spelling, but in the letter case of the request; `*` stands for any characters.'),
  query: optional(Type.String(), 'parameters, e.g. "titleId=1&maxItems=5"', 'Parameters that its query has, among others, as a query has them.'),
  contractVersion: optionalOrNull(Type.String(), 'a contract version in quotes', 'x-xbl-contract-version as it was sent.'),
  xuid: optionalOrNull(Type.String({ pattern: PATTERNS.xuid }), 'a XUID in quotes', 'The XUID of the caller.'),
  titleId: optionalOrNull(Type.Integer({ minimum: 0, maximum: MAX_UNSIGNED_32 }), 'an integer from 0 to 4294967295', 'The title of the caller\'s token.'),
  status: optionalOrNull(Type.Integer(), 'an HTTP status', 'The status of the answer.'),
  fault: optionalOrNull(Type.Integer(), 'the id of a fault', 'The fault that happened to it.'),
  matched: optional(Type.Boolean(), 'true or false', 'False: no route knew it.'),
  body: Type.Optional(Type.Unknown({ description: 'What its body has, among other things: of an object the members that are given, of a list the elements that are given, in their order.' })),
  after: optional(Type.Integer({ minimum: 0 }), 'the id of an entry', 'Entries with a greater id.'),
  before: optional(Type.Integer({ minimum: 0 }), 'the id of an entry', 'Entries with a smaller id.'),
  last: optional(Type.Integer({ minimum: 1 }), 'an integer from 1', 'So many at most: the last ones.')
}, { additionalProperties: false, errorMessage: 'an object' })

type Members = Static<typeof FilterSchema>

/** Which entries to return: those that match all members that are given. Null stands for an entry that has none. */
export type JournalFilter = { readonly [Name in keyof Members]?: Members[Name] | undefined }

/** What each member means, by name. */
export const FILTERS = FilterSchema.properties

/** @throws 400 when a filter that a program gives is none. */
export function requireFilter (filter: JournalFilter): void {
  requireValid(FilterSchema, filter, 'The filter')
}

/** A member of a filter, and whether a request has what it says. */
type Demand = readonly [name: keyof JournalFilter, holds: (request: RecordedRequest) => boolean]

/**
 * What a filter demands of a request, last what takes long to look at. `after`, `before` and `last` are no demands: they say which
 * requests are looked at, and how many are wanted.
 */
export function demandsOf (filter: JournalFilter): readonly Demand[] {
  const { contractVersion, titleId, status, fault, matched, body } = filter
  const method = filter.method?.toUpperCase()
  const xuid = filter.xuid == null ? filter.xuid : readUnsigned64(filter.xuid)
  const isInPath = createStarMatcher(`${canonicalPath(filter.path ?? '')}*`)
  const isInQuery = createQueryTest(filter.query ?? '')
  const demands: readonly Demand[] = [
    ['method', (request) => request.method === method],
    ['status', (request) => request.status === status],
    ['xuid', ({ session }) => (session?.xuid ?? null) === xuid],
    ['titleId', ({ session }) => (session?.titleId ?? null) === titleId],
    ['contractVersion', (request) => request.contractVersion === contractVersion],
    ['fault', (request) => request.fault === fault],
    ['matched', (request) => request.matched === matched],
    ['path', ({ url }) => isInPath(redactPath(url))],
    ['query', ({ url }) => isInQuery(shownQuery(url))],
    ['body', (request) => includesValue(request.body === null ? null : parseExactJson(request.body), body)]
  ]
  return demands.filter(([name]) => filter[name] !== undefined)
}

/** As for the routes, names match in any letter case. */
function createQueryTest (parameters: string): (query: string) => boolean {
  const pairsOf = (query: string): string[] => Array.from(new URLSearchParams(query), ([name, value]) => JSON.stringify([name.toLowerCase(), value]))
  const wanted = pairsOf(parameters)
  return (query) => {
    const pairs = new Set(pairsOf(query))
    return wanted.every((pair) => pairs.has(pair))
  }
}
