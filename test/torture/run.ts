import type { Test } from 'tap'
import { Book, type Kept } from '../../torture/book.ts'
import type { Run } from '../../torture/part.ts'

/** How long a test waits before it reports that something hangs, in ms; long, as a machine may be slow. */
export const PATIENCE = 120_000

/** Coverage is less exact for code from Node's compile cache. */
process.env['NODE_DISABLE_COMPILE_CACHE'] = '1'

/** Runs a little of a part, and returns what it has written down. */
export async function runShort (t: Test, part: (run: Run) => Promise<void>, { to, seed = 1, from = 0 }: { to: number, seed?: number, from?: number }): Promise<Kept & { reached: number }> {
  const book = new Book()
  const end = new AbortController()
  t.teardown(() => end.abort())
  let reached = from
  await part({ seed, from, to, folder: t.testdir(), signal: end.signal, book, reached: (number) => { reached = number } })
  return { ...book.kept, reached }
}
