/**
 * A value that JSON writes completely. What JSON leaves out (a Map, a Set, a function, `undefined`) does
 * not compile: two values that differ only there would have the same key.
 */
export type JsonInput<I> = I & WrittenByJson<I>

type WrittenByJson<I> =
  I extends string | number | boolean | null ? I
    : I extends (...args: never[]) => unknown ? never
      : I extends object ? { readonly [K in keyof I]: WrittenByJson<I[K]> }
        : never

/** The key of an input. It is made of every member, so that a member which is added later is part of the key, too. */
export const cacheKey = <I>(input: JsonInput<I>): string => JSON.stringify(input)
