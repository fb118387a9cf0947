import { parse } from 'tinyduration'
import type { AdjustableClock } from '../base/clock.ts'
import { invalidRequest } from '../model/refusals.ts'
import { readInstant } from '../base/instant.ts'
import { show } from '../base/validation.ts'

/** Without years and months, which have no length. The parser takes more than it understands: of PT1H1D it reads the hour. */
const DURATION = /^[+-]?P(?=.)(\d{1,99}([.,]\d{1,99})?W)?(\d{1,99}([.,]\d{1,99})?D)?(T(?=\d)(\d{1,99}([.,]\d{1,99})?H)?(\d{1,99}([.,]\d{1,99})?M)?(\d{1,99}([.,]\d{1,99})?S)?)?$/

/**
 * Stops a clock at an instant, or lets it run ahead or behind by a duration.
 *
 * @param to one of both; an instant in UTC, an ISO 8601 duration of weeks or less.
 * @throws 400 for anything else, and for a time outside the years 1 to 9999.
 */
export function adjustClock (clock: AdjustableClock, to: { now?: string | null, offset?: string | null }): void {
  const { now = null, offset = null } = to
  if ((now === null) === (offset === null)) throw invalidRequest('The clock takes now or offset; expected one of them.')
  if (now !== null) {
    const instant = readInstant(now)
    if (instant === undefined) throw invalidRequest(`now is ${show(now)}; expected an instant in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".`)
    // A clock counts milliseconds.
    clock.freeze(Date.parse(`${instant.slice(0, 23)}Z`))
    return
  }
  if (!clock.shift(readDuration(offset as string))) {
    throw invalidRequest(`offset is ${show(offset)}; expected one that stays within the years 1 to 9999.`)
  }
}

function readDuration (text: string): number {
  if (!DURATION.test(text)) {
    throw invalidRequest(`offset is ${show(text)}; expected an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. "P1D" or "-PT2H30M".`)
  }
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, negative = false } = parse(text)
  return Math.round(((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000) * (negative ? -1 : 1)
}
