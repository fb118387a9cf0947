import { useRef, useState } from 'preact/hooks'
import { keyOfAchievement, type ShownAchievement } from './user-data.ts'

/** How long a percentage stays where it was moved before it is written, in ms: a key that is held is one change. */
const SETTLING = 350

/** Percentages that a person moves: shown at once, written when they stand still. */
export interface Percents {
  readonly of: (achievement: ShownAchievement) => number
  readonly move: (achievement: ShownAchievement, percent: number) => void
}

/** @param write is called with an achievement and its percentage once that stands still. */
export function usePercents (write: (achievement: ShownAchievement, percent: number) => void): Percents {
  const [moved, setMoved] = useState<ReadonlyMap<string, { percent: number, from: ShownAchievement }>>(new Map())
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  const latest = useRef(write)
  latest.current = write
  const of = (achievement: ShownAchievement): number => {
    const move = moved.get(keyOfAchievement(achievement))
    // What was read since is what counts, once what was moved has been sent.
    return move !== undefined && (move.from === achievement || timers.current.has(keyOfAchievement(achievement))) ? move.percent : achievement.percentComplete
  }
  const move = (achievement: ShownAchievement, percent: number): void => {
    const key = keyOfAchievement(achievement)
    setMoved((before) => new Map(before).set(key, { percent, from: achievement }))
    clearTimeout(timers.current.get(key))
    timers.current.set(key, setTimeout(() => {
      timers.current.delete(key)
      if (percent !== achievement.percentComplete || (percent === 100) !== (achievement.timeUnlocked !== null)) latest.current(achievement, percent)
    }, SETTLING))
  }
  return { of, move }
}
