/**
 * Returns a function that tells whether a text matches a pattern, in which `*` stands for any characters.
 *
 * The parts between the stars are searched for once each, from left to right. A regular expression would
 * backtrack: its time grows with a power of the number of stars.
 */
export function createStarMatcher (pattern: string): (text: string) => boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  return (text) => {
    if (last === undefined) return text === first
    if (!text.startsWith(first)) return false
    let end = first.length
    for (const part of others) {
      const start = text.indexOf(part, end)
      end = start === -1 ? Infinity : start + part.length
    }
    return end + last.length <= text.length && text.endsWith(last)
  }
}
