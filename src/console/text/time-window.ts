import { readLocalTime, toWire, writeLocalTime } from './clock-words.ts'

/** The time in which a challenge can be unlocked, as the service has it. */
export interface ShownWindow {
  readonly startDate: string
  readonly endDate: string
}

export type WindowState = 'toCome' | 'running' | 'over'

/** How a time window stands at a time, in ms since 1970. Its end does not belong to it. */
export function windowState ({ startDate, endDate }: ShownWindow, now: number): WindowState {
  if (now < Date.parse(startDate)) return 'toCome'
  return now < Date.parse(endDate) ? 'running' : 'over'
}

/** The same in words, with a sign. */
export const WINDOW_STATES: Readonly<Record<WindowState, { readonly sign: string, readonly word: string }>> = {
  toCome: { sign: '◷', word: 'to come' },
  running: { sign: '▶', word: 'running' },
  over: { sign: '■', word: 'over' }
}

/** What the service writes for a time that nobody knows. */
export const UNKNOWN_TIME = '0001-01-01T00:00:00.0000000Z'

/** An instant as a field for local dates and times takes it, with its milliseconds: `2026-01-18T03:48:21.707`. Empty for none. */
export function toLocalField (wire: string | null): string {
  if (wire === null || wire === UNKNOWN_TIME) return ''
  const ms = Date.parse(wire)
  return `${writeLocalTime(ms)}${toWire(ms).slice(-5, -1)}`
}

/** What such a field holds, as the wire has it; undefined when that is no instant that the service can express. */
export function fromLocalField (text: string): string | undefined {
  const ms = readLocalTime(text)
  if (ms === undefined) return undefined
  const year = new Date(ms).getUTCFullYear()
  return year >= 1 && year <= 9999 ? toWire(ms) : undefined
}
