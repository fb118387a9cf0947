import type { Achievement } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { progressStateOf } from '../rules/progress-state.ts'
import { localize, type Context } from './context.ts'
import { representRarity } from './rarity.ts'

/** What the live service sends for an estimate that nobody made: its client takes no null. */
const NO_TIME = '00:00:00'

/** An achievement of the live dialect, in the list and alone: members and their order as recorded. */
export function representLive (achievement: Achievement, context: Context) {
  const { progress } = achievement
  return {
    id: String(achievement.id),
    serviceConfigId: achievement.serviceConfigId,
    name: context.text.name,
    titleAssociations: representAssociations(context),
    progressState: progressStateOf(progress),
    progression: {
      requirements: representRequirements(achievement),
      timeUnlocked: progress.timeUnlocked ?? ZERO_DATE
    },
    mediaAssets: achievement.mediaAssets,
    platforms: achievement.platforms,
    isSecret: achievement.isSecret,
    description: context.text.description,
    lockedDescription: context.text.lockedDescription,
    productId: achievement.productId,
    achievementType: achievement.achievementType,
    participationType: achievement.participationType,
    timeWindow: achievement.timeWindow,
    rewards: representRewards(achievement, context),
    estimatedTime: achievement.estimatedTime ?? NO_TIME,
    deeplink: achievement.deeplink,
    isRevoked: progress.isRevoked,
    ...context.popularity && { rarity: representRarity(context.popularity) }
  }
}

/** The live service sends no version for a title that has none. */
function representAssociations ({ titleAssociations }: Context) {
  return titleAssociations.map(({ name, id, version }) => ({ name, id, ...version !== null && { version } }))
}

function representRequirements ({ requirements, progress }: Achievement) {
  return requirements.map(({ id, target, operationType, valueType, ruleParticipationType }) => ({
    id,
    current: progress.current.get(id) ?? null,
    target,
    operationType,
    valueType,
    ruleParticipationType
  }))
}

function representRewards ({ rewards }: Achievement, { locale }: Context) {
  return rewards.map(({ name, description, value, type, valueType, mediaAsset }) => ({
    name: localize(name, locale),
    description: localize(description, locale),
    value,
    type,
    mediaAsset,
    valueType
  }))
}
