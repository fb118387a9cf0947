import { Type, type Static, type TSchema } from '@sinclair/typebox'
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
export const FAULT_EFFECTS = ['reset', 'truncate', 'drop', 'hang'] as const

/** How long the body that a fault gives may be, in bytes. */
export const LONGEST_FAULT_BODY = 65_536

const DEFAULT_NULL = { default: null }
const optionalMember = <T extends TSchema>(schema: T, description: string, expected: string) =>
  Type.Union([schema, Type.Null()], { ...DEFAULT_NULL, description, errorMessage: `${expected}, or null` })
const ms = Type.Integer({ minimum: 0, maximum: 3_600_000, errorMessage: 'an integer from 0 to 3600000, in ms' })
const HEADER_EXPECTED = 'a string of at most 512 visible ASCII characters, with spaces between them'

/** A fault: what goes wrong, and for which requests. A member that is not given matches every request. */
export const FaultSpec = Type.Object({
  method: optionalMember(Type.String({ minLength: 1, maxLength: 32 }), 'An HTTP method.', 'an HTTP method'),
  path: optionalMember(Type.String({ pattern: '^[/*][^?#]*$', maxLength: 256 }), 'A path, in any letter case, percent-encoded or not; * stands for any characters.', 'a path of at most 256 characters that starts with "/" or "*" and has no query'),
  xuid: optionalMember(Type.String({ pattern: PATTERNS.xuid }), 'The XUID of the caller.', 'a XUID in quotes'),
  titleId: optionalMember(Type.Integer({ minimum: 0, maximum: 4294967295 }), 'The title of the caller\'s token.', 'a title id'),
  status: Type.Union([...FAULT_STATUSES.map((status) => Type.Literal(status)), Type.Null()], { ...DEFAULT_NULL, description: 'The status to answer with.', errorMessage: `one of ${FAULT_STATUSES.join(', ')}, or null` }),
  location: optionalMember(Type.String({ pattern: PATTERNS.uri }), 'The Location of a 301, 302 or 307.', 'a URI'),
  retryAfter: Type.Union([Type.Integer({ minimum: 0, maximum: 4294967295 }), Type.Literal(false), Type.Null()], { ...DEFAULT_NULL, description: 'The Retry-After of a 429 or 503, in s; null: 15 and 5; false: none.', errorMessage: 'an integer from 0 to 4294967295, in s, false, or null' }),
  headers: optionalMember(Type.Record(Type.String(), Type.String({ pattern: '^([!-~]([\\t -~]*[!-~])?)?$', maxLength: 512, errorMessage: HEADER_EXPECTED }), { maxProperties: 16, additionalProperties: false }), 'Headers of the answer with the status, in the place of those that it would have.', 'an object of at most 16 headers'),
  body: Type.Union([Type.String(), Type.Object({}), Type.Array(Type.Unknown()), Type.Null()], { ...DEFAULT_NULL, description: 'The body of the answer with the status: JSON, or text as it is sent; null: that of any such refusal.', errorMessage: 'an object, a list, a text, or null' }),
  effect: Type.Union([...FAULT_EFFECTS.map((effect) => Type.Literal(effect)), Type.Null()], { ...DEFAULT_NULL, description: 'Reset the connection; end the body in its middle; carry the request out and lose the answer; do not answer.', errorMessage: `one of ${FAULT_EFFECTS.map((effect) => `"${effect}"`).join(', ')}, or null` }),
  delay: Type.Union([ms, Type.Object({ min: ms, max: ms }, { additionalProperties: false, errorMessage: 'an object with min and max' }), Type.Null()], { ...DEFAULT_NULL, description: 'Milliseconds to wait first, or limits between which they are drawn evenly. Past the request timeout: 408.', errorMessage: 'milliseconds, an object with min and max, or null' }),
  times: optionalMember(Type.Integer({ minimum: 1, maximum: 4294967295 }), 'How often it happens; null: until it is deleted.', 'an integer from 1'),
  probability: Type.Number({ default: 1, minimum: 0, maximum: 1, description: 'How likely it happens to a request that matches.', errorMessage: 'a number from 0 to 1' }),
  seed: optionalMember(Type.Integer({ minimum: 0, maximum: 4294967295 }), 'Makes chance repeatable; null: a fresh one.', 'an integer from 0 to 4294967295')
}, { additionalProperties: false, errorMessage: 'an object' })

export type FaultSpec = Static<typeof FaultSpec>
