import type { FastifyRequest } from 'fastify'
import { formatValue } from '../../base/validation.ts'
import type { Config } from '../../config/config.ts'
import { readHeader } from '../../http/headers.ts'
import { Query, wordParser } from '../../http/query.ts'
import type { Change, LocalChange } from '../../model/change.ts'
import { invalidRequest } from '../../model/refusals.ts'
import type { RecordedRequest } from '../journal/entry.ts'
import { readFilterBeside } from '../journal/filter-query.ts'
import { demandsOf, type JournalFilter } from '../journal/filter.ts'
import { parsePosition, POSITION_EXPECTED, type Position } from './position.ts'

/** The kinds of events that a reader may choose from, as they are called in the stream. */
export const EVENT_KINDS = ['progress', 'user', 'session', 'world', 'clock', 'fault', 'subscription', 'request'] as const
export type EventKind = typeof EVENT_KINDS[number]

/** Which events a reader wants. What it has missed it is told in any case. */
export interface EventFilter {
  readonly kinds: ReadonlySet<EventKind>
  /** The user whom a change is about, or nobody (null), if it says whom; undefined: anybody. */
  readonly xuid: string | null | undefined
  /** Which requests. `after` and `last` are those that are sent first, of those that are there already. */
  readonly requests: JournalFilter
}

/** The id of the last event that a client has, and what it asks for. */
export interface EventsQuery {
  readonly filter: EventFilter
  readonly last: { readonly start: string, readonly position: Position } | undefined
}

/** The members of a filter of the journal that ask for requests alone; the rest is of changes, too. */
const OF_BOTH = ['xuid']

/**
 * Reads what a client asks for. The header `Last-Event-ID` takes precedence over the parameter: a browser that connects again
 * sends the same query.
 *
 * @throws 400 for a parameter that is none, is repeated, or does not take its value.
 */
export function readEventsQuery (request: FastifyRequest<{ Querystring: URLSearchParams }>, { journal }: Pick<Config, 'journal'>): EventsQuery {
  const query = new Query(request.query)
  const requests = readFilterBeside(query, ['kinds', 'lastEventId'])
  const chosen = query.list('kinds', `some of ${EVENT_KINDS.join(', ')}`, wordParser(EVENT_KINDS))
  if (journal === 0 && chosen?.includes('request')) throw invalidRequest('kinds has request, and the journal keeps none (--journal 0).')
  const kinds = new Set(chosen ?? EVENT_KINDS.filter((kind) => journal > 0 || kind !== 'request'))
  const given = Object.entries(requests).find(([name, value]) => value !== undefined && !OF_BOTH.includes(name))
  if (given !== undefined && !kinds.has('request')) throw invalidRequest(`${given[0]} chooses requests, which kinds leaves out; expected request among the kinds.`)
  const parameter = query.one('lastEventId', POSITION_EXPECTED, (text) => text === '' ? null : parsePosition(text))
  return { filter: { kinds, xuid: requests.xuid, requests }, last: readLastEventId(readHeader(request, 'last-event-id')) ?? parameter ?? undefined }
}

function readLastEventId (header: string | undefined): EventsQuery['last'] {
  if (header === undefined || header === '') return undefined
  const last = parsePosition(header)
  if (last === undefined) throw invalidRequest(`Last-Event-ID is ${formatValue(header)}; expected ${POSITION_EXPECTED}.`)
  return last
}

/** Whether a reader wants a change. */
export function wantsChange ({ kinds, xuid }: EventFilter, change: Change | LocalChange): boolean {
  if (change.kind === 'missed') return true
  return kinds.has(change.kind) && (xuid === undefined || !('xuid' in change) || change.xuid === xuid)
}

/** Whether a reader wants a request. `last` and `after` are not looked at. */
export function createRequestTest ({ kinds, requests }: EventFilter): (request: RecordedRequest) => boolean {
  const demands = demandsOf(requests)
  return (request) => kinds.has('request') && demands.every(([, holds]) => holds(request))
}
