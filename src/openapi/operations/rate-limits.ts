import { Type } from '@sinclair/typebox'
import { ChangedRateLimits, LimitsBody, RateLimitState } from '../../control/rate-limit-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import { refusal } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { limitParameter, namedUserParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

/** The operations on the rate limits. */
export const RATE_LIMIT_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/rate-limits': (dialect) => ({
    id: 'readRateLimits',
    summary: 'Tells the rate limits, and whose requests they count',
    description: 'Users and titles whose windows have not ended, with how much of them is used.',
    query: {
      xuid: { ...namedUserParameter, description: 'Those of one user: a XUID, or a gamertag.' },
      full: Type.Boolean({ description: 'True: only those whose next request is refused.' }),
      limit: limitParameter,
      after: string('`next` of the page before.')
    },
    answers: { 200: { description: 'A page of them.', body: RateLimitState }, ...controlRefusals(dialect, 404) },
    exchanges: { demo: { summary: 'There are none', status: 200, answer: { limits: null, configured: null, callers: [], next: null, counts: { callers: 0, full: 0 } } } }
  }),

  'PUT /_emulator/rate-limits': (dialect) => ({
    id: 'setRateLimits',
    summary: 'Changes or ends the rate limits',
    description: 'What was counted counts on.',
    body: LimitsBody,
    answers: { 200: { description: 'The limits as they are now.', body: ChangedRateLimits }, ...changeRefusals(dialect) },
    exchanges: {
      documented: { summary: 'Those that the service documents', body: { limits: { burst: 100, sustain: 300 } }, status: 200, answer: { limits: { burst: 100, sustain: 300 }, configured: null } },
      off: { summary: 'None', body: { limits: null }, status: 200, answer: { limits: null, configured: null } },
      nothing: { summary: 'Nothing is said', body: {}, status: 400, answer: refusal(dialect, 4000, 'The body, at /limits: missing, expected an object with burst and sustain, or null.') }
    }
  }),

  'DELETE /_emulator/rate-limits': (dialect) => ({
    id: 'resetRateLimits',
    summary: 'Goes back to the rate limits of the start',
    description: 'They count from the start.',
    answers: { 204: { description: 'They are as at the start.' }, ...changeRefusals(dialect) },
    exchanges: { demo: { summary: 'Those of the start', status: 204 } }
  })
}
