import type { Dialect } from '../../model/dialect.ts'
import { toMilliseconds } from '../../base/instant.ts'
import type { PlayedTitle } from '../../model/played-title.ts'
import { representRareUnlocks } from './rarity.ts'
import type { Envelope } from './pages.ts'

/** What the contracts with rarity tell of a title besides. */
export const representRarityOf = ({ unlocks }: PlayedTitle) => ({ rareUnlocks: representRareUnlocks(unlocks) })

/** A title of the history under V1. Its times are milliseconds [recorded]. */
export function representPlayedV1 (title: PlayedTitle) {
  return {
    lastPlayed: toMilliseconds(title.lastPlayed),
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
 * A title of the history under V2. The documented dialect tells its version, too. In the live one an unlock
 * has the time that the list has for it: of what is title-managed, milliseconds [decision].
 */
export function representPlayed (title: PlayedTitle, dialect: Dialect) {
  const isDocumented = dialect === 'documented'
  return {
    lastUnlock: isDocumented || title.system !== 'titleManaged' ? title.lastUnlock : toMilliseconds(title.lastUnlock),
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
export function representHistory<T> ({ items, continuationToken, totalRecords }: Envelope<T>) {
  return { titles: items, pagingInfo: { continuationToken, totalRecords } }
}

/** A page of the history under V1; its version is the instant at which the first page was true. */
export function representHistoryV1<T> (envelope: Envelope<T>, version: string) {
  return { ...representHistory(envelope), version }
}
