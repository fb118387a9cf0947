import type { AchievementType, Requirement } from './achievement.ts'
import type { AchievementSystem, Generation } from './title.ts'

/** How the two achievement systems of the service differ. Sources in docs/specification.md: [peppa], [gowon], [topcyber], [systems]. */

/** The id of the one requirement that every title-managed achievement has, as in recorded answers. */
export const PERCENTAGE_REQUIREMENT_ID = '00000000-0000-0000-0000-000000000000'

/** That requirement. Its value is the percentage which the title reports. */
export const PERCENTAGE_REQUIREMENT = {
  id: PERCENTAGE_REQUIREMENT_ID, target: '100', operationType: 'Sum', valueType: 'Integer', ruleParticipationType: 'Individual'
} as const satisfies Requirement

/** True when an achievement has requirements besides the percentage, which a world may list, too. */
export function hasOtherRequirements (requirements: readonly Requirement[]): boolean {
  const [first, ...others] = requirements
  return first !== undefined && (others.length > 0 || !isPercentage(first))
}

function isPercentage ({ operationType, ...rest }: Requirement): boolean {
  const { operationType: sum, ...expected } = PERCENTAGE_REQUIREMENT
  const isSum = operationType === null || operationType.toLowerCase() === sum.toLowerCase()
  return isSum && (Object.keys(expected) as Array<keyof typeof expected>).every((name) => rest[name] === expected[name])
}

/** The parts of a title from which its achievement system is derived. */
export interface SystemTraits {
  readonly generation: Generation
  readonly achievements: ReadonlyArray<{ readonly achievementType: AchievementType, readonly requirements: readonly Requirement[] }>
}

/** Derives the achievement system of a title that does not state it: only event-based titles have challenges, and requirements besides the percentage. */
export function deriveSystem ({ generation, achievements }: SystemTraits): AchievementSystem | null {
  if (generation === 'xbox360') return null
  const isEventBased = achievements.some(({ achievementType, requirements }) => achievementType === 'Challenge' || hasOtherRequirements(requirements))
  return isEventBased ? 'eventBased' : 'titleManaged'
}
