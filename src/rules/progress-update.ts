import { readInstant } from '../base/instant.ts'
import type { Achievement, AchievementDefinition, Requirement } from '../model/achievement.ts'
import type { Progress } from '../model/progress.ts'
import { invalidRequest } from '../model/refusals.ts'

/**
 * A user's progress after a title reported a percentage. Progress only grows; 100 or more unlocks, at
 * the instant of the report.
 *
 * @returns null when nothing changes.
 * @throws 400 when it would change outside the time window of a challenge.
 */
export function advanceProgress (achievement: Achievement, percentComplete: number, now: string): Progress | null {
  const { progress } = achievement
  const percent = Math.min(100, percentComplete)
  if (progress.timeUnlocked !== null || percent <= progress.percentComplete) return null
  requireInTimeWindow(achievement, now)
  return {
    ...progress,
    percentComplete: percent,
    timeUnlocked: percent === 100 ? now : null,
    current: currentValuesAt(achievement, percent, progress.current)
  }
}

/** @throws 400 when the achievement's title refuses updates, because rules on its events unlock its achievements. */
export function requireUpdatable ({ id, titleId, refusesUpdates }: Achievement): void {
  if (refusesUpdates) throw invalidRequest(`Achievement ${id} is event-based, and title ${titleId} refuses updates of those; expected a title-managed one.`)
}

/**
 * The current value of each requirement at a percentage, by requirement id.
 *
 * @param before the values so far: a value never decreases.
 */
export function currentValuesAt ({ requirements }: AchievementDefinition, percent: number, before: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(requirements.flatMap((requirement) => {
    const current = advanceRequirement(requirement, before.get(requirement.id), percent)
    return current === undefined ? [] : [[requirement.id, current]]
  }))
}

function requireInTimeWindow ({ id, achievementType, timeWindow }: Achievement, now: string): void {
  if (achievementType !== 'Challenge' || timeWindow === null) return
  const { startDate, endDate } = timeWindow
  if (now < (readInstant(startDate) as string) || now >= (readInstant(endDate) as string)) {
    throw invalidRequest(`Achievement ${id} is a challenge from ${startDate} to ${endDate}; it is ${now}, expected an instant in this window.`)
  }
}

/** A whole number that is exact in JavaScript when it is multiplied by 100. */
const COUNT = /^\d{1,13}$/

/** A value whose target is a whole number grows in proportion to the percentage. Other values do not change. */
function advanceRequirement ({ target, valueType }: Requirement, current: string | undefined, percent: number): string | undefined {
  if (valueType !== 'Integer' || !COUNT.test(target)) return current
  const before = COUNT.test(current ?? '') ? Number(current) : 0
  return String(Math.max(before, Math.floor(Number(target) * percent / 100)))
}
