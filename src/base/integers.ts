/**
 * Decimal integers as the service's URIs and headers carry them: digits alone, no sign, no spaces,
 * no exponent; leading zeros do not change a number.
 */

const DIGITS = /^\d+$/
export const MAX_SIGNED_32 = 2_147_483_647
export const MAX_UNSIGNED_32 = 4_294_967_295
const MAX_UNSIGNED_64 = 18_446_744_073_709_551_615n

/** An unsigned 32-bit integer; undefined when the text is not one. */
export function readUnsigned32 (text: string): number | undefined {
  const value = Number(text)
  return DIGITS.test(text) && value <= MAX_UNSIGNED_32 ? value : undefined
}

/** An integer from 1 to the largest unsigned one of 32 bits; undefined when the text is not one. */
export const readPositive32 = (text: string): number | undefined => readUnsigned32(text) || undefined

/** An integer from 0 to the largest signed one of 32 bits; undefined when the text is not one. */
export function readSigned32 (text: string): number | undefined {
  const value = readUnsigned32(text)
  return value === undefined || value > MAX_SIGNED_32 ? undefined : value
}

/** The canonical decimal of an unsigned 64-bit integer; undefined when the text is not one. */
export function readUnsigned64 (text: string): string | undefined {
  if (!DIGITS.test(text)) return undefined
  const digits = text.replace(/^0+(?=\d)/, '')
  // More than 20 digits never fit. Checked first, because BigInt takes long for a long text.
  return digits.length <= 20 && BigInt(digits) <= MAX_UNSIGNED_64 ? digits : undefined
}

/** True when a text is a 32-bit number in hexadecimal, without `0x`, that cannot be read as a decimal number: it has a letter. */
export const isHexadecimalOnly = (text: string): boolean => /^(?=\d*[a-f])[\da-f]{1,8}$/i.test(text)
