import type { ProgressState } from '../model/change.ts'
import type { Progress } from '../model/progress.ts'

/** Progress as the feed tells it. */
export const stateOf = ({ current, ...progress }: Progress): ProgressState =>
  ({ ...progress, requirements: [...current].map(([id, value]) => ({ id, current: value })) })
