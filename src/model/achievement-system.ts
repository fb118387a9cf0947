import type { AchievementType, Requirement } from './achievement.ts'
import type { AchievementSystem, Generation } from './title.ts'

/** What tells the two achievement systems of the service apart. Sources in docs/specification.md: [peppa], [gowon], [topcyber], [systems]. */

/** The id of the one requirement that every title-managed achievement has, as recorded. */
export const PERCENTAGE_ID = '00000000-0000-0000-0000-000000000000'

/** That requirement: the percentage which the title reports. */
export const PERCENTAGE = {
  id: PERCENTAGE_ID, target: '100', operationType: 'Sum', valueType: 'Integer', ruleParticipationType: 'Individual'
} as const satisfies Requirement

/** True when an achievement has requirements of its own, and not just the percentage, which a world may write out. */
export function hasOwnRequirements (requirements: readonly Requirement[]): boolean {
  const [first, ...others] = requirements
  return first !== undefined && (others.length > 0 || !isPercentage(first))
}

function isPercentage ({ operationType, ...rest }: Requirement): boolean {
  const { operationType: sum, ...expected } = PERCENTAGE
  const isSum = operationType === null || operationType.toLowerCase() === sum.toLowerCase()
  return isSum && (Object.keys(expected) as Array<keyof typeof expected>).every((name) => rest[name] === expected[name])
}

/** What of a title tells its achievement system where it does not say. */
export interface SystemTraits {
  readonly generation: Generation
  readonly achievements: ReadonlyArray<{ readonly achievementType: AchievementType, readonly requirements: readonly Requirement[] }>
}

/** The achievement system of a title that does not say: challenges and requirements of one's own are event-based alone. */
export function systemOf ({ generation, achievements }: SystemTraits): AchievementSystem | null {
  if (generation === 'xbox360') return null
  const isEventBased = achievements.some(({ achievementType, requirements }) => achievementType === 'Challenge' || hasOwnRequirements(requirements))
  return isEventBased ? 'eventBased' : 'titleManaged'
}
