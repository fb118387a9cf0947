import type { Definition, MediaAsset, TimeWindow } from '../../model/achievement.ts'
import { guidOf } from '../../base/guid.ts'
import { readInstant, toMilliseconds, ZERO_DATE } from '../../base/instant.ts'
import { progressStateOf } from '../../rules/progress-state.ts'
import { localize, type Context } from './context.ts'
import { initialsOf, picturePathOf } from './picture.ts'
import { representRarity } from './rarity.ts'
import { prepareLiveRequirements } from './requirements.ts'
import { prepareTemplate, type Template } from './template.ts'

/** What the live service sends for an estimate that nobody made: its client takes no null. */
const NO_TIME = '00:00:00'

/**
 * An achievement of the live dialect, in the list and alone: members and their order as recorded. Where a
 * world says nothing, there stands what the live service sends, which is never null.
 */
export function representLive (definition: Definition, context: Context): Template {
  const representRequirements = prepareLiveRequirements(definition)
  // As recorded: of title-managed achievements it knows milliseconds.
  const representTime = definition.system === 'titleManaged' ? toMilliseconds : (instant: string) => instant
  return prepareTemplate({
    id: String(definition.id),
    serviceConfigId: definition.serviceConfigId,
    name: context.text.name,
    titleAssociations: representAssociations(context)
  }, (progress) => ({
    progressState: progressStateOf(progress),
    progression: {
      requirements: representRequirements(progress),
      timeUnlocked: representTime(progress.timeUnlocked ?? ZERO_DATE)
    }
  }), {
    mediaAssets: representMediaAssets(definition, context),
    platforms: definition.platforms,
    isSecret: definition.isSecret,
    description: context.text.description,
    lockedDescription: context.text.lockedDescription,
    productId: definition.productId ?? definition.serviceConfigId,
    achievementType: definition.achievementType,
    participationType: definition.participationType,
    timeWindow: definition.timeWindow && representTimeWindow(definition.timeWindow),
    rewards: representRewards(definition, context),
    estimatedTime: definition.estimatedTime ?? NO_TIME,
    deeplink: definition.deeplink ?? ''
  }, ({ isRevoked }, popularity) => ({ isRevoked, ...popularity && { rarity: representRarity(popularity) } }))
}

/** The live service sends no version for a title that has none. */
function representAssociations ({ titleAssociations }: Context) {
  return titleAssociations.map(({ name, id, version }) => ({ name, id, ...version !== null && { version } }))
}

/** Every achievement of the live service has an icon, and clients take the first picture for it. */
function representMediaAssets ({ mediaAssets, serviceConfigId, id }: Definition, { text, origin }: Context): readonly MediaAsset[] {
  if (mediaAssets.some(({ type }) => type === 'Icon')) return mediaAssets
  const guid = guidOf(`icon of ${serviceConfigId}/${id}`)
  return [{ name: guid, type: 'Icon', url: origin + picturePathOf({ guid, initials: initialsOf(text.name) }) }, ...mediaAssets]
}

/** A world may write fewer digits than the service. */
function representTimeWindow ({ startDate, endDate }: TimeWindow): TimeWindow {
  return { startDate: readInstant(startDate) as string, endDate: readInstant(endDate) as string }
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
