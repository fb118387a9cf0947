import type { Popularity } from '../domain.ts'

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
