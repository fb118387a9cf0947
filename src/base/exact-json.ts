import { endOfString, MOST_CONTAINERS } from './json-limits.ts'

/**
 * Keeps the numbers of JSON texts as they were sent. JSON numbers can have any number of digits, but
 * JavaScript rounds integers beyond 2^53, and reads 1e400 as Infinity.
 *
 * A number that JavaScript would write differently is read as a symbol whose description is the text that
 * was sent. A symbol, because no schema takes it for a number, string or object. Where a schema accepts the
 * nearest number, `fillDefaults` replaces the symbol by that number. Integers of at most 53 bits are read as
 * numbers however they are written (`1.0`, `1e3`): XUIDs are the only ids that are longer.
 */

/** Numbers that JavaScript always writes in the same way. Matching them is faster than parsing them. */
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/

/**
 * Longer texts are parsed without keeping numbers. V8 keeps the text of every number for a reviver, which
 * takes a hundred bytes for each, and thirty times as long. A text of at most this length cannot contain more
 * numbers than fit into the memory.
 */
const LONGEST_EXACT_TEXT = MOST_CONTAINERS

/**
 * Parses a JSON text. A number that JavaScript would write differently, and that is not an integer of at most
 * 53 bits, becomes a symbol.
 *
 * @throws {SyntaxError} when it is not JSON.
 */
export function parseExactJson (text: string, longest = LONGEST_EXACT_TEXT): unknown {
  if (text.length > longest || !hasInexact(text)) return JSON.parse(text)
  // TypeScript's types do not have the third argument of a reviver, the source text.
  return JSON.parse(text, keepInexact as (name: string, value: unknown) => unknown)
}

/** The message of a JSON.parse error without the part of the text that it quotes, which may hold a token. */
export const withoutQuote = (message: string): string => message.replace(/, [^,]*"[^]* is not valid JSON$/, '')

/** Writes a value as JSON, with its numbers as they were sent. */
export const stringifyExactJson = (value: unknown): string => JSON.stringify(value, writeInexact)

/** A number as it was sent; undefined for any other value. */
export function numberText (value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : symbolText(value)
}

/** The number that a symbol stands for, as it was sent; undefined for any other value. */
export const symbolText = (value: unknown): string | undefined => typeof value === 'symbol' ? value.description : undefined

const isInexact = (value: number, source: string): boolean => !Number.isSafeInteger(value) && String(value) !== source

const keepInexact = (_name: string, value: unknown, { source }: { source: string }): unknown =>
  typeof value === 'number' && isInexact(value, source) ? Symbol(source) : value

const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => object }

function writeInexact (_name: string, value: unknown): unknown {
  const text = symbolText(value)
  return text === undefined ? value : rawJSON(text)
}

/** Tells whether a text contains a number that would become a symbol. */
function hasInexact (text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) { // "
      at = endOfString(text, at)
    } else if (code === 0x2D || isDigit(code)) { // -
      const start = at
      while (isInNumber(text.charCodeAt(at + 1))) at++
      const number = text.slice(start, at + 1)
      if (!PLAIN_INTEGER.test(number) && isInexact(Number(number), number)) return true
    }
  }
  return false
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** A digit, or one of `+`, `-`, `.`, `E`, `e`. */
const isInNumber = (code: number): boolean =>
  isDigit(code) || code === 0x2B || code === 0x2D || code === 0x2E || code === 0x45 || code === 0x65
