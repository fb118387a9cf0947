import type { ClockState } from '../../control/clock-routes.ts'
import { isoDuration, readDuration, showOffset } from './duration.ts'

/** What the clock's route takes: `PUT` with one of these, or `DELETE` for null. */
export type ClockSetting = { readonly now: string } | { readonly offset: string } | null

/** The emulator's clock as it was read, and when, on the reader's machine, in ms. */
export interface ReadClock extends ClockState {
  readonly readAt: number
}

/** The emulator's time, in ms. @param machine the reader's machine now, in ms. */
export const clockAt = ({ now, isFrozen, readAt }: ReadClock, machine: number): number => Date.parse(now) + (isFrozen ? 0 : Math.max(0, machine - readAt))

/** How the clock differs from the real time: "frozen", "+1 d"; null when it does not. */
export function describeClockState ({ isFrozen, offset }: Pick<ClockState, 'isFrozen' | 'offset'>): string | null {
  if (isFrozen) return 'frozen'
  return offset === 0 ? null : showOffset(offset)
}

/** An instant as the clock's route takes it. @param ms within the years 1 to 9999. */
export const toWire = (ms: number): string => new Date(ms).toISOString()

/** An instant as the emulator writes it, with seven digits of a second: the order of such is that of their letters. @param ms as for {@link toWire}. */
export const writeInstant = (ms: number): string => toWire(ms).replace('Z', '0000Z')

/** Brings the clock back to how it was. */
export function settingOf ({ now, isFrozen, offset }: ClockState): ClockSetting {
  if (isFrozen) return { now }
  return offset === 0 ? null : { offset: isoDuration(offset) }
}

/** The clock so much later; it stands still then as before. @param ms negative: earlier. */
export function shiftedClock (clock: ReadClock, ms: number, machine: number): ClockSetting {
  if (clock.isFrozen) return instantSetting(clockAt(clock, machine) + ms)
  return clock.offset + ms === 0 ? null : { offset: isoDuration(clock.offset + ms) }
}

/** The clock at an instant. @param isRunning whether it goes on from there. */
export function clockTo (at: number, { isRunning, clock, machine }: { readonly isRunning: boolean, readonly clock: ReadClock, readonly machine: number }): ClockSetting {
  return isRunning ? { offset: isoDuration(at - realTime(clock, machine)) } : instantSetting(at)
}

/** The real time at the emulator, as far as is known: that of a clock that runs is told with its offset. */
const realTime = (clock: ReadClock, machine: number): number => clock.isFrozen ? machine : clockAt(clock, machine) - clock.offset

/** Within what the clock takes: the years 1 to 9999. */
const [EARLIEST, LATEST] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')]
const instantSetting = (ms: number): ClockSetting => ({ now: toWire(Math.min(Math.max(ms, EARLIEST), LATEST)) })

/** A step that a person gives, in ms; or why it is none. */
export function readStep (text: string): number | string {
  const ms = readDuration(text)
  if (ms === undefined) return 'Expected a duration such as 1 h 30 min, -2 d or PT45M.'
  return ms === 0 ? 'Expected a duration other than none.' : ms
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/
const UTC = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?(Z)?$/i

/** What an `<input type=datetime-local>` has, in the reader's zone, as ms; undefined for what is none. */
export function readLocalTime (text: string): number | undefined {
  const found = LOCAL.exec(text)
  if (found === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((part) => Number(part ?? 0))
  const date = new Date(2000, 0, 1, hour, minute, second, Number((found[7] ?? '0').padEnd(3, '0')))
  date.setFullYear(year, month - 1, day)
  return date.getTime()
}

/** The value of such an input. */
export function writeLocalTime (ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** An instant as the wire has it, or shorter: `2020-06-15`, `2020-06-15 12:00`. In ms; undefined for what is none. */
export function readUtcTime (text: string): number | undefined {
  const [, day, minutes = '00:00', seconds = ':00'] = UTC.exec(text.trim()) ?? []
  const ms = Date.parse(`${day}T${minutes}${seconds.slice(0, 7)}Z`)
  // Date.parse takes a 30 February for a day of March.
  return day === undefined || Number.isNaN(ms) || !toWire(ms).startsWith(day) ? undefined : ms
}
