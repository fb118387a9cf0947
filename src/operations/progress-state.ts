import type { ProgressSnapshot } from '../model/change.ts'
import type { Progress } from '../model/progress.ts'

/** Progress as the feed tells it. */
export const snapshotOf = ({ current, ...progress }: Progress): ProgressSnapshot =>
  ({ ...progress, requirements: [...current].map(([id, value]) => ({ id, current: value })) })
