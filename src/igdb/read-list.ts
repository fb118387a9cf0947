import { invalidRequest } from '../model/refusals.ts'
import { FIELD_NAMES, SORTABLE, type Field, type RecordFilter, type RecordList, type RecordOrder } from '../model/igdb-record.ts'
import { readUnsigned32 } from '../base/integers.ts'
import { Query } from '../http/query.ts'
import { show } from '../base/validation.ts'
import { LARGEST_FILTER, readConditions } from './read-conditions.ts'

/** A page holds this many records when nothing else is asked for, and this many at most. */
export const DEFAULT_PAGE = 10
export const LARGEST_PAGE = 50
const MAX_SIGNED_32 = 2_147_483_647
/** IGDB ids are unsigned 64-bit integers; none that a number cannot hold is ever given. */
const LONGEST_ID = 20

/** A list of records, and how it is to be read. */
export interface ListQuery extends RecordList {
  readonly skip: number
  readonly scroll: boolean
}

/**
 * What the query of `GET /achievements/` and of `GET /achievements/{ids}` asks for. Parameters that
 * nobody knows are ignored.
 *
 * @param ids the ids in the path, if there are any.
 * @throws 400 for a value that its parameter does not take; the message names it.
 */
export function readList (parameters: URLSearchParams, ids: string | null): ListQuery {
  const query = new Query(parameters)
  const filter = readFilter(parameters, ids)
  return {
    ...filter,
    fields: readFields(query),
    order: query.one('order', `a field, or field:asc or field:desc, of ${SORTABLE.join(', ')}`, readOrder) ?? { field: 'id', descending: false },
    // Whoever names records wants them.
    limit: query.one('limit', `an integer from 1 to ${LARGEST_PAGE}`, readLimit) ?? (filter.ids === null ? DEFAULT_PAGE : LARGEST_PAGE),
    skip: query.one('offset', `an integer from 0 to ${MAX_SIGNED_32}`, readOffset) ?? 0,
    scroll: query.one('scroll', '"1" or "0"', readScroll) ?? false
  }
}

/** Which records the query means: all that counts where records are counted. */
export function readFilter (parameters: URLSearchParams, ids: string | null): RecordFilter {
  const search = new Query(parameters).one('search', 'a part of a name', (text) => text || undefined) ?? null
  return { ids: ids === null ? null : readIds(ids), conditions: readConditions(parameters), search }
}

function readIds (text: string): number[] {
  const ids = new Set(text.split(',').map((each) => {
    if (!/^\d+$/.test(each) || each.length > LONGEST_ID) throw invalidRequest(`The id is ${show(each)}; expected comma-delimited ids, unsigned integers in decimal.`)
    return Number(each)
  }))
  if (ids.size > LARGEST_FILTER) throw invalidRequest(`The path names ${ids.size} ids; expected ${LARGEST_FILTER} at most.`)
  return [...ids]
}

/** In the documented order, each once, the id always; `*` is all of them. */
function readFields (query: Query): Field[] {
  const given = query.list('fields', `*, or fields of ${FIELD_NAMES.join(', ')}`, readField) ?? []
  return FIELD_NAMES.filter((field) => field === 'id' || given.includes('*') || given.includes(field))
}

function readField (text: string): Field | '*' | undefined {
  return text === '*' ? text : FIELD_NAMES.find((field) => field === text)
}

function readOrder (text: string): RecordOrder | undefined {
  const [field = '', direction = 'asc', ...rest] = text.split(':')
  const sortable = SORTABLE.find((name) => name === field)
  if (sortable === undefined || rest.length > 0 || !['asc', 'desc'].includes(direction)) return undefined
  return { field: sortable, descending: direction === 'desc' }
}

function readLimit (text: string): number | undefined {
  const value = readUnsigned32(text) ?? 0
  return value >= 1 && value <= LARGEST_PAGE ? value : undefined
}

function readOffset (text: string): number | undefined {
  const value = readUnsigned32(text)
  return value === undefined || value > MAX_SIGNED_32 ? undefined : value
}

function readScroll (text: string): boolean | undefined {
  return text === '1' || (text === '0' ? false : undefined)
}
