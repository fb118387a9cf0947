/**
 * Numbers that look random and follow from two others: the seed of a run and the number of what is made.
 * So whatever was made can be made again alone. Fast, and good enough for choosing: mulberry32.
 */
export class Random {
  #state: number

  constructor (seed: number, number: number) {
    this.#state = scramble(scramble(seed) ^ scramble(number + 0x9E3779B9))
  }

  /** From 0, less than 1. */
  fraction (): number {
    this.#state = (this.#state + 0x6D2B79F5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** An integer from 0, less than `end`. */
  below (end: number): number { return Math.floor(this.fraction() * end) }

  /** True once in so many times. */
  once (times: number): boolean { return this.below(times) === 0 }

  pick<T> (items: readonly T[]): T { return items[this.below(items.length)] as T }

  /** One of pairs of a weight and an item; the heavier the likelier. */
  weighted<T> (items: ReadonlyArray<readonly [weight: number, item: T]>): T {
    let rest = this.fraction() * items.reduce((sum, [weight]) => sum + weight, 0)
    return (items.find(([weight]) => (rest -= weight) < 0) ?? items.at(-1) as readonly [number, T])[1]
  }

  /** So many of what is made, each made anew. */
  times<T> (count: number, make: () => T): T[] { return Array.from({ length: count }, make) }
}

/** Neighbouring numbers become ones that have nothing in common: the finalizer of MurmurHash3. */
function scramble (number: number): number {
  let mixed = number | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85EBCA6B)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xC2B2AE35)
  return mixed ^ (mixed >>> 16)
}
