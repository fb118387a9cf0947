import { cutToMilliseconds } from '../../base/instant.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { PlayedTitle } from '../../model/played-title.ts'
import type { Page } from './page.ts'

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

/** A page of the history under V2; under V1 a version follows. */
export function toTitleHistory<T> ({ items, continuationToken, totalRecords }: Page<T>) {
  return { titles: items, pagingInfo: { continuationToken, totalRecords } }
}
