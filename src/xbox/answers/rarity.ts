import type { Popularity } from '../../model/progress.ts'
import type { EquallyRareUnlocks } from '../../model/played-title.ts'

/** Below this share of a title's players an achievement is rare, in percent. */
const RARE_BELOW = 10

/**
 * How rare an achievement is: the share of the title's players who unlocked it, in percent with two
 * decimals. Of a title that nobody has played there is none: `Unset` [xsapi].
 */
export function representRarity ({ players, unlockers }: Popularity) {
  if (players === 0) return { currentCategory: 'Unset', currentPercentage: 0 }
  const percentage = Math.round(unlockers / players * 10_000) / 100
  return { currentCategory: percentage < RARE_BELOW ? 'Rare' : 'Common', currentPercentage: percentage }
}

/** The words for how rare something is, the rarest first. */
const RAREST_FIRST = ['Rare', 'Common']

/** How many of a title's achievements a user has unlocked of each category: what the history of a title tells. */
export function representRareUnlocks (unlocks: readonly EquallyRareUnlocks[]) {
  const counts = new Map<string, number>()
  for (const alike of unlocks) {
    const { currentCategory } = representRarity(alike)
    counts.set(currentCategory, (counts.get(currentCategory) ?? 0) + alike.unlocks)
  }
  return RAREST_FIRST.filter((category) => counts.has(category))
    .map((category, index) => ({ rarityCategory: category, numUnlocks: counts.get(category), isRarestCategory: index === 0 }))
}
