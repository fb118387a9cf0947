import { formatInstant } from '../base/instant.ts'
import { notFound } from '../model/refusals.ts'
import { requireActive, requireOwner, requireReadable, requireServiceConfiguration, sandboxOf, type TitleClaims } from '../rules/access.ts'
import { advanceProgress, requireUpdatable } from '../rules/progress-update.ts'
import { progressChanges, type ProgressStep } from './progress-changes.ts'
import type { ToldTransaction } from './told-transaction.ts'

/** The progress that a title reports: the body of `POST …/update`, and the claims of its sender. */
export interface ProgressReport {
  readonly claims: TitleClaims
  readonly xuid: string
  /** In lower case; in the live dialect, as it was sent. */
  readonly scid: string
  /** The title that reports, as the body has it. */
  readonly titleId: number
  readonly achievements: ReadonlyArray<{ readonly id: number, readonly percentComplete: number }>
  /** The clock, in ms since 1970. */
  readonly now: number
}

/**
 * Writes what a title reports; one achievement that cannot be changed refuses all of it.
 *
 * @returns the achievements whose progress has changed.
 * @throws every refusal of the update route that needs the store, in its order: 403, 404, 301, 307, 410, 400.
 */
export function reportProgress ({ store, write, tell }: ToldTransaction, report: ProgressReport): { changed: number[] } {
  const { claims, xuid, scid, titleId } = report
  const person = requireReadable({ claims, xuid, rule: 'strict', resource: 'list' }, store.people)
  const sandbox = sandboxOf(claims)
  const readable = requireServiceConfiguration(claims, store.catalogue.findServiceConfiguration({ scid, sandbox }))
  const configuration = requireOwner(claims, titleId, readable)
  const reported = [...highestOf(report)].map(([id, percentComplete]) => {
    const achievement = store.achievements.find(person.row, { scid, id, sandbox, generation: 'modern' })
    if (achievement === undefined) throw notFound(`The service configuration has no achievement ${id}.`)
    return { achievement, percentComplete }
  })
  requireActive(configuration, { xuid: person.xuid, scid, achievementid: 'update' })
  for (const { achievement } of reported) requireUpdatable(achievement)
  const now = formatInstant(report.now)
  const changed: ProgressStep[] = []
  for (const { achievement, percentComplete } of reported) {
    const after = advanceProgress(achievement, percentComplete, now)
    if (after === null) continue
    write.progress.put({ person: person.row, sandbox, achievement: achievement.row }, after)
    changed.push({ serviceConfigId: achievement.serviceConfigId, sandbox, id: achievement.id, before: achievement.progress, after })
  }
  tell(() => progressChanges(person, changed))
  return { changed: changed.map(({ id }) => id) }
}

/** The percentage of each achievement in a report; of several, the highest, because progress only grows. */
function highestOf ({ achievements }: ProgressReport): Map<number, number> {
  const highest = new Map<number, number>()
  for (const { id, percentComplete } of achievements) highest.set(id, Math.max(percentComplete, highest.get(id) ?? 0))
  return highest
}
