import { isDeepStrictEqual } from 'node:util'
import type { ProgressChange, ToldProgress } from '../model/change.ts'
import type { Progress } from '../model/progress.ts'
import type { BegunAchievement } from '../store/progress.ts'

/** What becomes of the progress of a user on an achievement. */
export interface ProgressStep extends BegunAchievement {
  readonly after: Progress
}

/** Progress as the feed tells it. */
const toToldProgress = ({ current, ...progress }: Progress): ToldProgress =>
  ({ ...progress, requirements: [...current].map(([id, value]) => ({ id, current: value })) })

/**
 * What is told of the progress of a user, without the achievements on which it stays as it was: one change for each service
 * configuration and sandbox.
 *
 * @param steps those of one service configuration and sandbox one after the other.
 */
export function progressChanges ({ xuid }: { readonly xuid: string }, steps: readonly ProgressStep[]): ProgressChange[] {
  const changes: Array<ProgressChange & { achievements: Array<ProgressChange['achievements'][number]> }> = []
  for (const { serviceConfigId, sandbox, id, before, after } of steps) {
    if (isDeepStrictEqual(before, after)) continue
    let change = changes.at(-1)
    if (change?.serviceConfigId !== serviceConfigId || change.sandbox !== sandbox) changes.push(change = { kind: 'progress', xuid, sandbox, serviceConfigId, achievements: [] })
    change.achievements.push({ id, before: toToldProgress(before), after: toToldProgress(after) })
  }
  return changes
}
