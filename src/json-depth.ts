/** No body and no world comes near it: a reward's picture, the deepest of a world, is eight levels down. */
export const DEEPEST = 32

const BACKSLASH = 0x5C

/**
 * True for a JSON text whose lists and objects lie more than `DEEPEST` levels inside each other. What is
 * done with a value later goes down into it by recursion, which has an end; so the text is looked at
 * before it is parsed.
 */
export function isTooDeep (text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at)
        break
      case 0x5B: case 0x7B: // [ {
        if (++depth > DEEPEST) return true
        break
      case 0x5D: case 0x7D: // ] }
        depth--
    }
  }
  return false
}

/** Where the string that begins at a quotation mark ends; the end of the text when it does not. */
function endOfString (text: string, start: number): number {
  let end = start
  do {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
  } while (isEscaped(text, end))
  return end
}

/** True after an odd number of backslashes: the others escape each other. */
function isEscaped (text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before--
  return (at - before) % 2 === 1
}
