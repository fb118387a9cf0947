/**
 * Every way in which a request can be refused. Code throws one of these; `representation/` alone
 * gives it a body.
 *
 * Numbers: https://learn.microsoft.com/gaming/gdk/docs/reference/live/rest/json/json-serviceerror
 * and, for 8377, json-serviceerrorresponse.
 */

import { UserError } from '../base/user-error.ts'

/** The numbers that the service's error bodies carry. */
export const ErrorCode = {
  invalidRequest: 4000,
  notAuthorized: 4500,
  internal: 5000,
  unavailable: 5300,
  xuidMismatch: 8377
} as const

/** The `XErr` of a user who has no Xbox profile: docs/specification.md, Sign-in. */
export const NO_XBOX_PROFILE = 2148916233

/** The scheme that a 401 asks for. */
const XBL3 = { 'www-authenticate': 'XBL3.0' }

export class XblError extends UserError {
  /** HTTP status. */
  readonly status: number
  /** The documented number, or null where none is documented. */
  readonly code: number | null
  /** Headers of the answer, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** The body, where it is not that of every refusal; a Buffer is sent as it is. */
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

/** What a fault answers: a test has asked for it, so that it is no error of the emulator, whatever its status. */
export class FaultAnswer extends XblError {}

/** 301 with `Location`. */
export const movedPermanently = (location: string): XblError =>
  new XblError(301, `The service configuration has moved to ${location}.`, { headers: { location } })

/** 307 with `Location`. */
export const temporarilyRedirected = (location: string): XblError =>
  new XblError(307, `The service configuration is for the moment at ${location}.`, { headers: { location } })

/** 400: the message says what arrived and what was expected. */
export const invalidRequest = (message: string): XblError =>
  new XblError(400, message, { code: ErrorCode.invalidRequest })

/** 401 with the scheme that the service asks for. */
export const unauthorized = (message: string): XblError =>
  new XblError(401, message, { code: ErrorCode.notAuthorized, headers: XBL3 })

/**
 * 401 as the sign-in hosts refuse: nobody with an Xbox profile is meant.
 *
 * @param reason for the log alone.
 */
export const noProfile = (reason: string): XblError =>
  new XblError(401, reason, {
    headers: XBL3,
    body: { Identity: '0', XErr: NO_XBOX_PROFILE, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }
  })

/** 403 for a caller who may not look. */
export const forbidden = (message: string): XblError =>
  new XblError(403, message, { code: ErrorCode.notAuthorized })

/** 403 with the documented sentence for a path that names another user. */
export const xuidMismatch = (): XblError =>
  new XblError(403, 'XUID specified in the claim does not match URI XUID.', { code: ErrorCode.xuidMismatch })

export const notFound = (message: string): XblError => new XblError(404, message)

/** 405 with `Allow`. */
export const methodNotAllowed = (method: string, allow: string): XblError =>
  new XblError(405, `${method} is not supported here; supported: ${allow}.`, { headers: { allow } })

export const notAcceptable = (message: string): XblError => new XblError(406, message)

export const requestTimeout = (): XblError =>
  new XblError(408, 'The request did not arrive whole in time.')

export const gone = (message: string): XblError => new XblError(410, message)

/**
 * 429 with `Retry-After`, and the documented body of fine-grained rate limiting.
 *
 * @param limit the window that is full.
 */
export const tooManyRequests = ({ currentRequests, maxRequests, periodInSeconds, retryAfter }: {
  currentRequests: number, maxRequests: number, periodInSeconds: number, retryAfter: number
}): XblError =>
  new XblError(429, `${currentRequests} requests in ${periodInSeconds} seconds, of which ${maxRequests} pass.`, {
    headers: { 'retry-after': String(retryAfter) },
    body: { version: 1, currentRequests, maxRequests, periodInSeconds, limitType: 'Rate' }
  })

/** 503. */
export const unavailable = (message: string, headers: Readonly<Record<string, string>> = {}): XblError =>
  new XblError(503, message, { code: ErrorCode.unavailable, headers })

/** 431: not in the documented list, where nothing is said of headers that are too large. */
export const headersTooLarge = (): XblError =>
  new XblError(431, 'The headers are too large; expected at most 16 kB in all.')

/** 500: says nothing of the cause, which is in the log. */
export const internalError = (): XblError =>
  new XblError(500, 'The emulator failed to answer; its log says why.', { code: ErrorCode.internal })
