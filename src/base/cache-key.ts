/**
 * Refuses to compile what JSON does not say in full: a Map, a Set, a function, `undefined`. Two inputs
 * that differ would have the same text.
 */
export type Plain<I> = I & Said<I>

type Said<I> =
  I extends string | number | boolean | null ? I
    : I extends (...args: never[]) => unknown ? never
      : I extends object ? { readonly [K in keyof I]: Said<I[K]> }
        : never

/** The key of an input: all that is in it, whatever it has. A member that is added later is in it, too. */
export const keyOf = <I>(input: Plain<I>): string => JSON.stringify(input)
