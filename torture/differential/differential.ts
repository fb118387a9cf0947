import fc from 'fast-check'
import { createCache, type CreateCache } from '../../src/base/cache.ts'
import { DIALECTS, type Dialect } from '../../src/model/dialect.ts'
import type { Part, Run } from '../part.ts'
import { Random } from '../random.ts'
import { compare } from './compare.ts'
import { createEmulator, noCache } from './emulators.ts'
import { sequence, type Sequence } from './steps.ts'

/** How many sequences are made with one seed of fast-check, and sent to the same two emulators. */
const OF_A_SEED = 100

/** Sends random sequences to an emulator with caches and to one without, in both dialects alternately. */
export async function differential (run: Run, cache: CreateCache = createCache): Promise<void> {
  for (let at = run.from; at < run.to && !run.signal.aborted;) {
    const batch = Math.floor(at / OF_A_SEED)
    const end = Math.min(run.to, (batch + 1) * OF_A_SEED)
    const sequences = fc.sample(sequence, { seed: new Random(run.seed, batch).below(2 ** 31), numRuns: OF_A_SEED })
    const dialect = DIALECTS[batch % DIALECTS.length] as Dialect
    const pair = { one: createEmulator(dialect, cache), other: createEmulator(dialect, noCache) }
    for (; at < end; at++) await compareOne(run, at, { dialect, pair, steps: sequences[at % OF_A_SEED] as Sequence })
    await Promise.all([pair.one.close(), pair.other.close()])
    run.reached(at)
  }
}

async function compareOne ({ seed, book }: Run, number: number, { dialect, pair, steps }: {
  dialect: Dialect, pair: Parameters<typeof compare>[0], steps: Sequence
}): Promise<void> {
  const difference = await compare(pair, steps, () => book.count('requests'))
  if (difference === undefined) return
  const { request, one, other } = difference
  // Cached definitions outlive a sequence, so the earlier ones may be needed to reproduce a difference.
  const again = `npm run torture -- --only differential --seed ${seed} --from ${number - number % OF_A_SEED} --sequences ${OF_A_SEED}`
  book.fail(`another answer out of the caches, ${dialect}`, `${again}: ${request}\n    kept: ${one.slice(0, 300)}\n    made: ${other.slice(0, 300)}`)
}

export const differentialPart: Part = {
  name: 'differential',
  what: 'sequences answered with and without caches',
  goal: '100,000, 0 differences',
  unit: 'sequences',
  amount: 100_000,
  run: differential
}
