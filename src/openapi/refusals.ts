import type { TSchema } from '@sinclair/typebox'
import type { Dialect } from '../model/dialect.ts'
import { IgdbError } from '../igdb/schemas.ts'
import { ERROR_BODIES, RateLimitBody } from '../xbox/answers/schemas-errors.ts'
import type { Answer } from './operation.ts'

const UNKNOWN_CALLER = 'The request comes from a page of another origin that is not allowed (--allowed-origins), or under a host name that is not (--allowed-hosts).'

/** What each status says, wherever it is answered; a body is that of every refusal, if none is given. */
const REFUSALS: Readonly<Record<number, Answer>> = {
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
  429: { description: 'The user and title have made too many requests (--rate-limit).', body: RateLimitBody, headers: { 'Retry-After': 'Seconds until the next request may pass.' } },
  431: { description: 'The target and the headers have more than 16 kB.' },
  500: { description: 'The emulator failed; its log says why.' },
  503: { description: 'The database file cannot be written: another process has held it for too long (Retry-After says when to try again), the disk is full, or the file was deleted.' }
}

const CONTROL_REFUSALS: Readonly<Record<number, Answer>> = {
  ...REFUSALS,
  401: { description: 'The emulator was started with a control key, and the request does not carry it.', headers: { 'WWW-Authenticate': 'Bearer' } },
  403: { description: UNKNOWN_CALLER },
  404: { description: 'There is no such thing in this world.' }
}

const IGDB_REFUSALS: Readonly<Record<number, Answer>> = {
  ...REFUSALS,
  403: { description: `The user key is missing or unknown. Or: ${UNKNOWN_CALLER}` },
  404: { description: 'There is no such thing.' }
}

/** The refusals that any request to the emulator may meet. */
const ANYWHERE = [405, 408, 431, 500, 503]

/** Refusals of an Xbox route: those that any of them has, and others. */
export const refuse = (dialect: Dialect, ...others: number[]): Record<number, Answer> =>
  pick(REFUSALS, ERROR_BODIES[dialect], [400, 401, 403, 404, 406, 429, ...ANYWHERE, ...others])

/** Refusals of a control route. */
export const refuseControl = (dialect: Dialect, ...others: number[]): Record<number, Answer> =>
  pick(CONTROL_REFUSALS, ERROR_BODIES[dialect], [400, 401, 403, ...ANYWHERE, ...others])

/** Refusals of a control route that changes something: a body is read, whether it is needed or not. */
export const refuseChange = (dialect: Dialect, ...others: number[]): Record<number, Answer> => refuseControl(dialect, 413, ...others)

/** Refusals of a route that anybody may ask. */
export const refuseOpen = (dialect: Dialect, ...others: number[]): Record<number, Answer> =>
  pick(CONTROL_REFUSALS, ERROR_BODIES[dialect], [...ANYWHERE, ...others])

/** Refusals of the IGDB view, which has no dialects. */
export const refuseIgdb = (...others: number[]): Record<number, Answer> =>
  pick(IGDB_REFUSALS, IgdbError, [400, 403, ...ANYWHERE, ...others])

function pick (refusals: Readonly<Record<number, Answer>>, body: TSchema, statuses: readonly number[]): Record<number, Answer> {
  return Object.fromEntries(Object.entries(refusals)
    .filter(([status]) => statuses.includes(Number(status)))
    .map(([status, refusal]) => [status, { body, ...refusal }]))
}
