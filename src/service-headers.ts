import { continueVector } from './request/correlation-vector.ts'

/**
 * The headers of every answer, as the live service has them.
 *
 * @param vector the request's `MS-CV`.
 */
export function serviceHeaders (vector: string | undefined): Record<string, string> {
  return {
    'cache-control': 'no-cache, no-store, must-revalidate',
    'x-content-type-options': 'nosniff',
    'ms-cv': continueVector(vector)
  }
}
