import { getHeapStatistics } from 'node:v8'

/** How deep a body or world may be nested: none comes near it, the picture of a reward lies eight levels down. */
export const DEEPEST = 32

/** How much memory a list or object takes on average, with what is in it, in bytes. Of empty ones, three bytes of JSON take sixty. */
const EACH = 512

/** How many lists and objects may be read at once: so many that what Node may use of memory holds them. */
export const MOST_CONTAINERS = Math.floor(getHeapStatistics().heap_size_limit / EACH)

/**
 * What is too much about a JSON text: that its lists and objects lie too deep inside each other, because
 * what is done with a value later goes down into it by recursion, which has an end; or that they are too
 * many, because Node ends when its memory does. So the text is looked at before it is parsed.
 *
 * @returns what was found and what was expected; undefined when nothing is too much.
 */
export function findExcess (text: string, most = MOST_CONTAINERS): string | undefined {
  let depth = 0
  let count = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at)
        break
      case 0x5B: case 0x7B: // [ {
        if (++depth > DEEPEST) return `nested more than ${DEEPEST} levels deep; expected ${DEEPEST} at most`
        if (++count > most) return `more than ${most} lists and objects; expected ${most} at most, for the memory that there is`
        break
      case 0x5D: case 0x7D: // ] }
        depth--
    }
  }
  return undefined
}

/** Where the string that begins at a quotation mark ends; the end of the text when it does not. */
export function endOfString (text: string, start: number): number {
  let end = start
  do {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
  } while (isEscaped(text, end))
  return end
}

const BACKSLASH = 0x5C

/** True after an odd number of backslashes: the others escape each other. */
function isEscaped (text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before--
  return (at - before) % 2 === 1
}
