/** How many letters of a word may be wrong for another to be meant. */
const MOST_WRONG = 3

/** The word that is most like another, in any letter case; undefined when none is like it. Of equally near ones, the first. */
export function nearestTo (word: string, words: readonly string[]): string | undefined {
  // A word of a few letters becomes any other by changing them all.
  let least = Math.min(MOST_WRONG, word.length / 2)
  let nearest: string | undefined
  for (const other of words) {
    const distance = distanceOf(word.toLowerCase(), other.toLowerCase(), least)
    if (distance > least || (nearest !== undefined && distance === least)) continue
    least = distance
    nearest = other
  }
  return nearest
}

/**
 * How many letters have to be added, taken away or changed to make one word of the other: the Levenshtein distance.
 *
 * @param most from which distance on it does not matter; words that differ more in length are not compared.
 */
function distanceOf (one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return Infinity
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (let end = 1; end <= other.length; end++) {
      const [above = 0, before = 0, left = 0] = [row[end], row[end - 1], next[end - 1]]
      next.push(Math.min(above + 1, left + 1, before + (letter === other[end - 1] ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) as number
}
