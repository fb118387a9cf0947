import { Type, type TSchema } from '@sinclair/typebox'
import { count, nullable, object, string } from '../../http/answer-schema.ts'
import type { Dialect } from '../../model/dialect.ts'

/** The schemas of the bodies of refusals. */

export const ServiceErrorResponse = object({
  errorCode: nullable(Type.Integer(), '8377: the path names another user than the token. 4000: the request is wrong. 4500: not authorized. 5000: an internal error. 5300: unavailable. Null where no number is documented.'),
  errorMessage: string('What arrived and what was expected.')
}, { title: 'ServiceErrorResponse', description: 'A refusal, as documented.' })

export const ServiceError = object({
  code: Type.Integer({ description: '23: no valid token. 8377, 4000, 4500, 5000, 5300 as documented. Otherwise the HTTP status.' }),
  source: Type.Literal('Progress', { description: 'What refused it.' }),
  description: string('What arrived and what was expected.'),
  traceInformation: string('Also in the log line of the request.')
}, { title: 'ServiceError', description: 'A refusal, as the live service sends it.' })

/** The schema of a refusal in each dialect. */
export const ERROR_BODIES: Readonly<Record<Dialect, TSchema>> = { documented: ServiceErrorResponse, live: ServiceError }

export const RateLimitBody = object({
  version: Type.Literal(1, { description: 'The version of this body.' }),
  currentRequests: count('How many requests the user and title have made in this period, this one included.'),
  maxRequests: count('How many pass.'),
  periodInSeconds: count('How long the period is: 15 (burst) or 300 (sustain).'),
  limitType: Type.Literal('Rate', { description: 'What is limited.' })
}, { title: 'RateLimitBody', description: 'The limit that was passed (fine-grained rate limiting).' })
