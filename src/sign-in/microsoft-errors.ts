import { Type } from '@sinclair/typebox'
import { formatInstant } from '../base/instant.ts'
import { guid, object, string } from '../http/answer-schema.ts'
import { MICROSOFT_HOST } from '../http/hosts.ts'
import { OAuthRefusal, type OAuthErrorCode, type XblError } from '../model/refusals.ts'

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
const AADSTS: Readonly<Record<OAuthErrorCode, number>> = {
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

/** The numbers of refusals that are none of OAuth, by their status. [aadsts] */
const AADSTS_BY_STATUS: Readonly<Record<number, number>> = { 403: 9002326, 405: 900561, 429: 90055 }

/** The number of a refusal. */
function numberOf (refusal: XblError, error: OAuthErrorCode): number {
  return (refusal instanceof OAuthRefusal ? refusal.number : AADSTS_BY_STATUS[refusal.status]) ?? AADSTS[error]
}

/** What is said of a refusal where a sign-in leads back to. */
export const describeMicrosoftError = (refusal: XblError, error: OAuthErrorCode): { error: OAuthErrorCode, error_description: string } =>
  ({ error, error_description: `AADSTS${numberOf(refusal, error)}: ${refusal.message}` })

/**
 * The body of a refusal of the host. Clients go by `error`; people search for the number.
 *
 * @param error its code of OAuth.
 * @param trace identifies the request: the log line has it, too.
 * @param correlation how the client names the request, or the trace.
 */
export function formatMicrosoftError (refusal: XblError, error: OAuthErrorCode, { trace, correlation, now }: { trace: string, correlation: string, now: number }): object {
  const number = numberOf(refusal, error)
  const timestamp = `${formatInstant(now).slice(0, 19).replace('T', ' ')}Z`
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
