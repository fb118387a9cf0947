import fc from 'fast-check'

/** Parts of random worlds. */

export const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('', '"', '\\', '\u0000', 'null', '%00', '__proto__'))
export const filled = text.map((value) => `x${value}`)
export const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null })
export const instant = fc.tuple(fc.integer({ min: 0, max: 250_000_000_000 }), fc.constantFrom('', '.5', '.1234567')).map(([seconds, fraction]) =>
  new Date(seconds * 1000 - 62_135_596_800_000).toISOString().slice(0, 19) + fraction + 'Z')
