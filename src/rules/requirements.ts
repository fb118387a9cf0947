import { deriveGuid } from '../base/guid.ts'
import { PERCENTAGE_REQUIREMENT } from '../model/achievement-system.ts'
import type { AchievementDefinition, Requirement } from '../model/achievement.ts'
import type { Progress } from '../model/progress.ts'

/** A requirement, and how far a user is: `current` is null where it is not begun. */
export interface RequirementProgress {
  readonly id: string
  readonly current: string | null
  readonly target: string
  readonly operationType: string
  readonly valueType: string
  readonly ruleParticipationType: string
}

/** The `operationType` of an event-based requirement that has none in the world, as recorded. */
const EVENT_BASED_SUM = 'SUM'

/**
 * Prepares the requirements of an achievement as the live service sends them, as a function of a user's
 * progress.
 *
 * A title-managed achievement has one, the percentage, until it is achieved, and then none, as recorded. A
 * locked achievement needs at least one, because Microsoft's client reads the first without checking that
 * there is one. An event-based achievement without requirements in the world therefore has the percentage,
 * too, under an id of its own.
 */
export function prepareLiveRequirements (definition: AchievementDefinition): (progress: Progress) => RequirementProgress[] {
  const toRequirements = prepareLastingRequirements(definition)
  return definition.system === 'titleManaged' ? (progress) => progress.timeUnlocked === null ? toRequirements(progress) : [] : toRequirements
}

/** Prepares the same as events of Real-Time Activity have them: as recorded, that of a title-managed achievement is there also when it is achieved. */
export function prepareLastingRequirements ({ system, requirements, serviceConfigId, id }: AchievementDefinition): (progress: Progress) => RequirementProgress[] {
  if (system === 'titleManaged') return (progress) => [toRequirement(PERCENTAGE_REQUIREMENT, percentageOf(progress))]
  if (requirements.length > 0) return (progress) => requirements.map((requirement) => toRequirement(requirement, currentOf(requirement, progress), EVENT_BASED_SUM))
  const only = { ...PERCENTAGE_REQUIREMENT, id: deriveGuid(`requirement of ${serviceConfigId}/${id}`), operationType: EVENT_BASED_SUM }
  return (progress) => [toRequirement(only, percentageOf(progress) === '0' ? null : percentageOf(progress))]
}

/** Prepares the same in the documented dialect: null where there are none, as in the documented sample. */
export function prepareDocumentedRequirements ({ system, requirements }: AchievementDefinition): (progress: Progress) => Array<Omit<RequirementProgress, 'valueType'>> | null {
  const withoutValueType = ({ valueType, ...rest }: RequirementProgress): Omit<RequirementProgress, 'valueType'> => rest
  if (system === 'titleManaged') return (progress) => [withoutValueType(toRequirement(PERCENTAGE_REQUIREMENT, percentageOf(progress)))]
  if (requirements.length === 0) return () => null
  return (progress) => requirements.map((requirement) => withoutValueType(toRequirement(requirement, currentOf(requirement, progress))))
}

const percentageOf = ({ percentComplete, timeUnlocked }: Progress): string => timeUnlocked === null ? String(percentComplete) : PERCENTAGE_REQUIREMENT.target

const currentOf = ({ id }: Requirement, { current }: Progress): string | null => current.get(id) ?? null

/** @param defaultOperation the `operationType` of a requirement that has none in the world. */
function toRequirement ({ id, target, operationType, valueType, ruleParticipationType }: Requirement, current: string | null, defaultOperation: string = PERCENTAGE_REQUIREMENT.operationType): RequirementProgress {
  return { id, current, target, operationType: operationType ?? defaultOperation, valueType, ruleParticipationType }
}
