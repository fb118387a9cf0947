import type { Test } from 'tap'
import { Book, type Kept } from '../../torture/book.ts'
import type { Run } from '../../torture/part.ts'

/** A slow machine is no fault: that long a test waits before it says that something hangs; in ms. */
export const PATIENCE = 120_000

/** Of code out of Node's cache coverage knows less. */
process.env['NODE_DISABLE_COMPILE_CACHE'] = '1'

/** Runs a part, a little of it, and tells what it has written down. */
export async function runShort (t: Test, part: (run: Run) => Promise<void>, { to, seed = 1, from = 0 }: { to: number, seed?: number, from?: number }): Promise<Kept & { reached: number }> {
  const book = new Book()
  const end = new AbortController()
  t.teardown(() => end.abort())
  let reached = from
  await part({ seed, from, to, folder: t.testdir(), signal: end.signal, book, reached: (number) => { reached = number } })
  return { ...book.kept, reached }
}
