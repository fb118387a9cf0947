import { readInstant, cutToMilliseconds, ZERO_DATE } from '../../base/instant.ts'
import type { AchievementDefinition, MediaAsset, TimeWindow } from '../../model/achievement.ts'
import { progressStateOf } from '../../rules/progress-state.ts'
import { drawnIconOf } from '../../http/picture.ts'
import { toRarity } from '../../rules/rarity.ts'
import { prepareLiveRequirements } from '../../rules/requirements.ts'
import { createTemplate, localizeReward, type Template, type TemplateContext } from './template.ts'

/** The `estimatedTime` of an achievement that has none: Microsoft's client does not parse null. */
const NO_ESTIMATE = '00:00:00'

/**
 * V2 in the live dialect, in a list and alone: members and their order as recorded. A member that the
 * world leaves out has the value that the live service sends, which is never null.
 */
export function createLiveTemplate (definition: AchievementDefinition, context: TemplateContext): Template {
  const toRequirements = prepareLiveRequirements(definition)
  // As recorded: the times of title-managed achievements end with milliseconds.
  const toUnlockTime = definition.system === 'titleManaged' ? cutToMilliseconds : (instant: string) => instant
  return createTemplate({
    id: String(definition.id),
    serviceConfigId: definition.serviceConfigId,
    name: context.text.name,
    titleAssociations: toAssociations(context)
  }, (progress) => ({
    progressState: progressStateOf(progress),
    progression: {
      requirements: toRequirements(progress),
      timeUnlocked: toUnlockTime(progress.timeUnlocked ?? ZERO_DATE)
    }
  }), {
    mediaAssets: toMediaAssets(definition, context),
    platforms: definition.platforms,
    isSecret: definition.isSecret,
    description: context.text.description,
    lockedDescription: context.text.lockedDescription,
    productId: definition.productId ?? definition.serviceConfigId,
    achievementType: definition.achievementType,
    participationType: definition.participationType,
    timeWindow: definition.timeWindow && toTimeWindow(definition.timeWindow),
    rewards: definition.rewards.map(({ value, type, mediaAsset, valueType, ...texts }) => ({ ...localizeReward(texts, context.locale), value, type, mediaAsset, valueType })),
    estimatedTime: definition.estimatedTime ?? NO_ESTIMATE,
    deeplink: definition.deeplink ?? ''
  }, ({ isRevoked }, popularity) => ({ isRevoked, ...popularity && { rarity: toRarity(popularity) } }))
}

/** The live service sends no version for a title that has none. */
function toAssociations ({ titleAssociations }: TemplateContext) {
  return titleAssociations.map(({ name, id, version }) => ({ name, id, ...version !== null && { version } }))
}

/** Clients show the first picture as the icon. */
function toMediaAssets (definition: AchievementDefinition, { text, origin }: TemplateContext): readonly MediaAsset[] {
  const { mediaAssets } = definition
  return mediaAssets.some(({ type }) => type === 'Icon') ? mediaAssets : [drawnIconOf(definition, { name: text.name, origin }), ...mediaAssets]
}

/** The service writes seven fraction digits, where a world may write fewer. */
function toTimeWindow ({ startDate, endDate }: TimeWindow): TimeWindow {
  return { startDate: readInstant(startDate) as string, endDate: readInstant(endDate) as string }
}
