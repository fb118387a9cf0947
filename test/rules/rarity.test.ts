import t from 'tap'
import { toRarity } from '../../src/rules/rarity.ts'

t.test('the share of the players, in percent with two decimals: Rare below 10, Unset while nobody has played the title', async (t) => {
  for (const [unlockers, players, currentCategory, currentPercentage] of [
    [0, 0, 'Unset', 0],
    [0, 5, 'Rare', 0],
    [999, 10_000, 'Rare', 9.99],
    [1, 10, 'Common', 10],
    [6241, 10_000, 'Common', 62.41],
    [2, 3, 'Common', 66.67],
    [7, 7, 'Common', 100]
  ] as const) {
    t.strictSame(toRarity({ unlockers, players }), { currentCategory, currentPercentage })
  }
})
