/** JSON texts in which a number may be that JavaScript would write differently. */
const MAY_BE_INEXACT = /\d{16}|\d[.eE]/

// TypeScript's types have neither of both.
type Reviver = (name: string, value: unknown, context?: { readonly source?: string }) => unknown
const { rawJSON } = JSON as unknown as { readonly rawJSON?: (text: string) => unknown }

/**
 * Parses a JSON text. Numbers of any length stay as they are written: one that JavaScript would round becomes what
 * `JSON.stringify` writes as it was. A browser that does not know how rounds them.
 *
 * @throws {SyntaxError} when it is not JSON.
 */
export function parseWithNumbers (text: string, toRaw: typeof rawJSON | null = rawJSON): unknown {
  if (toRaw == null || !MAY_BE_INEXACT.test(text)) return JSON.parse(text)
  const keep: Reviver = (_name, value, context) => {
    const source = context?.source
    return typeof value !== 'number' || source === undefined || Number.isSafeInteger(value) || String(value) === source ? value : toRaw(source)
  }
  return JSON.parse(text, keep)
}
