import type { Progress } from '../model/progress.ts'

export const PROGRESS_STATES = ['NotStarted', 'InProgress', 'Achieved'] as const
export type ProgressState = typeof PROGRESS_STATES[number]

/** Achieved when it is unlocked; InProgress when anything is begun, even one requirement of several. */
export function progressStateOf ({ percentComplete, timeUnlocked, current }: Progress): ProgressState {
  if (timeUnlocked !== null) return 'Achieved'
  const isBegun = percentComplete > 0 || [...current.values()].some((value) => value !== '0')
  return isBegun ? 'InProgress' : 'NotStarted'
}
