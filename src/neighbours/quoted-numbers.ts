import { numberText } from '../base/exact-json.ts'

/**
 * A copy of a value whose numbers are texts, as they were sent: clients write ids with quotes and without [playnite],
 * and a number of 64 bits would be rounded.
 */
export function quoteEveryNumber (value: unknown): unknown {
  if (Array.isArray(value)) return value.map(quoteEveryNumber)
  if (typeof value !== 'object' || value === null) return numberText(value) ?? value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, quoteEveryNumber(member)]))
}
