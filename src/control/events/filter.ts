import type { FastifyRequest } from 'fastify'
import { formatValue } from '../../base/validation.ts'
import type { Config } from '../../config/config.ts'
import { readHeader } from '../../http/headers.ts'
import { Query, wordParser } from '../../http/query.ts'
import { invalidRequest } from '../../model/refusals.ts'
import { readFilterBeside } from '../journal/filter-query.ts'
import type { JournalFilter } from '../journal/filter.ts'
import { parsePosition, POSITION_EXPECTED } from './position.ts'

/** The kinds of events that a reader may choose from, as they are called in the stream. */
export const EVENT_KINDS = ['progress', 'user', 'session', 'world', 'clock', 'fault', 'rtaFault', 'rateLimit', 'subscription', 'journal', 'request', 'frame'] as const
export type EventKind = typeof EVENT_KINDS[number]

/** The kinds of which a journal that stores nothing has none. That it was emptied is told all the same. */
const OF_JOURNAL: readonly EventKind[] = ['request', 'frame']

/** Which events a reader wants. What it has missed it is told in any case. */
export interface EventFilter {
  readonly kinds: ReadonlySet<EventKind>
  /** The user whom it is about, or nobody (null), if it says whom; undefined: anybody. */
  readonly xuid: string | null | undefined
  /** Which requests. `after` and `last` are those that are sent first, of those that are there already. */
  readonly requests: JournalFilter
}

/** What a client asks for, and the last event that it has. */
export interface EventsQuery {
  readonly filter: EventFilter
  readonly last: ReturnType<typeof parsePosition>
}

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
  const absent = chosen?.find((kind) => journal === 0 && OF_JOURNAL.includes(kind))
  if (absent !== undefined) throw invalidRequest(`kinds has ${absent}, and the journal keeps none (--journal 0).`)
  const kinds = new Set(chosen ?? EVENT_KINDS.filter((kind) => journal > 0 || !OF_JOURNAL.includes(kind)))
  const [first] = Object.entries(requests).find(([name, value]) => value !== undefined && name !== 'xuid') ?? []
  if (first !== undefined && !kinds.has('request')) throw invalidRequest(`${first} chooses requests, which are left out; expected request among the kinds.`)
  const parameter = query.one('lastEventId', POSITION_EXPECTED, (text) => text === '' ? null : parsePosition(text))
  return { filter: { kinds, xuid: requests.xuid, requests }, last: readLastEventId(readHeader(request, 'last-event-id')) ?? parameter ?? undefined }
}

function readLastEventId (header: string | undefined): EventsQuery['last'] {
  if (header === undefined || header === '') return undefined
  const last = parsePosition(header)
  if (last === undefined) throw invalidRequest(`Last-Event-ID is ${formatValue(header)}; expected ${POSITION_EXPECTED}.`)
  return last
}

/** Whether something is about a user, or about none: it names nobody then, and concerns all. */
export const isAbout = (one: object, xuid: string | null | undefined): boolean => xuid === undefined || !('xuid' in one) || one.xuid === xuid
