import { createLocaleChooser } from '../../http/language.ts'
import { drawnIconOf } from '../../http/picture.ts'
import type { AchievementDefinition } from '../../model/achievement.ts'
import type { NotificationEndpoint } from '../../model/notification-endpoint.ts'
import { toRarity } from '../../rules/rarity.ts'
import type { Store } from '../../store/store.ts'

/** An unlock, and the endpoint that is told of it. */
export interface NotifiedUnlock {
  readonly definition: AchievementDefinition
  readonly sandbox: string
  /** An instant with seven fraction digits. */
  readonly timeUnlocked: string
  readonly endpoint: Pick<NotificationEndpoint, 'xuid' | 'titleId' | 'locale' | 'location' | 'origin'>
}

/**
 * Writes the data of the event for an unlock: the members that Microsoft's client reads, in its order [xsapi], in both
 * dialects. Its older versions fail without a description or rarity, so that both are always there.
 */
export function writeUnlockEvent ({ definition, sandbox, timeUnlocked, endpoint }: NotifiedUnlock, { catalogue }: Pick<Store, 'catalogue'>): string {
  const { row, id, mediaAssets, gamerscore, deeplink } = definition
  const { xuid, titleId, locale, location, origin } = endpoint
  const { name, description } = catalogue.findText(row, createLocaleChooser(locale, location)(definition.locales))
  const { url } = mediaAssets.find(({ type }) => type === 'Icon') ?? drawnIconOf(definition, { name, origin })
  const { currentCategory, currentPercentage } = toRarity(catalogue.findPopularity(row, sandbox))
  return JSON.stringify({
    service: 'achievements',
    achievementId: String(id),
    achievementDescription: description,
    achievementName: name,
    achievementIcon: url,
    // In quotes, while gamerscore is a number: the client takes neither in the other form.
    titleId: String(titleId),
    gamerscore,
    xuid,
    extendedInfoUrl: deeplink,
    // A fraction, where the list has percent.
    rarityPercentage: Math.round(currentPercentage) / 100,
    rarityCategory: currentCategory,
    // Three digits, as in the other events of this channel. [rta-frame]
    unlockTime: `${timeUnlocked.slice(0, 23)}Z`
  })
}
