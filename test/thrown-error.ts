/**
 * What a call throws, to be compared whole: tap's own `throws` compares strings by what they contain.
 */
export function thrownBy (call: () => unknown): Error {
  try {
    call()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
