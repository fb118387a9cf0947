import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { formatInstant } from '../base/instant.ts'
import { guid, object, string } from '../http/answer-schema.ts'
import { GUID } from '../http/ids.ts'
import { OAuthRefusal, type OAuthErrorCode, type XblError } from '../model/refusals.ts'

/** The host's own name. */
export const MICROSOFT_HOST = 'login.microsoftonline.com'

export const MicrosoftError = object({
  error: string('The error code of OAuth.'),
  error_description: string('The number of the error, what arrived and what was expected, and when it was.'),
  error_codes: Type.Array(Type.Integer(), { description: 'The number of the error.' }),
  timestamp: string('When it was, UTC.'),
  trace_id: guid('That of the log line.'),
  correlation_id: guid('The client-request-id of the request, or the trace.'),
  error_uri: string('Where the real service explains the number.')
}, { title: 'MicrosoftError', description: 'A refusal of login.microsoftonline.com.' })

/** The number of each error for which no other is known. [aadsts] */
const NUMBERS: Readonly<Record<OAuthErrorCode, number>> = {
  access_denied: 65004,
  authorization_declined: 65004,
  authorization_pending: 70016,
  expired_token: 70020,
  invalid_client: 7000218,
  invalid_grant: 70000,
  invalid_instance: 50049,
  invalid_request: 9002313,
  invalid_scope: 70011,
  invalid_tenant: 90002,
  login_required: 50058,
  server_error: 90033,
  slow_down: 70016,
  temporarily_unavailable: 90033,
  unsupported_grant_type: 70003,
  unsupported_response_type: 70005
}

const TOO_MANY = 90055
const WRONG_METHOD = 900561

/** A path of the host, whatever its tenant, and one that begins as they do. */
const PATH = /^\/[^/?#]+\/(?:oauth2|discovery|v2\.0)(?:[/?#]|$)/i

/** True for a request to the host, by its name or its path. */
export const isForMicrosoft = ({ url, headers: { host } }: Pick<FastifyRequest, 'url' | 'headers'>): boolean =>
  PATH.test(url) || host?.toLowerCase().replace(/(?::\d+)?$/, '') === MICROSOFT_HOST

/** The error code and the number of a refusal. Those that are none of OAuth have them by their status. */
function classify (refusal: XblError): { error: OAuthErrorCode, number: number } {
  const { status } = refusal
  if (refusal instanceof OAuthRefusal) return { error: refusal.error, number: refusal.number ?? NUMBERS[refusal.error] }
  if (status === 405) return { error: 'invalid_request', number: WRONG_METHOD }
  if (status === 429) return { error: 'temporarily_unavailable', number: TOO_MANY }
  const error = BY_STATUS[status] ?? (status < 500 ? 'invalid_request' : 'temporarily_unavailable')
  return { error, number: NUMBERS[error] }
}

const BY_STATUS: Readonly<Record<number, OAuthErrorCode>> = { 401: 'invalid_client', 403: 'access_denied', 500: 'server_error' }

/** A refusal as it is told to where a sign-in leads back to. */
export function describeRefusal (refusal: OAuthRefusal): { error: string, error_description: string } {
  const { error, number } = classify(refusal)
  return { error, error_description: `AADSTS${number}: ${refusal.message}` }
}

/**
 * The body of a refusal of the host. Clients go by `error`; people search for the number.
 *
 * @param trace identifies the request: the log line has it, too.
 */
export function microsoftErrorBody (refusal: XblError, { now, query, headers }: Pick<FastifyRequest, 'now' | 'query' | 'headers'>, trace: string): object {
  const { error, number } = classify(refusal)
  const timestamp = `${formatInstant(now).slice(0, 19).replace('T', ' ')}Z`
  const asked = (query as URLSearchParams | undefined)?.get('client-request-id') ?? headers['client-request-id']
  const correlation = typeof asked === 'string' && GUID.test(asked) ? asked : trace
  return {
    error,
    error_description: `AADSTS${number}: ${refusal.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://${MICROSOFT_HOST}/error?code=${number}`
  }
}
