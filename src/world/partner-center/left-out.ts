import type { LocalizedText, MediaAsset, Reward } from '../../model/achievement.ts'
import type { WorldAchievement } from '../schema.ts'
import { isWritable } from '../../base/escape-xml.ts'
import { ICON_ID, iconUrlOf } from './title-file.ts'

/** What Partner Center's documents hold of an achievement, besides its texts and flags. */
export interface Held {
  readonly gamerscore: string | undefined
  readonly icon: MediaAsset | undefined
  readonly deepLink: string | undefined
  /** What they do not hold, to be read. */
  readonly leftOut: readonly string[]
}

/** @param iconUrl the pattern by which title.json tells where images are; one elsewhere is lost. */
export function hold (achievement: WorldAchievement, iconUrl: string | undefined): Held {
  const { rewards, mediaAssets, deeplink } = achievement
  // By place, as an object may occur twice.
  const reward = rewards.findIndex(isPlainGamerscore)
  const picture = mediaAssets.findIndex(({ name, type }) => type === 'Icon' && isToken(name))
  const icon = mediaAssets[picture]
  const deepLink = deeplink !== null && isToken(deeplink) ? deeplink : undefined
  const leftOut = [
    ...otherMembers(achievement),
    ...rewards.filter((_each, place) => place !== reward).map(({ type, value }) => `reward ${JSON.stringify({ type, value })}`),
    ...mediaAssets.filter((_each, place) => place !== picture).map(({ type, name }) => `media asset ${JSON.stringify({ type, name })}`),
    ...icon !== undefined && icon.url !== (iconUrl && iconUrlOf(icon.name, iconUrl)) ? [`url ${JSON.stringify(icon.url)} of its icon`] : [],
    ...deeplink !== null && deepLink === undefined ? [`deeplink ${JSON.stringify(deeplink)}`] : []
  ]
  return { gamerscore: rewards[reward]?.value, icon, deepLink, leftOut }
}

/**
 * The pattern of the addresses of icons, of as many as possible: where the name of an icon is in its
 * URL, `{id}` stands for it.
 */
export function findIconUrl (achievements: readonly WorldAchievement[]): string | undefined {
  const icons = achievements.flatMap((achievement) => hold(achievement, undefined).icon ?? [])
  const counts = new Map<string, number>()
  for (const pattern of icons.flatMap(patternsOf)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** A short name is in its URL by chance, too; it is looked for a few times. */
function patternsOf ({ name, url }: MediaAsset): string[] {
  const parts = url.split(name)
  return parts.slice(1, 9).map((_part, index) => parts.slice(0, index + 1).join(name) + ICON_ID + parts.slice(index + 1).join(name))
}

/** Members that the documents have no element for, when they say something. */
function otherMembers ({ achievementType, participationType, timeWindow, requirements, estimatedTime, xbox360, igdb, ...texts }: WorldAchievement): string[] {
  const said: Record<string, boolean> = {
    achievementType: achievementType !== 'Persistent',
    participationType: participationType !== 'Individual',
    timeWindow: timeWindow !== null,
    requirements: requirements.length > 0,
    estimatedTime: estimatedTime !== null,
    xbox360: xbox360.imageId !== 0 || xbox360.type !== 1,
    igdb: igdb !== null,
    ...Object.fromEntries((['name', 'description', 'lockedDescription'] as const).map((name) => [`characters of the ${name} that XML does not have`, !isWritableText(texts[name])]))
  }
  return Object.keys(said).filter((name) => said[name])
}

const isPlainGamerscore = ({ type, name, description, valueType, mediaAsset }: Reward | WorldAchievement['rewards'][number]): boolean =>
  type === 'Gamerscore' && name === null && description === null && mediaAsset === null && (valueType === null || valueType === 'Int')

/** What an element holds that is read without the space around it. */
const isToken = (text: string): boolean => text !== '' && text === text.trim() && isWritable(text)

const isWritableText = (text: LocalizedText | null): boolean =>
  Object.values(typeof text === 'string' ? { text } : text ?? {}).every(isWritable)
