import { parseExactJson } from '../../base/exact-json.ts'
import { readPositive32, readUnsigned32, readUnsigned64 } from '../../base/integers.ts'
import type { Config } from '../../config/config.ts'
import { parseBoolean, Query } from '../../http/query.ts'
import { invalidRequest } from '../../model/refusals.ts'
import type { JournalFilter } from './filter.ts'

/** In the place of a value: an entry that has none. */
const NONE = 'none'

const orNone = <T>(read: (text: string) => T | undefined) => (text: string): T | null | undefined => text === NONE ? null : read(text)

/** What each parameter takes, and how it is read. */
const PARAMETERS: { readonly [Name in keyof JournalFilter]-?: readonly [expected: string, read: (text: string) => JournalFilter[Name]] } = {
  method: ['an HTTP method', String],
  path: ['the beginning of a path', String],
  query: ['parameters', String],
  contractVersion: [`a contract version, or ${NONE}`, orNone(String)],
  xuid: [`an unsigned 64-bit integer in decimal, or ${NONE}`, orNone(readUnsigned64)],
  titleId: [`an unsigned 32-bit integer in decimal, or ${NONE}`, orNone(readUnsigned32)],
  status: [`an HTTP status, or ${NONE}`, orNone(readUnsigned32)],
  fault: [`the id of a fault, or ${NONE}`, orNone(readUnsigned32)],
  matched: ['true or false', parseBoolean],
  body: ['JSON', readJson],
  after: ['the id of an entry', readUnsigned32],
  before: ['the id of an entry', readUnsigned32],
  last: ['an integer from 1', readPositive32]
}

const NAMES = Object.keys(PARAMETERS) as Array<keyof JournalFilter>
/** The parameters of a wait. */
const WAIT_NAMES = ['wait', 'count']

function readJson (text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

/** How long a request waits, and for how many entries. */
export interface Wait {
  readonly ms: number
  readonly count: number
}

/** @throws 400 for a parameter that is none, is repeated, or does not take its value. */
export const readJournalFilter = (parameters: URLSearchParams): JournalFilter => readMembers(new Query(parameters), {}, [])

/**
 * The same, of a query of what comes, which has other parameters besides, and no `before`.
 *
 * @throws 400 as {@link readJournalFilter} does.
 */
export const readFilterBeside = (query: Query, others: readonly string[]): JournalFilter => readMembers(query, { before: undefined }, others)

/**
 * @param fixed members that the path says, for which there is no parameter.
 * @throws 400 as {@link readJournalFilter} does.
 */
export function readFilterAndWait (parameters: URLSearchParams, fixed: JournalFilter, config: WaitLimits): { filter: JournalFilter, wait: Wait | undefined } {
  const query = new Query(parameters)
  return { filter: readMembers(query, fixed, WAIT_NAMES), wait: readWait(query, config) }
}

/** @param others the parameters that are no members of a filter. */
function readMembers (query: Query, fixed: JournalFilter, others: readonly string[]): JournalFilter {
  const names = NAMES.filter((name) => !(name in fixed))
  query.requireKnown([...names, ...others])
  const members = names.map((name) => {
    const [expected, read] = PARAMETERS[name]
    return [name, query.one<unknown>(name, expected, read)]
  })
  return { ...Object.fromEntries(members), ...fixed }
}

/** How long a request may wait at most, in ms. */
const LONGEST_JOURNAL_WAIT = 60_000
/** How many times the request timeout it may wait: a connection on which an answer takes ten times as long is closed. */
const MOST_TIMEOUTS = 9

const SECONDS = /^\d{1,9}(\.\d{1,9})?$/

type WaitLimits = Pick<Config, 'journal' | 'requestTimeout'>

function readWait (query: Query, { journal, requestTimeout }: WaitLimits): Wait | undefined {
  const longest = Math.min(LONGEST_JOURNAL_WAIT, MOST_TIMEOUTS * requestTimeout)
  const ms = query.one('wait', `seconds, ${longest / 1000} at most`, (text) => SECONDS.test(text) && Number(text) * 1000 <= longest ? Number(text) * 1000 : undefined)
  const count = query.one('count', `an integer from 1 to ${journal}, as many as --journal keeps`, (text) => Number(readPositive32(text)) <= journal ? Number(text) : undefined)
  if (ms !== undefined && journal === 0) throw invalidRequest('Nothing can be waited for: the journal keeps no request (--journal 0).')
  if (ms !== undefined) return { ms, count: count ?? 1 }
  if (count !== undefined) throw invalidRequest('count is given without wait; expected both.')
  return undefined
}
