import type { Dialect } from '../../model/dialect.ts'
import { cutToMilliseconds } from '../../base/instant.ts'
import type { PlayedTitle } from '../../model/played-title.ts'
import { toRareUnlocks } from './rarity.ts'
import type { Page } from './page.ts'

/** The member of a title that only the contracts with rarity have. */
export const toTitleRarity = ({ unlocks }: PlayedTitle) => ({ rareUnlocks: toRareUnlocks(unlocks) })

/** A title of the history under V1. Its times end with milliseconds [recorded]. */
export function toPlayedTitleV1 (title: PlayedTitle) {
  return {
    lastPlayed: cutToMilliseconds(title.lastPlayed),
    currentAchievements: title.earnedAchievements,
    currentGamerscore: title.currentGamerscore,
    sequence: title.sequence,
    titleId: title.titleId,
    titleType: title.xbox360.titleType,
    platforms: title.xbox360.platforms,
    name: title.name,
    totalAchievements: title.totalAchievements,
    totalGamerscore: title.maxGamerscore
  }
}

/**
 * A title of the history under V2. The documented dialect alone has its version. In the live dialect the
 * time of the last unlock is as in the list: it ends with milliseconds in a title-managed title [decision].
 */
export function toPlayedTitle (title: PlayedTitle, dialect: Dialect) {
  const isDocumented = dialect === 'documented'
  return {
    lastUnlock: isDocumented || title.system !== 'titleManaged' ? title.lastUnlock : cutToMilliseconds(title.lastUnlock),
    titleId: title.titleId,
    ...isDocumented && { titleVersion: title.version },
    serviceConfigId: title.serviceConfigId,
    titleType: title.titleType,
    platform: title.platforms[0] ?? null,
    name: title.name,
    earnedAchievements: title.earnedAchievements,
    currentGamerscore: title.currentGamerscore,
    maxGamerscore: title.maxGamerscore
  }
}

/** A page of the history under V2. */
export function toTitleHistory<T> ({ items, continuationToken, totalRecords }: Page<T>) {
  return { titles: items, pagingInfo: { continuationToken, totalRecords } }
}

/**
 * A page of the history under V1.
 *
 * @param version the instant at which the first page was read.
 */
export function toTitleHistoryV1<T> (page: Page<T>, version: string) {
  return { ...toTitleHistory(page), version }
}
