import { endOfString, MOST_CONTAINERS } from './json-bounds.ts'

/**
 * Numbers of JSON texts as they were sent: JSON has no end of digits, where a JavaScript number rounds
 * beyond 2^53 and has no 1e400.
 *
 * A number that JavaScript would write otherwise is read as a symbol, whose description is the number as
 * it was sent: no schema takes it for a number, a text or an object, and nothing looks inside. Where a
 * schema takes the nearest number, `fillDefaults` puts that in its place. What JavaScript reads as an
 * integer of at most 53 bits is that number, however it is written (`1.0`, `1e3`): all ids but XUIDs are.
 */

/** Numbers that JavaScript writes exactly so; they need not be parsed to know that. */
const PLAIN = /^(?:0|-?[1-9]\d{0,14})$/

/**
 * Longer texts are read as JavaScript does it: for a reviver V8 keeps the text of every number, which takes
 * a hundred bytes each, and thirty times as long. A text of as many characters as there may be lists and
 * objects cannot have more numbers than the memory holds.
 */
const LONGEST = MOST_CONTAINERS

/**
 * A JSON text as a value, in which a number of more than 53 bits, or with a fraction, that JavaScript
 * would write otherwise is a symbol.
 *
 * @throws {SyntaxError} when it is not JSON.
 */
export function parseNumbers (text: string, longest = LONGEST): unknown {
  if (text.length > longest || !hasInexact(text)) return JSON.parse(text)
  // What the text of a value was is not among TypeScript's types.
  return JSON.parse(text, keepInexact as (name: string, value: unknown) => unknown)
}

/** A value as JSON, its numbers as they were sent. */
export const writeNumbers = (value: unknown): string => JSON.stringify(value, writeInexact)

/** A number as it was sent; undefined for what is none. */
export function textOfNumber (value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : textOfInexact(value)
}

/** What a symbol stands for; undefined for anything else. */
export const textOfInexact = (value: unknown): string | undefined => typeof value === 'symbol' ? value.description : undefined

const isInexact = (value: number, source: string): boolean => !Number.isSafeInteger(value) && String(value) !== source

const keepInexact = (_name: string, value: unknown, { source }: { source: string }): unknown =>
  typeof value === 'number' && isInexact(value, source) ? Symbol(source) : value

const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => object }

function writeInexact (_name: string, value: unknown): unknown {
  const text = textOfInexact(value)
  return text === undefined ? value : rawJSON(text)
}

/** True when a number of a text would be a symbol. */
function hasInexact (text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) { // "
      at = endOfString(text, at)
    } else if (code === 0x2D || isDigit(code)) { // -
      const start = at
      while (isInNumber(text.charCodeAt(at + 1))) at++
      const number = text.slice(start, at + 1)
      if (!PLAIN.test(number) && isInexact(Number(number), number)) return true
    }
  }
  return false
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** A digit, or one of `+`, `-`, `.`, `E`, `e`. */
const isInNumber = (code: number): boolean =>
  isDigit(code) || code === 0x2B || code === 0x2D || code === 0x2E || code === 0x45 || code === 0x65
