/**
 * Values that are made from the database: kept as long as it says that they hold, so many of them
 * at most.
 *
 * @param key all that the value depends on besides the database.
 */
export type Cache<V> = (key: string, make: () => V) => V

/**
 * @param mark differs once what was kept no longer holds; null: nothing may be kept now.
 * @param size how many values are kept, or how much they weigh together; the oldest give way.
 */
export function createCache<V> (mark: () => number | string | null, size: number, weigh: (value: V) => number = () => 1): Cache<V> {
  const values = new Map<string, V>()
  let held: number | string | null = null
  let weight = 0

  const keep = (key: string, value: V): void => {
    if (value === undefined) return
    weight += weigh(value)
    values.set(key, value)
    for (const [oldest, value] of values) {
      if (weight <= size) break
      values.delete(oldest)
      weight -= weigh(value)
    }
  }

  return (key, make) => {
    const now = mark()
    if (now === null) return make()
    if (now !== held) {
      values.clear()
      weight = 0
      held = now
    }
    const known = values.get(key)
    if (known !== undefined) return known
    const value = make()
    keep(key, value)
    return value
  }
}
