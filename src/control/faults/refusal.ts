import {
  ErrorCode, FaultRefusal, forbidden, gone, invalidRequest, methodNotAllowed, movedPermanently, notAcceptable, notFound, requestTimeout,
  temporarilyRedirected, tooManyRequests, unavailable, XblError
} from '../../model/refusals.ts'
import { encodeBody } from './check.ts'
import type { FaultSpec, FaultStatus } from './schema.ts'

const MESSAGE = 'A fault that a test has set up.'

/** The Retry-After of a fault that gives none, in seconds: the 15 of the burst limit, and the 5 of the documented example of a 503. */
const RETRY_AFTER: { readonly [status in FaultStatus]?: number } = { 429: 15, 503: 5 }

type Refuse = (location: string, unauthorized: (message: string) => XblError) => XblError

/** The refusal for each status, as the emulator would answer it without a fault. Those that are made here it has no reason for. */
const FAULT_REFUSALS: Readonly<Record<Exclude<FaultStatus, 304>, Refuse>> = {
  301: movedPermanently,
  302: (location) => new XblError(302, `The service configuration was found at ${location}.`, { headers: { location } }),
  307: temporarilyRedirected,
  400: () => invalidRequest(MESSAGE),
  401: (_location, unauthorized) => unauthorized(MESSAGE),
  403: () => forbidden(MESSAGE),
  404: () => notFound(MESSAGE),
  405: () => methodNotAllowed('The method', 'GET, HEAD'),
  406: () => notAcceptable(MESSAGE),
  408: requestTimeout,
  409: () => new XblError(409, MESSAGE),
  410: () => gone(MESSAGE),
  412: () => new XblError(412, MESSAGE),
  416: () => new XblError(416, MESSAGE),
  429: () => tooManyRequests({ currentRequests: 101, maxRequests: 100, periodInSeconds: 15, retryAfter: 15 }),
  500: () => new XblError(500, MESSAGE, { code: ErrorCode.internal }),
  501: () => new XblError(501, MESSAGE),
  502: () => new XblError(502, MESSAGE),
  503: () => unavailable(MESSAGE),
  504: () => new XblError(504, MESSAGE)
}

/**
 * Makes the refusal that a fault answers with, with the headers and the body that the fault gives.
 *
 * @param unauthorized makes the 401 of the host.
 */
export function refusalFor ({ location, retryAfter, headers, body }: FaultSpec, status: Exclude<FaultStatus, 304>, unauthorized: (message: string) => XblError): FaultRefusal {
  const refusal = FAULT_REFUSALS[status](location as string, unauthorized)
  const { 'retry-after': _usual, ...others } = refusal.headers
  const seconds = retryAfter ?? RETRY_AFTER[status] ?? false
  return new FaultRefusal(status, refusal.message, {
    code: refusal.code,
    headers: {
      ...others,
      ...seconds !== false && { 'retry-after': String(seconds) },
      ...typeof body === 'string' && { 'content-type': 'text/plain; charset=utf-8' },
      ...headers
    },
    body: body === null ? refusal.body : encodeBody(body)
  })
}
