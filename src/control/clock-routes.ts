import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import type { AdjustableClock } from '../base/clock.ts'
import { formatInstant, readInstant } from '../base/instant.ts'
import { formatValue } from '../base/validation.ts'
import { invalidRequest } from '../model/refusals.ts'
import { ClockBody } from './body-schemas.ts'

/** The emulator's clock. */
export function clockRoutes (app: FastifyInstance, clock: AdjustableClock): void {
  const readState = (): ClockState => describeClock(clock)

  app.get('/_emulator/clock', readState)

  app.put<{ Body: Static<typeof ClockBody> }>('/_emulator/clock', { schema: { body: ClockBody } }, (request) => {
    adjustClock(clock, request.body)
    return readState()
  })

  app.delete('/_emulator/clock', (_request, reply) => {
    clock.shift(0)
    reply.code(204).send()
  })
}

/** What time it is. */
export interface ClockState {
  /** An instant with seven fraction digits. */
  readonly now: string
  /** True when it stands still. */
  readonly isFrozen: boolean
  /** How far it is ahead of the machine's clock, in ms; negative: behind. */
  readonly offset: number
}

export function describeClock (clock: AdjustableClock): ClockState {
  const { frozen, offset } = clock.state()
  return { now: formatInstant(clock.now()), isFrozen: frozen !== null, offset }
}

/**
 * Stops a clock at an instant, or lets it run ahead or behind by a duration.
 *
 * @param to either an instant in UTC or an ISO 8601 duration of weeks and shorter units.
 * @throws 400 for anything else, and for a time outside the years 1 to 9999.
 */
export function adjustClock (clock: AdjustableClock, to: { now?: string | null, offset?: string | null }): void {
  const { now = null, offset = null } = to
  if ((now === null) === (offset === null)) throw invalidRequest('The clock takes now or offset; expected one of them.')
  if (now !== null) {
    const instant = typeof now === 'string' ? readInstant(now) : undefined
    if (instant === undefined) throw invalidRequest(`now is ${formatValue(now)}; expected an instant in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".`)
    // A clock counts milliseconds.
    clock.freeze(Date.parse(`${instant.slice(0, 23)}Z`))
    return
  }
  if (!clock.shift(readDuration(offset as string))) {
    throw invalidRequest(`offset is ${formatValue(offset)}; expected one that stays within the years 1 to 9999.`)
  }
}

const NUMBER = String.raw`(\d{1,99}(?:[.,]\d{1,99})?)`
/** An ISO 8601 duration. It has no years and months, whose length differs, and at least one part after P and after T. */
const DURATION = new RegExp(`^([+-]?)P(?=.)(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?=\\d)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`)
/** How many days a week has, how many hours a day, and so on down to the milliseconds of a second. */
const FACTORS = [7, 24, 60, 60, 1000]

/** The length of a duration in ms. */
function readDuration (text: string): number {
  const found = typeof text === 'string' ? DURATION.exec(text) : null
  if (found === null) {
    throw invalidRequest(`offset is ${formatValue(text)}; expected an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. "P1D" or "-PT2H30M".`)
  }
  const [, sign, ...parts] = found
  const length = FACTORS.reduce((sum, factor, index) => (sum + Number(parts[index]?.replace(',', '.') ?? 0)) * factor, 0)
  return Math.round(length) * (sign === '-' ? -1 : 1)
}
