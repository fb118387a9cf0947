import { isDeepStrictEqual } from 'node:util'
import { setTimeout } from 'node:timers/promises'
import type { Test } from 'tap'

/** How long it may take until something is as it should be, in ms. */
const LONGEST = 120_000

/** Reads something again and again until it is as it should be; fails with what it is at last when it does not become that. */
export async function until<T> (t: Test, read: () => T | Promise<T>, wanted: T, message = 'is as it should be'): Promise<void> {
  const end = performance.now() + LONGEST
  let value = await read()
  while (!isDeepStrictEqual(value, wanted) && performance.now() < end) {
    await setTimeout(20)
    value = await read()
  }
  t.strictSame(value, wanted, message)
}
