import { median } from '../../bench/table.ts'

/** How much memory may grow: by a factor, or by a number of MB. */
const SHARE = 1.05
const MEGABYTES = 10

/** The memory of a process some minutes after the start of a run. */
export interface Sample { readonly minute: number, readonly megabytes: number }

/** The medians of the second and of the last sixth of a run: in an hour, of minutes 10 to 20 and 50 to 60. */
export function levelOf (samples: readonly Sample[], minutes: number): { early: number, late: number, isLevel: boolean } {
  const between = (from: number, to: number): number => median(samples.filter(({ minute }) => minute >= from && minute < to).map(({ megabytes }) => megabytes))
  const early = between(minutes / 6, minutes / 3)
  const late = between(minutes * 5 / 6, Infinity)
  return { early, late, isLevel: late <= Math.max(early * SHARE, early + MEGABYTES) }
}
