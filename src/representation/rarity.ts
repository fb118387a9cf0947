import type { Popularity } from '../domain.ts'

/** Below this share of a title's players an achievement is rare, in percent. */
const RARE_BELOW = 10

/** How rare an achievement is: the share of the title's players who unlocked it, in percent with two decimals. */
export function representRarity ({ players, unlockers }: Popularity) {
  const percentage = players === 0 ? 0 : Math.round(unlockers / players * 10_000) / 100
  return { currentCategory: percentage < RARE_BELOW ? 'Rare' : 'Common', currentPercentage: percentage }
}
