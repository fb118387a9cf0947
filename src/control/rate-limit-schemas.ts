import { Type } from '@sinclair/typebox'
import { boolean, count, instant, nullable, object, titleId } from '../http/answer-schema.ts'
import { PATTERNS } from '../world/schema-strings.ts'

/** What a test sends about the rate limits, and is answered. */

const number = (description: string) => Type.Integer({ minimum: 0, maximum: 999_999_999, description, errorMessage: 'an integer from 0 to 999999999' })

const limits = Type.Object({
  burst: number('How many requests a user and title may send in 15 seconds.'),
  sustain: number('How many in 300 seconds.')
}, { additionalProperties: false, errorMessage: 'an object with burst and sustain' })

/** Other limits, or none. */
export const LimitsBody = Type.Object({
  limits: Type.Union([limits, Type.Null()], { description: 'Null: every request passes, and what was counted is forgotten.', errorMessage: 'an object with burst and sustain, or null' })
}, { additionalProperties: false, errorMessage: 'an object' })

export const RateLimitsSchema = nullable(object({ ...limits.properties }, { title: 'RateLimits' }), 'The limits; null: every request passes.')

const configuredLimits = nullable(object({ ...limits.properties }, { title: 'RateLimits' }), 'Those of the start, to which a reset of everything goes back; null: none.')

export const ChangedRateLimits = object({ limits: RateLimitsSchema, configured: configuredLimits }, { title: 'ChangedRateLimits' })

const WindowSchema = object({
  used: count('How many requests it has counted, refused ones too.'),
  limit: count('How many it takes.'),
  ends: nullable(instant(''), 'When it ends, and is empty again, on the emulator\'s clock, UTC; null: none has begun.'),
  resetsIn: nullable(count(''), 'In how many seconds; null: none has begun.'),
  isFull: boolean('True when the next request is refused with 429.')
}, { title: 'RateLimitWindow' })

const LimitedCallerSchema = object({
  xuid: nullable(Type.String({ pattern: PATTERNS.xuid }), 'The user claim; null for none.'),
  gamertag: nullable(Type.String(), 'Whose it is; null for nobody of the world.'),
  titleId: nullable(titleId, 'The title claim; null for none.'),
  burst: WindowSchema,
  sustain: WindowSchema
}, { title: 'LimitedCaller', description: 'A user and title with requests that count.' })

export const RateLimitState = object({
  limits: RateLimitsSchema,
  configured: configuredLimits,
  callers: Type.Array(LimitedCallerSchema, { description: 'In the order of XUIDs and titles.' }),
  next: nullable(Type.String(), 'What `after` takes for the next page: XUID and title of the last entry; null: there is no more.'),
  counts: object({
    callers: count('How many callers match, on all pages.'),
    full: count('How many of them are refused next.')
  }, { description: 'Of all that match.' })
}, { title: 'RateLimitState' })
