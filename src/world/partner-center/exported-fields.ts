import { isXmlText } from '../../base/escape-xml.ts'
import type { LocalizedText, MediaAsset } from '../../model/achievement.ts'
import type { WorldAchievement, WorldReward } from '../schema.ts'
import { ICON_ID, iconUrlOf } from './title-file.ts'

/** The members of an achievement that Partner Center's documents have an element for, besides texts and booleans. */
export interface ExportedFields {
  readonly gamerscore: string | undefined
  readonly icon: MediaAsset | undefined
  readonly deepLink: string | undefined
  /** What the documents cannot express, in words. */
  readonly lost: readonly string[]
}

/** @param iconUrl the pattern of title.json for the URLs of images; the URL of an icon that does not fit it is lost. */
export function exportFields (achievement: WorldAchievement, iconUrl: string | undefined): ExportedFields {
  const { rewards, mediaAssets, deeplink } = achievement
  // Indexes, as a list may contain the same object twice.
  const rewardIndex = rewards.findIndex(isPlainGamerscore)
  const iconIndex = mediaAssets.findIndex(({ name, type }) => type === 'Icon' && isToken(name))
  const icon = mediaAssets[iconIndex]
  const deepLink = deeplink !== null && isToken(deeplink) ? deeplink : undefined
  const lost = [
    ...lostMembers(achievement),
    ...rewards.filter((_each, index) => index !== rewardIndex).map(({ type, value }) => `reward ${JSON.stringify({ type, value })}`),
    ...mediaAssets.filter((_each, index) => index !== iconIndex).map(({ type, name }) => `media asset ${JSON.stringify({ type, name })}`),
    ...icon !== undefined && icon.url !== (iconUrl && iconUrlOf(icon.name, iconUrl)) ? [`url ${JSON.stringify(icon.url)} of its icon`] : [],
    ...deeplink !== null && deepLink === undefined ? [`deeplink ${JSON.stringify(deeplink)}`] : []
  ]
  return { gamerscore: rewards[rewardIndex]?.value, icon, deepLink, lost }
}

/**
 * The pattern that fits the URLs of most icons: the URL of an icon, with `{id}` instead of the icon's name.
 * Undefined when no URL contains the name of its icon.
 */
export function findIconUrl (achievements: readonly WorldAchievement[]): string | undefined {
  const icons = achievements.flatMap((achievement) => exportFields(achievement, undefined).icon ?? [])
  const counts = new Map<string, number>()
  for (const pattern of icons.flatMap(patternsOf)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** A pattern for each occurrence of the name in the URL, as a short name may occur by chance; at most eight. */
function patternsOf ({ name, url }: MediaAsset): string[] {
  const parts = url.split(name)
  return parts.slice(1, 9).map((_part, index) => parts.slice(0, index + 1).join(name) + ICON_ID + parts.slice(index + 1).join(name))
}

/** The members that the documents have no element for, where they are not the default. */
function lostMembers ({ achievementType, participationType, timeWindow, requirements, estimatedTime, xbox360, igdb, ...texts }: WorldAchievement): string[] {
  const isLost: Record<string, boolean> = {
    achievementType: achievementType !== 'Persistent',
    participationType: participationType !== 'Individual',
    timeWindow: timeWindow !== null,
    requirements: requirements.length > 0,
    estimatedTime: estimatedTime !== null,
    xbox360: xbox360.imageId !== 0 || xbox360.type !== 1,
    igdb: igdb !== null,
    ...Object.fromEntries((['name', 'description', 'lockedDescription'] as const).map((name) => [`characters of the ${name} that XML does not have`, !isWritableText(texts[name])]))
  }
  return Object.keys(isLost).filter((name) => isLost[name])
}

const isPlainGamerscore = ({ type, name, description, valueType, mediaAsset }: WorldReward): boolean =>
  type === 'Gamerscore' && name === null && description === null && mediaAsset === null && (valueType === null || valueType === 'Int')

/** Whether a text survives in an element that is read without the space around it. */
const isToken = (text: string): boolean => text !== '' && text === text.trim() && isXmlText(text)

const isWritableText = (text: LocalizedText | null): boolean =>
  Object.values(typeof text === 'string' ? { text } : text ?? {}).every(isXmlText)
