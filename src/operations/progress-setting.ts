import { formatInstant, readInstant } from '../base/instant.ts'
import { formatValue } from '../base/validation.ts'
import { PERCENTAGE_REQUIREMENT_ID } from '../model/achievement-system.ts'
import type { AchievementDefinition } from '../model/achievement.ts'
import type { Progress } from '../model/progress.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import { currentValuesAt } from '../rules/progress-update.ts'
import { readPercentage } from '../world/achievement-systems.ts'
import type { Store } from '../store/store.ts'
import type { WorldProgress } from '../world/schema.ts'
import { progressChanges } from './progress-changes.ts'
import type { ToldTransaction } from './told-transaction.ts'
import { requirePerson } from './users.ts'

/** The progress that a test gives a user on an achievement. */
export interface ProgressSetting {
  readonly xuid: string
  readonly scid: string
  readonly id: number
  /** Null: every sandbox in which a title of the service configuration is published. */
  readonly sandbox: string | null
  /** Null: the percentage in `requirements`, which a title-managed achievement can have there; else 100, which unlocks. */
  readonly percentComplete: number | null
  /** An instant in UTC; null: at 100 percent the present time, below that the achievement is locked. */
  readonly timeUnlocked: string | null
  readonly isRevoked: boolean
  /** Null: the values that follow from the percentage. */
  readonly requirements: ReadonlyArray<{ readonly id: string, readonly current: string }> | null
  /** The clock, in ms since 1970. */
  readonly now: number
}

/**
 * Sets the progress of a user on an achievement. It may also decrease.
 *
 * @throws 404 when there is no such user or achievement; 400 for requirements, percentages and instants that do not fit.
 */
export function setProgress ({ store, write, tell }: ToldTransaction, setting: ProgressSetting): WorldProgress {
  const { xuid, scid, id, sandbox, isRevoked, timeUnlocked, now } = setting
  const person = requirePerson(store, xuid)
  const achievement = requireAchievement(store, { scid, id, sandbox })
  const { percentComplete, requirements } = checkSetting(achievement, setting)
  const unlockedNow = percentComplete === 100 ? formatInstant(now) : null
  const progress: Progress = {
    percentComplete,
    timeUnlocked: timeUnlocked === null ? unlockedNow : requireInstant(timeUnlocked),
    isRevoked,
    current: requirements === null ? currentValuesAt(achievement, percentComplete, new Map()) : new Map(requirements.map((each) => [each.id, each.current]))
  }
  const sandboxes = sandbox === null ? store.catalogue.findSandboxes(achievement.row) : [sandbox]
  tell(() => progressChanges(person, sandboxes.map((each) => {
    const { row, serviceConfigId } = achievement
    return { serviceConfigId, sandbox: each, id, before: store.achievements.findProgress({ person: person.row, sandbox: each, achievement: row }), after: progress }
  })))
  for (const each of sandboxes) write.progress.put({ person: person.row, sandbox: each, achievement: achievement.row }, progress)
  return {
    serviceConfigId: scid,
    id,
    sandbox,
    percentComplete,
    timeUnlocked: progress.timeUnlocked,
    isRevoked,
    requirements: [...progress.current].map(([id, current]) => ({ id, current }))
  }
}

/** The definition of an achievement, which a sandbox has unless that is null. @throws 404 when there is none. */
export function requireAchievement ({ achievements }: Store, { scid, id, sandbox }: Pick<ProgressSetting, 'scid' | 'id' | 'sandbox'>): AchievementDefinition {
  const achievement = achievements.findDefinition({ scid, id, sandbox, generation: null })
  if (achievement === undefined) throw notFound(`There is no achievement ${id} of service configuration ${scid}${sandbox === null ? '' : ` in sandbox ${sandbox}`}.`)
  return achievement
}

/**
 * The percentage and the requirements of a setting, checked. A title-managed achievement has the percentage alone.
 *
 * @throws 400 for a requirement that the achievement does not have, for the same one twice, and for two percentages
 *   that differ.
 */
export function checkSetting ({ system, requirements: defined }: AchievementDefinition, { percentComplete, requirements }: Pick<ProgressSetting, 'percentComplete' | 'requirements'>): Pick<ProgressSetting, 'requirements'> & { percentComplete: number } {
  const isManaged = system === 'titleManaged'
  const known = new Set(isManaged ? [PERCENTAGE_REQUIREMENT_ID] : defined.map(({ id }) => id))
  const unknown = requirements?.find(({ id }) => !known.has(id))
  if (unknown !== undefined) throw invalidRequest(`requirements names ${formatValue(unknown.id)}; expected requirements of the achievement.`)
  const repeated = requirements?.find(({ id }, index) => requirements.findIndex((other) => other.id === id) < index)
  if (repeated !== undefined) throw invalidRequest(`requirements names ${formatValue(repeated.id)} twice; expected each once.`)
  if (!isManaged || requirements === null) return { percentComplete: percentComplete ?? 100, requirements }
  const percentages = requirements.map(({ current }) => requirePercentage(current, percentComplete))
  return { percentComplete: percentComplete ?? percentages.at(-1) ?? 100, requirements: [] }
}

/**
 * The percentage of the one requirement that a title-managed achievement has.
 *
 * @param percentComplete the percentage that it has to be; null: any.
 */
function requirePercentage (text: string, percentComplete: number | null): number {
  const percentage = readPercentage(text)
  if (percentage === undefined) throw invalidRequest(`current is ${formatValue(text)}; expected a whole percentage in quotes, from "0" to "100".`)
  if (percentComplete !== null && percentage !== percentComplete) throw invalidRequest(`current is ${formatValue(text)}; expected "${percentComplete}" as percentComplete says.`)
  return percentage
}

/**
 * The canonical form of an instant in UTC.
 *
 * @throws 400 when the text is not an instant, or its date does not exist.
 */
export function requireInstant (text: string): string {
  const instant = readInstant(text)
  if (instant === undefined) throw invalidRequest(`The instant is ${formatValue(text)}; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".`)
  return instant
}
