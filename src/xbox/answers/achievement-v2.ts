import type { Definition } from '../../model/achievement.ts'
import type { Progress } from '../../model/progress.ts'
import { ZERO_DATE } from '../../base/instant.ts'
import { progressStateOf } from '../../rules/progress-state.ts'
import { localize, type Context } from './context.ts'
import { prepareDocumentedRequirements } from './requirements.ts'
import { prepareTemplate, type Part, type Template } from './template.ts'

/**
 * An achievement of the list, documented dialect, contract version 2: every member always present,
 * in the order of the documented sample.
 */
export function representListed (definition: Definition, context: Context): Template {
  const representProgression = prepareProgression(definition)
  return represent(definition, context, (progress) => {
    const progressState = progressStateOf(progress)
    return { progressState, progression: { achievementState: progressState, ...representProgression(progress) } }
  })
}

/** The single achievement, documented dialect: its progression does not repeat the state. */
export function representSingle (definition: Definition, context: Context): Template {
  const representProgression = prepareProgression(definition)
  return represent(definition, context, (progress) => ({
    progressState: progressStateOf(progress), progression: representProgression(progress)
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

function prepareProgression (definition: Definition) {
  const representRequirements = prepareDocumentedRequirements(definition)
  return (progress: Progress) => ({ requirements: representRequirements(progress), timeUnlocked: progress.timeUnlocked ?? ZERO_DATE })
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
