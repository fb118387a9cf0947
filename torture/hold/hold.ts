import { CONTROL_REQUESTS, IGDB_REQUESTS, REQUESTS, type Growth } from '../../bench/growth-cases.ts'
import { measure, startServer } from '../../bench/growth-measure.ts'
import type { Part, Run } from '../part.ts'

/** How long one request may hold the event loop, in ms of processor time. */
const LONGEST = 50

/** Every kind of request except for worlds, which may be of any size. */
export const KINDS: readonly Growth[] = [...REQUESTS, ...IGDB_REQUESTS, ...CONTROL_REQUESTS]

/** Sends each kind of request in the largest size, and measures the processor time of the server's thread. */
export async function hold (run: Run, { kinds = KINDS, longest = LONGEST }: { kinds?: readonly Growth[], longest?: number } = {}): Promise<void> {
  const server = await startServer()
  try {
    for (let at = run.from; at < run.to && !run.signal.aborted; at++) {
      const kind = kinds[at % kinds.length] as Growth
      const { size, cpu } = await measure(server, kind, kind.sizes.at(-1) as number)
      run.book.highest('longest, ms', Math.ceil(cpu))
      if (cpu > longest) run.book.fail(`${kind.name} holds the loop`, `${cpu.toFixed(1)} ms at size ${size}: npm run torture -- --only hold --from ${at} --kinds 1`)
      run.reached(at + 1)
    }
  } finally {
    await server.worker.terminate()
  }
}

export const holdPart: Part = {
  name: 'hold',
  what: 'single request that holds the loop',
  goal: 'at most 50 ms for anything under the size limits',
  unit: 'kinds',
  amount: KINDS.length,
  run: hold
}
