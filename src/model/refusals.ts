import { counted } from '../base/counted.ts'
import { UserError } from '../base/user-error.ts'
import { XErr, XERR_PAGES } from './xerr.ts'

/**
 * All refusals: the ways in which a request is answered with an error or a redirect. Code in any room throws an
 * XblError, and server/error-answers.ts alone makes an answer of it. The marks in brackets are the sources in
 * docs/specification.md.
 */

/**
 * The error numbers in the service's error bodies. [json]
 *
 * https://learn.microsoft.com/gaming/gdk/docs/reference/live/rest/json/json-serviceerror
 * and, for 8377, json-serviceerrorresponse.
 */
export const ErrorCode = {
  invalidRequest: 4000,
  notAuthorized: 4500,
  internal: 5000,
  unavailable: 5300,
  xuidMismatch: 8377
} as const

/** The authentication scheme that a 401 names. */
const XBL3_CHALLENGE = { 'www-authenticate': 'XBL3.0' }

export class XblError extends UserError {
  /** HTTP status. */
  readonly status: number
  /** The documented error number; null where none is documented. */
  readonly code: number | null
  /** Headers of the answer, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body, where it is not the usual error body; a Buffer is sent unchanged. */
  readonly body: object | null

  constructor (status: number, message: string, { code = null, headers = {}, body = null }: {
    code?: number | null
    headers?: Readonly<Record<string, string>>
    body?: object | null
  } = {}) {
    super(message)
    this.name = 'XblError'
    this.status = status
    this.code = code
    this.headers = headers
    this.body = body
  }
}

/** The answer of a fault, which a test has created: any status, and what the test wants it to say. */
export class FaultRefusal extends XblError {}

/** 301 with `Location`. [single] */
export const movedPermanently = (location: string): XblError =>
  new XblError(301, `The service configuration has moved to ${location}.`, { headers: { location } })

/** 307 with `Location`. [single] */
export const temporarilyRedirected = (location: string): XblError =>
  new XblError(307, `The service configuration is for the moment at ${location}.`, { headers: { location } })

/** 400. The message says what arrived and what was expected. [single] */
export const invalidRequest = (message: string): XblError =>
  new XblError(400, message, { code: ErrorCode.invalidRequest })

/** 400 without a body, as rta.xboxlive.com refuses a nonce. [levelup-rta] @param reason is only logged. */
export const emptyInvalidRequest = (reason: string): XblError =>
  new XblError(400, reason, { body: Buffer.alloc(0) })

/** 401 with `WWW-Authenticate`: no valid token. [single] */
export const unauthorized = (message: string): XblError =>
  new XblError(401, message, { code: ErrorCode.notAuthorized, headers: XBL3_CHALLENGE })

/**
 * 401 of the sign-in hosts of Xbox Live, with the number that says why, and the page where a person can mend it. [s2s]
 *
 * @param reason is only logged.
 * @param webPage where the client of SISU shows the person more; such a refusal has the number in its headers, too.
 */
export function signInRefused (xErr: number, reason: string, { webPage, sessionId }: { webPage?: string, sessionId?: string } = {}): XblError {
  const page = XERR_PAGES[xErr]
  return new XblError(401, reason, {
    headers: { ...XBL3_CHALLENGE, ...webPage !== undefined && { 'x-err': String(xErr) }, ...sessionId !== undefined && { 'x-sessionid': sessionId } },
    body: { Identity: '0', XErr: xErr, Message: '', ...page !== undefined && { Redirect: page }, ...webPage !== undefined && { WebPage: webPage } }
  })
}

/** The same for a request that names no user with an Xbox profile. [clients] */
export const noXboxProfile = (reason: string): XblError => signInRefused(XErr.noXboxProfile, reason)

/** The error codes of OAuth: RFC 6749, 4.1.2.1 and 5.2, RFC 8628, 3.5, and `authorization_declined` and `bad_verification_code`, which are Microsoft's. [oauth] */
export type OAuthErrorCode =
  'access_denied' | 'authorization_declined' | 'authorization_pending' | 'bad_verification_code' | 'expired_token' | 'invalid_client' | 'invalid_grant' |
  'invalid_instance' | 'invalid_request' | 'invalid_scope' | 'invalid_tenant' | 'login_required' | 'server_error' | 'slow_down' | 'temporarily_unavailable' | 'unsupported_grant_type' | 'unsupported_response_type'

