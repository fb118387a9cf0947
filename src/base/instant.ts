/**
 * Instants as the service writes them: .NET timestamps in UTC, with seven fraction digits, from the year 1
 * to 9999. A JavaScript Date holds three fraction digits, so instants are text, whose alphabetical
 * order is their order in time. Where a number is needed they are counted in ticks of 100 ns.
 */

/** The service's value for a time that is not known. */
export const ZERO_DATE = '0001-01-01T00:00:00.0000000Z'

/** The last instant that the service can express. */
export const LAST_DATE = '9999-12-31T23:59:59.9999999Z'

/** A day, in ms. */
export const DAY = 86_400_000

/** The first and the last whole millisecond of the years 1 to 9999, counted from 1970. */
export const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z')
export const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

const INSTANT_PATTERN = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/
const TICKS_PER_MS = 10_000n
const MS_FROM_YEAR_1_TO_1970 = 62_135_596_800_000n

/**
 * Reads an ISO 8601 instant in UTC, and returns its canonical form with seven fraction digits:
 * `2013-01-17T03:19:00.5Z` becomes `2013-01-17T03:19:00.5000000Z`. Undefined when the text is not an instant,
 * or its date does not exist.
 */
export function readInstant (text: string): string | undefined {
  const [, seconds, fraction = ''] = INSTANT_PATTERN.exec(text) ?? []
  if (seconds === undefined || seconds.startsWith('0000')) return undefined
  const date = new Date(`${seconds}Z`)
  // Date parses February 30 as March 2.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(seconds)) return undefined
  // A canonical text is returned as it is, without a copy: a large world has a million instants.
  return fraction.length === 7 ? text : `${seconds}.${fraction.padEnd(7, '0')}Z`
}

/** Formats a time in ms since 1970, from `FIRST_MS` to `LAST_MS`, as an instant. */
export function formatInstant (ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}0000Z`
}

/** Cuts a canonical instant to whole milliseconds; it keeps seven fraction digits. */
export const cutToMilliseconds = (instant: string): string => `${instant.slice(0, 23)}0000Z`

/** The ticks (100 ns) from the year 1 to a canonical instant. */
export function toTicks (instant: string): bigint {
  const ms = BigInt(Date.parse(`${instant.slice(0, 19)}Z`)) + MS_FROM_YEAR_1_TO_1970
  return ms * TICKS_PER_MS + BigInt(instant.slice(20, 27))
}

/** The canonical instant at a number of ticks since the year 1. */
export function fromTicks (ticks: bigint): string {
  const ms = ticks / TICKS_PER_MS - MS_FROM_YEAR_1_TO_1970
  const rest = (ticks % TICKS_PER_MS).toString().padStart(4, '0')
  return new Date(Number(ms)).toISOString().replace('Z', `${rest}Z`)
}
