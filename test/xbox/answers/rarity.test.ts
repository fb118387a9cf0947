import t from 'tap'
import { representRarity } from '../../../src/xbox/answers/rarity.ts'

t.test('the share of the players, in percent with two decimals; rare below 10, nothing of a title that nobody has played', async (t) => {
  for (const [unlockers, players, currentCategory, currentPercentage] of [
    [0, 0, 'Unset', 0],
    [0, 5, 'Rare', 0],
    [999, 10_000, 'Rare', 9.99],
    [1, 10, 'Common', 10],
    [6241, 10_000, 'Common', 62.41],
    [2, 3, 'Common', 66.67],
    [7, 7, 'Common', 100]
  ] as const) {
    t.strictSame(representRarity({ unlockers, players }), { currentCategory, currentPercentage })
  }
})
