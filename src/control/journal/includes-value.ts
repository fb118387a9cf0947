import { numberText, symbolText } from '../../base/exact-json.ts'

/**
 * Tells whether a JSON value has all that another one has: of an object the members that are given, at any depth; of a
 * list an element for each that is given, in the same order; any other value the same one.
 */
export function includesValue (value: unknown, given: unknown): boolean {
  if (Array.isArray(given)) return Array.isArray(value) && includesElements(value, given)
  if (typeof given === 'object' && given !== null) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) &&
      Object.entries(given).every(([name, member]) => Object.hasOwn(value, name) && includesValue((value as Record<string, unknown>)[name], member))
  }
  return value === given || isSameNumber(value, given)
}

function includesElements (list: readonly unknown[], given: readonly unknown[]): boolean {
  let found = 0
  for (const element of list) if (found < given.length && includesValue(element, given[found])) found++
  return found === given.length
}

/** A number of a body that JavaScript cannot hold is a symbol: base/exact-json.ts. A program gives one that is rounded, or a bigint. */
function isSameNumber (value: unknown, given: unknown): boolean {
  if (typeof given === 'bigint') return numberText(value) === String(given)
  const text = symbolText(value)
  return text !== undefined && (typeof given === 'number' ? Number(text) === given : text === symbolText(given))
}
