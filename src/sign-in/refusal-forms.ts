import type { IncomingHttpHeaders } from 'node:http'
import { object, string } from '../http/answer-schema.ts'
import { findXboxHost, LIVE_HOST, MICROSOFT_HOST } from '../http/hosts.ts'
import { GUID } from '../http/ids.ts'
import { queryOf } from '../http/target.ts'
import { OAuthRefusal, XblError, type OAuthErrorCode } from '../model/refusals.ts'
import { formatMicrosoftError } from './microsoft-errors.ts'

/** The form in which a host answers whatever it refuses. Its clients look at `error` alone, some of them at no status. */
export type RefusalForm = (refusal: XblError, context: RefusalContext) => object

export interface RefusalContext {
  /** Identifies the request: the log line has it, too. A GUID. */
  readonly trace: string
  /** How the client names the request; the trace, when it does not. */
  readonly correlation: string
  /** The clock, in ms since 1970. */
  readonly now: number
}

export const OAuthError = object({
  error: string('What is wrong, as OAuth calls it.'),
  error_description: string('What arrived and what was expected.'),
  correlation_id: string('Also in the log line of the request.')
}, { title: 'OAuthError', description: 'A refusal of login.live.com.' })

/** The paths and the host of each form. */
const FORMS: ReadonlyArray<{ readonly paths: RegExp, readonly host: string, readonly form: RefusalForm }> = [
  { paths: /^\/(?:oauth20_|ppsecure\/)/i, host: LIVE_HOST, form: (refusal, { trace }) => ({ error: oauthCodeOf(refusal), error_description: refusal.message, correlation_id: trace }) },
  { paths: /^\/[^/?#]*\/(?:oauth2|discovery|v2\.0)(?:[/?#]|$)/i, host: MICROSOFT_HOST, form: (refusal, context) => formatMicrosoftError(refusal, oauthCodeOf(refusal), context) }
]

/** How a client names its request, in the query or a header. [msal] */
const REQUEST_ID = 'client-request-id'

/** The GUID by which a client names its request; undefined when it has none. */
export function findRequestId ({ url, headers }: { url: string, headers: IncomingHttpHeaders }): string | undefined {
  const id = new URLSearchParams(queryOf({ url })).get(REQUEST_ID) ?? headers[REQUEST_ID]?.toString() ?? ''
  return GUID.test(id) ? id : undefined
}

/**
 * The form in which a request is refused: that of its path; what is no path of the host of Xbox Live that is asked is
 * refused in the form of that. Undefined: as all other hosts refuse.
 */
export function findRefusalForm ({ url, headers: { host }, is404 }: { url: string, headers: IncomingHttpHeaders, is404: boolean }): RefusalForm | undefined {
  const asked = is404 ? findXboxHost(host) : undefined
  return FORMS.find((form) => asked === undefined ? form.paths.test(url) : form.host === asked)?.form
}

/** True for a refusal of what was asked, which its application or person is told in a way of their own; false when the emulator cannot answer. */
export const isOfRequest = (error: unknown): error is XblError => error instanceof XblError && error.status < 500

/** The code of OAuth for a refusal; those that have none of their own have the nearest by their status. */
export function oauthCodeOf (refusal: XblError): OAuthErrorCode {
  if (refusal instanceof OAuthRefusal) return refusal.error
  const { status } = refusal
  if (status === 401) return 'invalid_client'
  if (status === 403) return 'access_denied'
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status >= 400 && status < 500 ? 'invalid_request' : 'server_error'
}
