import type { Definition, Progress } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { progressStateOf } from '../rules/progress-state.ts'
import { localize, type Context } from './context.ts'
import { representRarity } from './rarity.ts'
import { prepareTemplate, type Template } from './template.ts'

/** What the live service sends for an estimate that nobody made: its client takes no null. */
const NO_TIME = '00:00:00'

/** An achievement of the live dialect, in the list and alone: members and their order as recorded. */
export function representLive (definition: Definition, context: Context): Template {
  return prepareTemplate({
    id: String(definition.id),
    serviceConfigId: definition.serviceConfigId,
    name: context.text.name,
    titleAssociations: representAssociations(context)
  }, (progress) => ({
    progressState: progressStateOf(progress),
    progression: {
      requirements: representRequirements(definition, progress),
      timeUnlocked: progress.timeUnlocked ?? ZERO_DATE
    }
  }), {
    mediaAssets: definition.mediaAssets,
    platforms: definition.platforms,
    isSecret: definition.isSecret,
    description: context.text.description,
    lockedDescription: context.text.lockedDescription,
    productId: definition.productId,
    achievementType: definition.achievementType,
    participationType: definition.participationType,
    timeWindow: definition.timeWindow,
    rewards: representRewards(definition, context),
    estimatedTime: definition.estimatedTime ?? NO_TIME,
    deeplink: definition.deeplink
  }, ({ isRevoked }, popularity) => ({ isRevoked, ...popularity && { rarity: representRarity(popularity) } }))
}

/** The live service sends no version for a title that has none. */
function representAssociations ({ titleAssociations }: Context) {
  return titleAssociations.map(({ name, id, version }) => ({ name, id, ...version !== null && { version } }))
}

function representRequirements ({ requirements }: Definition, { current }: Progress) {
  return requirements.map(({ id, target, operationType, valueType, ruleParticipationType }) => ({
    id,
    current: current.get(id) ?? null,
    target,
    operationType,
    valueType,
    ruleParticipationType
  }))
}

function representRewards ({ rewards }: Definition, { locale }: Context) {
  return rewards.map(({ name, description, value, type, valueType, mediaAsset }) => ({
    name: localize(name, locale),
    description: localize(description, locale),
    value,
    type,
    mediaAsset,
    valueType
  }))
}
