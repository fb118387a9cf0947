import { Type, type Static } from '@sinclair/typebox'
import { CHANCE, changeSchema, type FaultChange } from '../../http/fault-members.ts'
import { nullable } from '../../world/schema-parts.ts'
import { PATTERNS } from '../../world/schema.ts'

/** The statuses of redirects and refusals that a fault can answer with. */
export const FAULT_STATUSES = [301, 302, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 416, 429, 500, 501, 502, 503, 504] as const
export type FaultStatus = typeof FAULT_STATUSES[number]

/** The statuses with a Location. */
export const REDIRECTS: readonly FaultStatus[] = [301, 302, 307]

/**
 * What can go wrong besides a status. `reset`: the connection is reset. `truncate`: the body ends in its
 * middle; an answer without a body is lost. `drop`: the request is carried out, and its answer is lost.
 * `hang`: the request is never answered.
 */
const FAULT_EFFECTS = ['reset', 'truncate', 'drop', 'hang'] as const

/** How long the body that a fault gives may be, in bytes. */
export const LONGEST_FAULT_BODY = 65_536

const ms = Type.Integer({ minimum: 0, maximum: 3_600_000, errorMessage: 'an integer from 0 to 3600000, in ms' })
const HEADER_EXPECTED = 'a string of at most 512 visible ASCII characters, with spaces between them'

/** A fault: what goes wrong, and for which requests. A member that is not given matches every request. */
export const FaultSpec = Type.Object({
  method: nullable(Type.String({ minLength: 1, maxLength: 32, errorMessage: 'an HTTP method' }), 'An HTTP method.'),
  path: nullable(Type.String({ pattern: '^[/*][^?#]*$', maxLength: 256, errorMessage: 'a path of at most 256 characters that starts with "/" or "*" and has no query' }), 'A path, in any letter case, percent-encoded or not; * stands for any characters.'),
  xuid: nullable(Type.String({ pattern: PATTERNS.xuid, errorMessage: 'a XUID in quotes' }), 'The XUID of the caller.'),
  titleId: nullable(Type.Integer({ minimum: 0, maximum: 4294967295, errorMessage: 'a title id' }), 'The title of the caller\'s token.'),
  status: Type.Union([...FAULT_STATUSES.map((status) => Type.Literal(status)), Type.Null()], { default: null, description: 'The status to answer with.', errorMessage: `one of ${FAULT_STATUSES.join(', ')}, or null` }),
  location: nullable(Type.String({ pattern: PATTERNS.uri, errorMessage: 'a URI' }), 'The Location of a 301, 302 or 307.'),
  retryAfter: Type.Union([Type.Integer({ minimum: 0, maximum: 4294967295 }), Type.Literal(false), Type.Null()], { default: null, description: 'The Retry-After of a 429 or 503, in s; null: 15 and 5; false: none.', errorMessage: 'an integer from 0 to 4294967295, in s, false, or null' }),
  headers: nullable(Type.Record(Type.String(), Type.String({ pattern: '^([!-~]([\\t -~]*[!-~])?)?$', maxLength: 512, errorMessage: HEADER_EXPECTED }), { maxProperties: 16, additionalProperties: false, errorMessage: 'an object of at most 16 headers' }), 'Headers of the answer with the status, in the place of those that it would have.'),
  body: Type.Union([Type.String(), Type.Object({}), Type.Array(Type.Unknown()), Type.Null()], { default: null, description: 'The body of the answer with the status: JSON, or text as it is sent; null: that of any such refusal.', errorMessage: 'an object, a list, a text, or null' }),
  effect: Type.Union([...FAULT_EFFECTS.map((effect) => Type.Literal(effect)), Type.Null()], { default: null, description: 'Reset the connection; end the body in its middle; carry the request out and lose the answer; do not answer.', errorMessage: `one of ${FAULT_EFFECTS.map((effect) => `"${effect}"`).join(', ')}, or null` }),
  delay: Type.Union([ms, Type.Object({ min: ms, max: ms }, { additionalProperties: false, errorMessage: 'an object with min and max' }), Type.Null()], { default: null, description: 'Milliseconds to wait first, or limits between which they are drawn evenly. Past the request timeout: 408.', errorMessage: 'milliseconds, an object with min and max, or null' }),
  ...CHANCE
}, { additionalProperties: false, errorMessage: 'an object' })

export type FaultSpec = Static<typeof FaultSpec>

/** What may be changed of a fault. */
export const FaultChangeBody = changeSchema(FaultSpec)

/** A change of a fault of requests: the members that are given take the place of those that there are. */
export type RequestFaultChange = FaultChange<FaultSpec>
