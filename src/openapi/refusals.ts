import type { TSchema } from '@sinclair/typebox'
import { IgdbError } from '../igdb/answers.ts'
import type { Dialect } from '../model/dialect.ts'
import { MicrosoftError } from '../sign-in/microsoft-errors.ts'
import { OAuthError } from '../sign-in/refusal-forms.ts'
import { ERROR_BODIES, RateLimitBody } from '../xbox/answers/schemas-errors.ts'
import type { Answer } from './operation.ts'

const UNKNOWN_CALLER = 'The request comes from a page of another origin that is not allowed (--allowed-origins), or under a host name that is not (--allowed-hosts).'

/** The refusals of the Xbox routes, by status. Those without a `body` have the usual one. */
const REFUSAL_ANSWERS: Readonly<Record<number, Answer>> = {
  301: { description: 'The service configuration has moved for good.', headers: { Location: 'Where it is now.' } },
  307: { description: 'The service configuration is elsewhere for the moment.', headers: { Location: 'Where it is.' } },
  400: { description: 'A part of the request is not what was expected; the message says which, what arrived and how to mend it.' },
  401: { description: 'The token is missing, malformed, unknown or expired.', headers: { 'WWW-Authenticate': 'XBL3.0' } },
  403: { description: `The token is valid, but may not see this: another user (number 8377), one whose privacy setting forbids it, a service configuration that is not public, or a token without a user claim. Or: ${UNKNOWN_CALLER}` },
  404: { description: 'There is no such thing, or it is not published in the sandbox of the token.' },
  405: { description: 'The path is known, the method is not one of it.', headers: { Allow: 'The methods of the path.' } },
  406: { description: 'This version of the service, or this contract version, is not served.' },
  408: { description: 'The request did not arrive whole in time.' },
  410: { description: 'The service configuration is retired.' },
  413: { description: 'The body is too large.' },
  426: { description: 'The request asks for no WebSocket, or for one of another version.' },
  429: { description: 'The user and title have made too many requests (--rate-limit).', body: RateLimitBody, headers: { 'Retry-After': 'Seconds until the next request may pass.' } },
  431: { description: 'The target and the headers have more than 16 kB.' },
  500: { description: 'The emulator failed; its log says why.' },
  503: { description: 'The database file cannot be written: another process has held it for too long (Retry-After says when to try again), the disk is full, or the file was deleted.' }
}

/** The refusals of the emulator's own routes and of the sign-in hosts. */
const CONTROL_REFUSAL_ANSWERS: Readonly<Record<number, Answer>> = {
  ...REFUSAL_ANSWERS,
  401: { description: 'The emulator was started with a control key, and the request does not carry it.', headers: { 'WWW-Authenticate': 'Bearer' } },
  403: { description: UNKNOWN_CALLER },
  404: { description: 'There is no such thing in this world.' }
}

const IGDB_REFUSAL_ANSWERS: Readonly<Record<number, Answer>> = {
  ...REFUSAL_ANSWERS,
  403: { description: `The user key is missing or unknown. Or: ${UNKNOWN_CALLER}` },
  404: { description: 'There is no such thing.' }
}

const OAUTH_REFUSAL: Answer = { description: 'A part of the request is not what was expected, or what it names cannot be used: `error` says what, `error_description` how to mend it.' }

/** The statuses with which any request to the emulator may be refused. */
const ANY_ROUTE = [405, 408, 431, 500, 503]

/** The refusals of an Xbox route: those that every Xbox route has, and those of other statuses. */
export const xboxRefusals = (dialect: Dialect, ...others: number[]): Record<number, Answer> =>
  select(REFUSAL_ANSWERS, ERROR_BODIES[dialect], [400, 401, 403, 404, 406, 429, ...ANY_ROUTE, ...others])

/** The refusals of a route of the hosts around the achievements. */
export const neighbourRefusals = (dialect: Dialect, ...others: number[]): Record<number, Answer> =>
  select(REFUSAL_ANSWERS, ERROR_BODIES[dialect], [400, 401, 403, ...ANY_ROUTE, ...others])

/** The refusals of a control route. */
export const controlRefusals = (dialect: Dialect, ...others: number[]): Record<number, Answer> =>
  select(CONTROL_REFUSAL_ANSWERS, ERROR_BODIES[dialect], [400, 401, 403, ...ANY_ROUTE, ...others])

/** The refusals of a control route that changes something. Its body is read, and may be too large, even where none is needed. */
export const changeRefusals = (dialect: Dialect, ...others: number[]): Record<number, Answer> => controlRefusals(dialect, 413, ...others)

/** The refusals of a route that needs neither a token nor the control key. */
export const openRefusals = (dialect: Dialect, ...others: number[]): Record<number, Answer> =>
  select(CONTROL_REFUSAL_ANSWERS, ERROR_BODIES[dialect], [...ANY_ROUTE, ...others])

/** The refusals of a route of login.live.com, which are the same in either dialect. */
export const oauthRefusals = (...others: number[]): Record<number, Answer> =>
  select({ ...CONTROL_REFUSAL_ANSWERS, 400: OAUTH_REFUSAL }, OAuthError, [400, 403, ...ANY_ROUTE, ...others])

/** The refusals of a route of login.microsoftonline.com. */
export const microsoftRefusals = (...others: number[]): Record<number, Answer> =>
  select({ ...CONTROL_REFUSAL_ANSWERS, 400: OAUTH_REFUSAL }, MicrosoftError, [400, 403, ...ANY_ROUTE, ...others])

/** The refusals of an IGDB route, which are the same in either dialect. */
export const igdbRefusals = (...others: number[]): Record<number, Answer> =>
  select(IGDB_REFUSAL_ANSWERS, IgdbError, [400, 403, ...ANY_ROUTE, ...others])

function select (refusals: Readonly<Record<number, Answer>>, body: TSchema, statuses: readonly number[]): Record<number, Answer> {
  return Object.fromEntries(Object.entries(refusals)
    .filter(([status]) => statuses.includes(Number(status)))
    .map(([status, refusal]) => [status, { body, ...refusal }]))
}
