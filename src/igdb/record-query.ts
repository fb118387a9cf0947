import { MAX_SIGNED_32, readSigned32, readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { Query } from '../http/query.ts'
import { RECORD_FIELD_NAMES, SORTABLE_FIELDS, type RecordField, type RecordFilter, type RecordList, type RecordOrder } from '../model/igdb-record.ts'
import { invalidRequest } from '../model/refusals.ts'
import { MAX_VALUES, readConditions } from './filters.ts'

/** How many records a page has when the request has no `limit`, and how many it may have. */
export const DEFAULT_LIMIT = 10
export const MAX_LIMIT = 50
/** How many digits an id may have: IGDB ids are unsigned 64-bit integers. Those of a world are all small enough for a number. */
const MAX_ID_LENGTH = 20

/** A list of records, and which part of it to read. */
export interface RecordQuery extends RecordList {
  readonly skip: number
  readonly scroll: boolean
}

/**
 * Reads the query of `GET /achievements/` and of `GET /achievements/{ids}`. Unknown parameters are ignored.
 *
 * @param ids the ids in the path, or null.
 * @throws 400 for a value that its parameter does not take; the message names it.
 */
export function readRecordQuery (parameters: URLSearchParams, ids: string | null): RecordQuery {
  const query = new Query(parameters)
  const filter = readRecordFilter(parameters, ids)
  return {
    ...filter,
    fields: readFields(query),
    order: query.one('order', `a field, or field:asc or field:desc, of ${SORTABLE_FIELDS.join(', ')}`, readRecordOrder) ?? { field: 'id', descending: false },
    // A request that names ids gets as many of them as a page may have.
    limit: query.one('limit', `an integer from 1 to ${MAX_LIMIT}`, readLimit) ?? (filter.ids === null ? DEFAULT_LIMIT : MAX_LIMIT),
    skip: query.one('offset', `an integer from 0 to ${MAX_SIGNED_32}`, readSigned32) ?? 0,
    scroll: query.one('scroll', '"1" or "0"', readScroll) ?? false
  }
}

/** Selects records: by the ids in the path, and by the filters and the search of the query. */
export function readRecordFilter (parameters: URLSearchParams, ids: string | null): RecordFilter {
  const search = new Query(parameters).one('search', 'a part of a name', (text) => text || undefined) ?? null
  return { ids: ids === null ? null : readIds(ids), conditions: readConditions(parameters), search }
}

function readIds (text: string): number[] {
  const ids = new Set(text.split(',').map((each) => {
    if (!/^\d+$/.test(each) || each.length > MAX_ID_LENGTH) throw invalidRequest(`The id is ${formatValue(each)}; expected comma-delimited ids, unsigned integers in decimal.`)
    return Number(each)
  }))
  if (ids.size > MAX_VALUES) throw invalidRequest(`The path names ${ids.size} ids; expected ${MAX_VALUES} at most.`)
  return [...ids]
}

/** The fields to answer with, in the documented order and each once. The id is always one of them; `*` means all. */
function readFields (query: Query): RecordField[] {
  const given = query.list('fields', `*, or fields of ${RECORD_FIELD_NAMES.join(', ')}`, readField) ?? []
  return RECORD_FIELD_NAMES.filter((field) => field === 'id' || given.includes('*') || given.includes(field))
}

function readField (text: string): RecordField | '*' | undefined {
  return text === '*' ? text : RECORD_FIELD_NAMES.find((field) => field === text)
}

function readRecordOrder (text: string): RecordOrder | undefined {
  const [field = '', direction = 'asc', ...rest] = text.split(':')
  const sortable = SORTABLE_FIELDS.find((name) => name === field)
  if (sortable === undefined || rest.length > 0 || !['asc', 'desc'].includes(direction)) return undefined
  return { field: sortable, descending: direction === 'desc' }
}

function readLimit (text: string): number | undefined {
  const value = readUnsigned32(text) ?? 0
  return value >= 1 && value <= MAX_LIMIT ? value : undefined
}

function readScroll (text: string): boolean | undefined {
  return text === '1' || (text === '0' ? false : undefined)
}
