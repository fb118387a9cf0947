import { ZERO_DATE } from '../base/instant.ts'
import type { AchievementDefinition } from '../model/achievement.ts'
import type { ProgressChange, ToldProgress } from '../model/change.ts'
import type { Progress } from '../model/progress.ts'
import { progressStateOf } from '../rules/progress-state.ts'
import { prepareLastingRequirements } from '../rules/requirements.ts'

/** Finds an achievement of the service configuration of a change, in its sandbox; undefined when there is none any more. */
type FindInSandbox = (id: number) => AchievementDefinition | undefined

/**
 * Writes the data of the event for a change of progress: members, their order and their spelling as recorded
 * [rta-frame], in both dialects. An achievement is left out whose progress is, as an event tells it, what it was.
 *
 * @returns undefined when nothing is left.
 */
export function writeAchievementEvent ({ serviceConfigId, achievements }: ProgressChange, findDefinition: FindInSandbox): string | undefined {
  const items = achievements.flatMap(({ id, before, after }) => {
    const definition = findDefinition(id)
    if (definition === undefined) return []
    const write = prepareItem(definition)
    const item = write(after)
    return item === write(before) ? [] : [item]
  })
  return items.length === 0 ? undefined : `{"serviceConfigId":${JSON.stringify(serviceConfigId)},"progression":[${items.join(',')}],"contractVersion":1}`
}

function prepareItem (definition: AchievementDefinition): (state: ToldProgress) => string {
  const toRequirements = prepareLastingRequirements(definition)
  return (state) => {
    const progress = toProgress(state)
    return JSON.stringify({
      id: String(definition.id),
      // Microsoft's client ignores an event with a requirement whose current value is no string. [xsapi]
      requirements: toRequirements(progress).map((requirement) => ({ ...requirement, current: requirement.current ?? '0' })),
      progressState: progressStateOf(progress),
      // Three digits, where the list has seven. A client demands an instant also of what is locked. [rta-frame][xsapi]
      timeUnlocked: `${(progress.timeUnlocked ?? ZERO_DATE).slice(0, 23)}Z`
    })
  }
}

const toProgress = ({ requirements, ...progress }: ToldProgress): Progress => ({ ...progress, current: new Map(requirements.map(({ id, current }) => [id, current])) })
