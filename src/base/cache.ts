import { cacheKey, type JsonInput } from './cache-key.ts'

/** The options of a cache of values, each of which depends on its input and on the database alone. */
export interface CacheOptions<V> {
  /** The name of the cache, which says what is in it. */
  readonly name: string
  /** Another value once the stored values are out of date; null: no value may be stored now. */
  readonly mark: () => number | string | null
  /** The largest number of values, or, with `weigh`, their largest total weight. The oldest are removed first. */
  readonly size: number
  readonly weigh?: (value: V) => number
  /** Makes a value smaller, or faster to use. A cache with it stores a value only when it is requested for the second time. */
  readonly pack?: (value: V) => V
}

/**
 * Puts a cache before a function.
 *
 * The key is made of the whole input, and the function sees nothing else. So a value that an answer depends on
 * cannot be missing in the key, and one input cannot be given the value of another.
 *
 * @param make computes the value of an input from the database as it is now.
 * @returns the function with the cache.
 */
export type CreateCache = <I, V>(options: CacheOptions<V>, make: (input: I) => V) => (input: JsonInput<I>) => V

/** Makes caches of what is read from a database. */
export interface CacheFactory {
  /** For what depends on titles and achievements alone: valid until another world is seeded. */
  readonly definitions: CreateStoreCache
  /** For all else: valid until the next write. */
  readonly state: CreateStoreCache
}

type CreateStoreCache = <I, V>(options: Omit<CacheOptions<V>, 'mark'>, make: (input: I) => V) => (input: JsonInput<I>) => V

/** Values with longer keys are not stored: such inputs (lists of many titles, headers of many languages) are seldom repeated. */
const LONGEST_KEY = 1024
/** How many keys that were requested once are remembered; then all of them are forgotten. */
const MOST_KEYS_REMEMBERED = 1000

/** Puts a cache in memory before a function. */
export const createCache: CreateCache = ({ mark, size, weigh = () => 1, pack }, make) => {
  const values = createBoundedMap<ReturnType<typeof make>>(size, weigh)
  const isFirst = pack === undefined ? () => false : createFirstRequestCheck()
  let markOfValues: number | string | null = null
  return (input) => {
    const now = mark()
    if (now === null) return make(input)
    if (now !== markOfValues) {
      values.clear()
      markOfValues = now
    }
    const key = cacheKey(input)
    const known = values.get(key)
    if (known !== undefined) return known
    const value = make(input)
    if (value === undefined || key.length > LONGEST_KEY || isFirst(key)) return value
    return values.add(key, pack === undefined ? value : pack(value))
  }
}

/** Values by key, of which the oldest are removed when there are too many. */
function createBoundedMap<V> (size: number, weigh: (value: V) => number) {
  const values = new Map<string, V>()
  let weight = 0
  return {
    get: (key: string): V | undefined => values.get(key),

    add (key: string, added: V): V {
      weight += weigh(added)
      values.set(key, added)
      for (const [oldest, value] of values) {
        if (weight <= size) break
        values.delete(oldest)
        weight -= weigh(value)
      }
      return added
    },

    clear (): void {
      values.clear()
      weight = 0
    }
  }
}

/** Returns a function that tells whether a key is requested for the first time, as far as it remembers. */
function createFirstRequestCheck (): (key: string) => boolean {
  const requested = new Set<string>()
  return (key) => {
    if (requested.has(key)) return false
    if (requested.size >= MOST_KEYS_REMEMBERED) requested.clear()
    requested.add(key)
    return true
  }
}
