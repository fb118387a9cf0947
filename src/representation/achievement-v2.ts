import type { Achievement } from '../domain.ts'
import { ZERO_DATE } from '../instant.ts'
import { progressStateOf } from '../rules/progress-state.ts'
import { localize, type Context } from './context.ts'

/**
 * An achievement of the list, documented dialect, contract version 2: every member always present,
 * in the order of the documented sample.
 */
export function representListed (achievement: Achievement, context: Context) {
  const represented = representSingle(achievement, context)
  const { progressState, progression } = represented
  return { ...represented, progression: { achievementState: progressState, ...progression } }
}

/** The single achievement, documented dialect: its progression does not repeat the state. */
export function representSingle (achievement: Achievement, { locale, text, titleAssociations }: Context) {
  const { progress } = achievement
  return {
    id: String(achievement.id),
    serviceConfigId: achievement.serviceConfigId,
    name: text.name,
    titleAssociations,
    progressState: progressStateOf(progress),
    progression: {
      requirements: representRequirements(achievement),
      timeUnlocked: progress.timeUnlocked ?? ZERO_DATE
    },
    mediaAssets: achievement.mediaAssets,
    platform: achievement.platform,
    isSecret: achievement.isSecret,
    description: text.description,
    lockedDescription: text.lockedDescription,
    productId: achievement.productId,
    achievementType: achievement.achievementType,
    participationType: achievement.participationType,
    timeWindow: achievement.timeWindow,
    rewards: representRewards(achievement, locale),
    estimatedTime: achievement.estimatedTime,
    deeplink: achievement.deeplink,
    isRevoked: progress.isRevoked
  }
}

/** The documented sample sends null where there are none. */
function representRequirements ({ requirements, progress }: Achievement) {
  if (requirements.length === 0) return null
  return requirements.map(({ id, target, operationType, ruleParticipationType }) => ({
    id,
    current: progress.current.get(id) ?? null,
    target,
    operationType,
    ruleParticipationType
  }))
}

function representRewards ({ rewards }: Achievement, locale: string) {
  return rewards.map(({ name, description, value, type, valueType }) => ({
    name: localize(name, locale),
    description: localize(description, locale),
    value,
    type,
    valueType
  }))
}
