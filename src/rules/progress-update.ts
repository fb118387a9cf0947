import type { Achievement, Definition, Requirement } from '../model/achievement.ts'
import type { Progress } from '../model/progress.ts'
import { invalidRequest } from '../model/refusals.ts'
import { readInstant } from '../base/instant.ts'

/**
 * A user's progress after a title reported a percentage. Progress only grows; 100 or more unlocks, at
 * the instant of the report.
 *
 * @returns null when nothing changes.
 * @throws 400 when it would change outside the time window of a challenge.
 */
export function advance (achievement: Achievement, percentComplete: number, now: string): Progress | null {
  const { progress } = achievement
  const percent = Math.min(100, percentComplete)
  if (progress.timeUnlocked !== null || percent <= progress.percentComplete) return null
  requireOpen(achievement, now)
  return {
    ...progress,
    percentComplete: percent,
    timeUnlocked: percent === 100 ? now : null,
    current: currentAt(achievement, percent, progress.current)
  }
}

/** @throws 400 when the title takes no updates of its achievements, which rules on its events unlock. */
export function requireUpdatable ({ id, titleId, refusesUpdates }: Achievement): void {
  if (refusesUpdates) throw invalidRequest(`Achievement ${id} is event-based, and title ${titleId} refuses updates of those; expected a title-managed one.`)
}

/**
 * How far each requirement is at a percentage.
 *
 * @param before how far each is already; none goes back.
 */
export function currentAt ({ requirements }: Definition, percent: number, before: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(requirements.flatMap((requirement) => {
    const current = advanceRequirement(requirement, before.get(requirement.id), percent)
    return current === undefined ? [] : [[requirement.id, current]]
  }))
}

function requireOpen ({ id, achievementType, timeWindow }: Achievement, now: string): void {
  if (achievementType !== 'Challenge' || timeWindow === null) return
  const { startDate, endDate } = timeWindow
  if (now < (readInstant(startDate) as string) || now >= (readInstant(endDate) as string)) {
    throw invalidRequest(`Achievement ${id} is a challenge from ${startDate} to ${endDate}; it is ${now}, expected an instant in this window.`)
  }
}

/** What JavaScript counts exactly, times 100. */
const COUNT = /^\d{1,13}$/

/** A whole number grows with the percentage; what else there is, the percentage says nothing of. */
function advanceRequirement ({ target, valueType }: Requirement, current: string | undefined, percent: number): string | undefined {
  if (valueType !== 'Integer' || !COUNT.test(target)) return current
  const before = COUNT.test(current ?? '') ? Number(current) : 0
  return String(Math.max(before, Math.floor(Number(target) * percent / 100)))
}
