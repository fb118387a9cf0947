/**
 * Pseudo-random numbers that are derived from the seed of a run and the number of what is made with them.
 * So each thing can be made again without the others. The generator is mulberry32: fast, and good enough for choices.
 */
export class Random {
  #state: number

  constructor (seed: number, number: number) {
    this.#state = scramble(scramble(seed) ^ scramble(number + 0x9E3779B9))
  }

  /** A number from 0 to less than 1. */
  fraction (): number {
    this.#state = (this.#state + 0x6D2B79F5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** An integer from 0 to less than `end`. */
  below (end: number): number { return Math.floor(this.fraction() * end) }

  /** True once in `times` times, on average. */
  once (times: number): boolean { return this.below(times) === 0 }

  pick<T> (items: readonly T[]): T { return items[this.below(items.length)] as T }

  /** One of the items, with a probability in proportion to its weight. */
  weighted<T> (items: ReadonlyArray<readonly [weight: number, item: T]>): T {
    let rest = this.fraction() * items.reduce((sum, [weight]) => sum + weight, 0)
    return (items.find(([weight]) => (rest -= weight) < 0) ?? items.at(-1) as readonly [number, T])[1]
  }

  /** Calls a function `count` times, and returns its results. */
  times<T> (count: number, make: () => T): T[] { return Array.from({ length: count }, make) }
}

/** Makes very different numbers of neighbouring ones: the finalizer of MurmurHash3. */
function scramble (number: number): number {
  let mixed = number | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85EBCA6B)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xC2B2AE35)
  return mixed ^ (mixed >>> 16)
}
