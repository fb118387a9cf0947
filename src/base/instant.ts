/**
 * Instants. The service's timestamps are .NET ones: seven fraction digits, 100 ns each, from the
 * year 1 to 9999. A JavaScript Date holds three digits, so instants are kept as text whose
 * alphabetical order is their order in time, and counted in ticks where a number is needed.
 */

/** What the service sends where it knows no time. */
export const ZERO_DATE = '0001-01-01T00:00:00.0000000Z'

/** The last instant that the service can tell. */
export const LAST_DATE = '9999-12-31T23:59:59.9999999Z'

/** The first and the last whole millisecond between them, since 1970. */
export const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z')
export const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/
const TICKS_PER_MS = 10_000n
const MS_FROM_YEAR_1_TO_1970 = 62_135_596_800_000n

/**
 * The canonical, seven-digit form of an ISO 8601 instant in UTC, e.g. `2013-01-17T03:19:00.5Z` to
 * `2013-01-17T03:19:00.5000000Z`; undefined when the text is not one or the date does not exist.
 */
export function readInstant (text: string): string | undefined {
  const [, seconds, fraction = ''] = INSTANT.exec(text) ?? []
  if (seconds === undefined || seconds.startsWith('0000')) return undefined
  const date = new Date(`${seconds}Z`)
  // February 30 parses, as March 2.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(seconds)) return undefined
  // The same text where it is canonical: a world has a million of them.
  return fraction.length === 7 ? text : `${seconds}.${fraction.padEnd(7, '0')}Z`
}

/** A clock's reading, in milliseconds since 1970 and from `FIRST_MS` to `LAST_MS`, as an instant. */
export function formatInstant (ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}0000Z`
}

/** A canonical instant cut to whole milliseconds, still with seven digits. */
export const toMilliseconds = (instant: string): string => `${instant.slice(0, 23)}0000Z`

/** 100 ns steps since the year 1, of a canonical instant. */
export function toTicks (instant: string): bigint {
  const ms = BigInt(Date.parse(`${instant.slice(0, 19)}Z`)) + MS_FROM_YEAR_1_TO_1970
  return ms * TICKS_PER_MS + BigInt(instant.slice(20, 27))
}

/** The canonical instant of a number of ticks. */
export function fromTicks (ticks: bigint): string {
  const ms = ticks / TICKS_PER_MS - MS_FROM_YEAR_1_TO_1970
  const rest = (ticks % TICKS_PER_MS).toString().padStart(4, '0')
  return new Date(Number(ms)).toISOString().replace('Z', `${rest}Z`)
}
