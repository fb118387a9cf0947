import { getHeapStatistics } from 'node:v8'

/** How deep a body or world may be nested. The deepest member of a world, the picture of a reward, is eight levels down. */
const MOST_LEVELS = 32

/**
 * How much memory a list or object takes on average with what is in it, in bytes. The length of the text says
 * little of that: an empty list takes three bytes of JSON, and sixty of memory.
 */
const CONTAINER_SIZE = 512

/** How many lists and objects a text may contain: as many as fit into the memory that Node may use. */
export const MOST_CONTAINERS = Math.floor(getHeapStatistics().heap_size_limit / CONTAINER_SIZE)

/**
 * Tells what is too large about a JSON text, before it is parsed. Lists and objects that are nested too deep
 * would overflow the stack of recursive functions; too many of them would use up the memory, which ends the
 * process.
 *
 * @returns what was found and what was expected; undefined when nothing is too large.
 */
export function findExceededLimit (text: string, most = MOST_CONTAINERS): string | undefined {
  let depth = 0
  let count = 0
  for (let at = nextBracket(text, 0); at < text.length; at = nextBracket(text, at + 1)) {
    if (!isOpening(text, at)) {
      depth--
      continue
    }
    if (++depth > MOST_LEVELS) return `nested more than ${MOST_LEVELS} levels deep; expected ${MOST_LEVELS} at most`
    if (++count > most) return `more than ${most} lists and objects; expected ${most} at most, for the memory that there is`
  }
  return undefined
}

/** The index of the first bracket or brace from `start` on that is outside of a string; the length of the text when there is none. */
function nextBracket (text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at)
        break
      case 0x5B: case 0x7B: case 0x5D: case 0x7D: // [ { ] }
        return at
    }
  }
  return text.length
}

/** True for the bracket or brace that begins a list or object. */
const isOpening = (text: string, at: number): boolean => text.charCodeAt(at) === 0x5B || text.charCodeAt(at) === 0x7B

/** The index of the closing quotation mark of the string that begins at `start`; the length of the text when there is none. */
export function endOfString (text: string, start: number): number {
  let end = start
  do {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
  } while (isEscaped(text, end))
  return end
}

const BACKSLASH = 0x5C

/** True after an odd number of backslashes: two backslashes are one escaped backslash. */
function isEscaped (text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before--
  return (at - before) % 2 === 1
}

/**
 * The part of a text that is its first JSON list or object, without what follows it. Whether it is JSON is for a
 * parser to say: of any other text it is the whole.
 */
export function firstJsonValue (text: string): string {
  let depth = 0
  for (let at = nextBracket(text, 0); at < text.length; at = nextBracket(text, at + 1)) {
    depth += isOpening(text, at) ? 1 : -1
    if (depth <= 0) return text.slice(0, at + 1)
  }
  return text
}
