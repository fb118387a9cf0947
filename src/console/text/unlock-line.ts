import { showNumber } from './shown-values.ts'
import { UNKNOWN_TIME } from './time-window.ts'

/** An unlock as the time line takes it. */
export interface LineUnlock {
  readonly name: string
  readonly timeUnlocked: string
}

/** Unlocks over time: how many there were until each instant. */
export interface UnlockLine {
  /** Seconds since 1970, ascending, each once. */
  readonly x: number[]
  readonly counts: number[]
  /** How many were unlocked nobody knows when. */
  readonly unknown: number
}

/** Draws up the time line of some unlocks, which come the newest first. */
export function unlockLineOf (unlocks: readonly LineUnlock[]): UnlockLine {
  const line: UnlockLine = { x: [], counts: [], unknown: unlocks.filter(({ timeUnlocked }) => timeUnlocked === UNKNOWN_TIME).length }
  let count = 0
  for (const { timeUnlocked } of unlocks.toReversed()) {
    count += 1
    if (timeUnlocked === UNKNOWN_TIME) continue
    const at = Date.parse(timeUnlocked) / 1000
    const place = line.x.at(-1) === at ? line.x.length - 1 : line.x.length
    line.x[place] = at
    line.counts[place] = count
  }
  return line
}

/** The same in a sentence. @param hasMore whether older unlocks are left out. */
export function unlockLineInWords (unlocks: readonly LineUnlock[], { unknown }: Pick<UnlockLine, 'unknown'>, { hasMore, showTime }: { hasMore: boolean, showTime: (wire: string) => string }): string {
  const known = unlocks.filter(({ timeUnlocked }) => timeUnlocked !== UNKNOWN_TIME)
  const [newest, oldest] = [known[0], known.at(-1)]
  if (newest === undefined || oldest === undefined) return unknown === 0 ? 'Nothing is unlocked.' : `${showNumber(unknown)} unlocked, nobody knows when.`
  const many = known.length === 1
    ? `1 unlock, ${showTime(newest.timeUnlocked)}: ${newest.name}.`
    : `${hasMore ? 'The last ' : ''}${showNumber(known.length)} unlocks, from ${showTime(oldest.timeUnlocked)} to ${showTime(newest.timeUnlocked)}; the last one: ${newest.name}.`
  return unknown === 0 ? many : `${many} ${showNumber(unknown)} more, nobody knows when.`
}
