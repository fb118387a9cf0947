import type { Definition, Progress } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { progressStateOf } from '../rules/progress-state.ts'
import { localize, type Context } from './context.ts'
import { prepareTemplate, type Part, type Template } from './template.ts'

/**
 * An achievement of the list, documented dialect, contract version 2: every member always present,
 * in the order of the documented sample.
 */
export function representListed (definition: Definition, context: Context): Template {
  return represent(definition, context, (progress) => {
    const progressState = progressStateOf(progress)
    return { progressState, progression: { achievementState: progressState, ...representProgression(definition, progress) } }
  })
}

/** The single achievement, documented dialect: its progression does not repeat the state. */
export function representSingle (definition: Definition, context: Context): Template {
  return represent(definition, context, (progress) => ({
    progressState: progressStateOf(progress), progression: representProgression(definition, progress)
  }))
}

function represent (definition: Definition, { locale, text, titleAssociations }: Context, progression: Part): Template {
  return prepareTemplate({
    id: String(definition.id),
    serviceConfigId: definition.serviceConfigId,
    name: text.name,
    titleAssociations
  }, progression, {
    mediaAssets: definition.mediaAssets,
    platform: definition.platform,
    isSecret: definition.isSecret,
    description: text.description,
    lockedDescription: text.lockedDescription,
    productId: definition.productId,
    achievementType: definition.achievementType,
    participationType: definition.participationType,
    timeWindow: definition.timeWindow,
    rewards: representRewards(definition, locale),
    estimatedTime: definition.estimatedTime,
    deeplink: definition.deeplink
  }, ({ isRevoked }) => ({ isRevoked }))
}

function representProgression (definition: Definition, progress: Progress) {
  return { requirements: representRequirements(definition, progress), timeUnlocked: progress.timeUnlocked ?? ZERO_DATE }
}

/** The documented sample sends null where there are none. */
function representRequirements ({ requirements }: Definition, { current }: Progress) {
  if (requirements.length === 0) return null
  return requirements.map(({ id, target, operationType, ruleParticipationType }) => ({
    id,
    current: current.get(id) ?? null,
    target,
    operationType,
    ruleParticipationType
  }))
}

function representRewards ({ rewards }: Definition, locale: string) {
  return rewards.map(({ name, description, value, type, valueType }) => ({
    name: localize(name, locale),
    description: localize(description, locale),
    value,
    type,
    valueType
  }))
}
