import type { EquallyRareUnlocks } from '../model/played-title.ts'
import type { Popularity } from '../model/progress.ts'

/** Below this share of a title's players an achievement is rare, in percent. */
const RARE_BELOW = 10

/**
 * The rarity of an achievement: the share of the title's players who unlocked it, in percent with two
 * decimals. It is `Unset` while nobody has played the title [xsapi].
 */
export function toRarity ({ players, unlockers }: Popularity) {
  if (players === 0) return { currentCategory: 'Unset', currentPercentage: 0 }
  const percentage = Math.round(unlockers / players * 10_000) / 100
  return { currentCategory: percentage < RARE_BELOW ? 'Rare' : 'Common', currentPercentage: percentage }
}

/** The categories, the rarest first. */
const RAREST_FIRST = ['Rare', 'Common']

/** The number of achievements of each category that a user has unlocked in a title, for the title history. */
export function toRareUnlocks (unlocks: readonly EquallyRareUnlocks[]) {
  const counts = new Map<string, number>()
  for (const equallyRare of unlocks) {
    const { currentCategory } = toRarity(equallyRare)
    counts.set(currentCategory, (counts.get(currentCategory) ?? 0) + equallyRare.unlocks)
  }
  return RAREST_FIRST.filter((category) => counts.has(category))
    .map((category, index) => ({ rarityCategory: category, numUnlocks: counts.get(category), isRarestCategory: index === 0 }))
}