/** A refusal with a code of OAuth, which a client can tell apart; the message is its `error_description`. */
export class OAuthRefusal extends XblError {
  readonly error: OAuthErrorCode
  /** The number that login.microsoftonline.com has for it; null: the one of the code. [aadsts] */
  readonly number: number | null

  constructor (error: OAuthErrorCode, description: string, number: number | null) {
    super(400, description)
    this.error = error
    this.number = number
  }
}

/** 400 of the hosts that people sign in at. It is sent in the form of the host. [oauth] */
export const oauthError = (error: OAuthErrorCode, description: string, number: number | null = null): OAuthRefusal =>
  new OAuthRefusal(error, description, number)

/** 401 of the control API: the control key is missing or wrong. [decision] */
export const noControlKey = (): XblError =>
  new XblError(401, 'The control API expects "Authorization: Bearer <the control key>".', {
    code: ErrorCode.notAuthorized, headers: { 'www-authenticate': 'Bearer' }
  })

/** 403: the caller is not allowed to do this. [single] */
export const forbidden = (message: string): XblError =>
  new XblError(403, message, { code: ErrorCode.notAuthorized })

/** 403: with `--verify-signatures`, the request is not signed as is published. [s2s] */
export const wrongSignature = (found: string): XblError =>
  forbidden(`The Signature header: ${found}; expected base64 of a version, the time and an ECDSA P-256 signature (docs/specification.md, Sign-in).`)

/** 403 when the path names another user than the token, with the documented number and message. [json] */
export const xuidMismatch = (): XblError =>
  new XblError(403, 'XUID specified in the claim does not match URI XUID.', { code: ErrorCode.xuidMismatch })

/** 404. [single] */
export const notFound = (message: string): XblError => new XblError(404, message)

/** 405 with `Allow`. [decision] */
export const methodNotAllowed = (method: string, allow: string): XblError =>
  new XblError(405, `${method} is not supported here; supported: ${allow}.`, { headers: { allow } })

/** 406: a version that is not served. [single] */
export const notAcceptable = (message: string): XblError => new XblError(406, message)

/** 408: the request did not arrive completely within the request timeout. [single] */
export const requestTimeout = (): XblError =>
  new XblError(408, 'The request did not arrive whole in time.')

/** 410: the service configuration is retired. [single] */
export const gone = (message: string): XblError => new XblError(410, message)

/**
 * 429 with `Retry-After`, and the documented body of fine-grained rate limiting. [json]
 *
 * The argument is the window of the rate limit that is full; `retryAfter` is in seconds.
 */
export const tooManyRequests = ({ currentRequests, maxRequests, periodInSeconds, retryAfter }: {
  currentRequests: number, maxRequests: number, periodInSeconds: number, retryAfter: number
}): XblError =>
  new XblError(429, `${counted(currentRequests, 'request')} in ${periodInSeconds} seconds, of which ${maxRequests} pass.`, {
    headers: { 'retry-after': String(retryAfter) },
    body: { version: 1, currentRequests, maxRequests, periodInSeconds, limitType: 'Rate' }
  })

/** 426: only a connection that goes on in another protocol is of use here. HTTP's own status (RFC 9110, 15.5.22). [decision] */
export const upgradeRequired = (message: string, headers: Readonly<Record<string, string>>): XblError =>
  new XblError(426, message, { headers })

/** 431: target and headers are too large. HTTP's own status (RFC 6585): the service's documentation does not mention such requests. */
export const headersTooLarge = (): XblError =>
  new XblError(431, 'The headers are too large; expected at most 16 kB in all.')

/** 500. The message does not contain the cause, which is logged. [json] */
export const internalError = (): XblError =>
  new XblError(500, 'The emulator failed to answer; its log says why.', { code: ErrorCode.internal })

/** 503. [json] */
export const unavailable = (message: string, headers: Readonly<Record<string, string>> = {}): XblError =>
  new XblError(503, message, { code: ErrorCode.unavailable, headers })
