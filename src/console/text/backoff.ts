/** The first wait and the longest, in ms. */
const [FIRST, LONGEST] = [500, 15_000]

/**
 * How long to wait before the next attempt, in ms: each time twice as long, and up to a quarter less, so that
 * many windows do not come at once.
 *
 * @param failed how many attempts have failed in a row, from 1 on.
 * @param chance from 0 up to 1.
 */
export const waitBefore = (failed: number, chance: number): number => Math.round(Math.min(LONGEST, FIRST * 2 ** (failed - 1)) * (1 - chance / 4))
