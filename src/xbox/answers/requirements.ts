import { PERCENTAGE } from '../../model/achievement-system.ts'
import type { Definition, Requirement } from '../../model/achievement.ts'
import type { Progress } from '../../model/progress.ts'
import { guidOf } from '../../base/guid.ts'

/** A requirement, and how far a user is; null: not begun. */
export interface Counted {
  readonly id: string
  readonly current: string | null
  readonly target: string
  readonly operationType: string
  readonly valueType: string
  readonly ruleParticipationType: string
}

/** What the service says of an event-based requirement where nobody said how reported values add up, as recorded. */
const EVENT_BASED_SUM = 'SUM'

/**
 * The requirements of an achievement as the live service sends them, by what a user has done.
 *
 * A title-managed one has the percentage until it is achieved, and then none, as recorded. A locked one
 * always has some: Microsoft's client reads the first without a look at how many there are. So an
 * event-based one of which the world tells none has the percentage, too, under an id of its own.
 */
export function prepareLiveRequirements ({ system, requirements, serviceConfigId, id }: Definition): (progress: Progress) => Counted[] {
  if (system === 'titleManaged') return (progress) => progress.timeUnlocked === null ? [countOne(PERCENTAGE, percentageOf(progress))] : []
  if (requirements.length > 0) return (progress) => requirements.map((requirement) => countOne(requirement, currentOf(requirement, progress), EVENT_BASED_SUM))
  const only = { ...PERCENTAGE, id: guidOf(`requirement of ${serviceConfigId}/${id}`), operationType: EVENT_BASED_SUM }
  return (progress) => [countOne(only, percentageOf(progress) === '0' ? null : percentageOf(progress))]
}

/** As the documented dialect sends them: null where there are none, as in the documented sample. */
export function prepareDocumentedRequirements ({ system, requirements }: Definition): (progress: Progress) => Array<Omit<Counted, 'valueType'>> | null {
  const withoutValueType = ({ valueType, ...rest }: Counted): Omit<Counted, 'valueType'> => rest
  if (system === 'titleManaged') return (progress) => [withoutValueType(countOne(PERCENTAGE, percentageOf(progress)))]
  if (requirements.length === 0) return () => null
  return (progress) => requirements.map((requirement) => withoutValueType(countOne(requirement, currentOf(requirement, progress))))
}

const percentageOf = ({ percentComplete, timeUnlocked }: Progress): string => timeUnlocked === null ? String(percentComplete) : PERCENTAGE.target

const currentOf = ({ id }: Requirement, { current }: Progress): string | null => current.get(id) ?? null

/** @param sum what is said where the world does not say how reported values add up. */
function countOne ({ id, target, operationType, valueType, ruleParticipationType }: Requirement, current: string | null, sum: string = PERCENTAGE.operationType): Counted {
  return { id, current, target, operationType: operationType ?? sum, valueType, ruleParticipationType }
}
