import { keyOf, type Plain } from './cache-key.ts'

/** How values are kept that are made of an input and the database, and of nothing else. */
export interface CacheOptions<V> {
  /** What is kept, by name. */
  readonly name: string
  /** Differs once what was kept no longer holds; null: nothing may be kept now. */
  readonly mark: () => number | string | null
  /** How many values are kept, or how much they weigh together; the oldest give way. */
  readonly size: number
  readonly weigh?: (value: V) => number
  /** Given where a value is kept only when it is asked for a second time: makes it smaller, or faster to use. */
  readonly pack?: (value: V) => V
}

/**
 * Puts a cache before a function.
 *
 * The key is made of the whole input, and `make` sees nothing but the input: it is written once, where
 * the cache is made, and not at each use. So two inputs cannot be taken for each other, and what an
 * answer depends on cannot be missing in its key.
 *
 * @param make the value of an input, by the database as it is.
 * @returns the same function, which remembers.
 */
export type CreateCache = <I, V>(options: CacheOptions<V>, make: (input: I) => V) => (input: Plain<I>) => V

/** Caches whose values hold for as long as a database says that they do. */
export interface Keep {
  /** As long as no other world is seeded: what depends on titles and achievements alone. */
  readonly definitions: KeepValues
  /** Until the next write. */
  readonly state: KeepValues
}

type KeepValues = <I, V>(options: Omit<CacheOptions<V>, 'mark'>, make: (input: I) => V) => (input: Plain<I>) => V

/** There is no end of inputs with longer keys (lists of many titles, headers of many languages): they are not kept. */
const LONGEST_KEY = 1024
/** Keys of inputs that were asked for once are remembered until there are so many. */
const MOST_ASKED = 1000

/** Keeps values in memory. */
export const createCache: CreateCache = ({ mark, size, weigh = () => 1, pack }, make) => {
  const values = createValues<ReturnType<typeof make>>(size, weigh)
  const isFirst = pack === undefined ? () => false : createFirsts()
  let held: number | string | null = null
  return (input) => {
    const now = mark()
    if (now === null) return make(input)
    if (now !== held) {
      values.clear()
      held = now
    }
    const key = keyOf(input)
    const known = values.get(key)
    if (known !== undefined) return known
    const value = make(input)
    if (value === undefined || key.length > LONGEST_KEY || isFirst(key)) return value
    return values.add(key, pack === undefined ? value : pack(value))
  }
}

/** Values by key, of which the oldest give way. */
function createValues<V> (size: number, weigh: (value: V) => number) {
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

/** Tells what is asked for the first time, as far as it remembers. */
function createFirsts (): (key: string) => boolean {
  const asked = new Set<string>()
  return (key) => {
    if (asked.has(key)) return false
    if (asked.size >= MOST_ASKED) asked.clear()
    asked.add(key)
    return true
  }
}
