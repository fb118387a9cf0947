import { ZERO_DATE } from '../../base/instant.ts'
import type { AchievementDefinition } from '../../model/achievement.ts'
import type { Progress } from '../../model/progress.ts'
import { progressStateOf } from '../../rules/progress-state.ts'
import { prepareDocumentedRequirements } from '../../rules/requirements.ts'
import { createTemplate, localizeReward, type MemberGroup, type Template, type TemplateContext } from './template.ts'

/**
 * V2 in the documented dialect, in a list: every member is always present, in the order of the documented
 * sample.
 */
export function createListedTemplate (definition: AchievementDefinition, context: TemplateContext): Template {
  const toProgression = prepareProgression(definition)
  return createDocumentedTemplate(definition, context, (progress) => {
    const progressState = progressStateOf(progress)
    return { progressState, progression: { achievementState: progressState, ...toProgression(progress) } }
  })
}

/** A single achievement in the documented dialect: its progression does not repeat the state. */
export function createSingleTemplate (definition: AchievementDefinition, context: TemplateContext): Template {
  const toProgression = prepareProgression(definition)
  return createDocumentedTemplate(definition, context, (progress) => ({
    progressState: progressStateOf(progress), progression: toProgression(progress)
  }))
}

function createDocumentedTemplate (definition: AchievementDefinition, { locale, text, titleAssociations }: TemplateContext, progression: MemberGroup): Template {
  return createTemplate({
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
    rewards: definition.rewards.map(({ value, type, valueType, ...texts }) => ({ ...localizeReward(texts, locale), value, type, valueType })),
    estimatedTime: definition.estimatedTime,
    deeplink: definition.deeplink
  }, ({ isRevoked }) => ({ isRevoked }))
}

function prepareProgression (definition: AchievementDefinition) {
  const toRequirements = prepareDocumentedRequirements(definition)
  return (progress: Progress) => ({ requirements: toRequirements(progress), timeUnlocked: progress.timeUnlocked ?? ZERO_DATE })
}
