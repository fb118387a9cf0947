import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatTable } from '../bench/table.ts'
import { Book, nothing, type Kept } from './book.ts'
import type { Part } from './part.ts'
import { PARTS } from './parts.ts'
import { showProgress } from './progress.ts'
import { forget, keep, readKept } from './state.ts'

const STATE = '.torture'
const MINUTE = 60_000
const units = [...new Set(PARTS.map(({ unit }) => unit))]

const HELP = `Usage: npm run torture -- [options]

Attacks the emulator on this machine, and shows what it held. Not a part of the tests, which run a
short form of each. torture/README.md says what each part does. The exit code is 1 when a goal is missed.

  --only <names>      comma-delimited, of ${PARTS.map(({ name }) => name).join(', ')}; by default all
  --seed <n>          what everything random follows from (default 1)
${PARTS.map(({ name, unit, amount }) => `  --${`${unit} <n>`.padEnd(17)} how much ${name} does (default ${amount})\n`).join('')}\
  --from <n>          begin at a number, as a fault that was found says; what was done before is not looked at
  --limit <minutes>   end a part after so long, missed if it is not done (default 120)
  --fresh             begin again: without it a run that was broken off goes on (${STATE}/)
  --help              this text
`

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    limit: { type: 'string', default: '120' },
    fresh: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    ...Object.fromEntries(units.map((unit) => [unit, { type: 'string' } as const]))
  }
})
const given: Readonly<Record<string, unknown>> = options

/** @throws when an option is not a number. */
function numberOf (name: string, otherwise: number): number {
  const text = given[name]
  if (text === undefined) return otherwise
  if (typeof text !== 'string' || !/^\d+$/.test(text)) throw new Error(`--${name} is ${JSON.stringify(text)}; expected a number`)
  return Number(text)
}

/** The result of a part. */
interface Result { readonly part: Part, readonly kept: Kept, readonly to: number, readonly seconds: number }

async function runPart (part: Part, interrupted: AbortSignal): Promise<Result> {
  const seed = numberOf('seed', 1)
  const isElsewhere = options.from !== undefined
  if (options.fresh) forget(STATE, part.name, seed)
  const amount = numberOf(part.unit, part.amount)
  const earlier = isElsewhere ? nothing() : readKept(STATE, part.name, seed)
  const kept = part.isWhole === true && earlier.done < amount ? nothing() : earlier
  const from = isElsewhere ? numberOf('from', 0) : kept.done
  const to = amount + (isElsewhere ? from : 0)
  const book = new Book(kept)
  kept.done = from
  const folder = mkdtempSync(join(tmpdir(), 'xbl-torture-'))
  const begun = Date.now()
  const end = showProgress(process.stderr, () => ({ name: part.name, unit: part.unit, done: kept.done, amount: to, failures: book.failures }))
  const stop = new AbortController()
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(numberOf('limit', 120) * MINUTE), stop.signal])
  try {
    await part.run({
      seed,
      from,
      to,
      folder,
      signal,
      book,
      reached: (number) => {
        kept.done = number
        if (!isElsewhere) keep(STATE, { part: part.name, seed }, kept)
      }
    })
  } catch (error) {
    // While a run is ended, errors of the servers that are ended are no faults.
    if (!signal.aborted) book.fail('the part itself failed', (error as Error).stack ?? String(error))
  } finally {
    stop.abort()
    end()
    rmSync(folder, { recursive: true, force: true })
  }
  return { part, kept, to, seconds: Math.round((Date.now() - begun) / 1000) }
}

const isMet = ({ kept, to }: Result): boolean => kept.findings.length === 0 && kept.done >= to

function show (results: readonly Result[]): void {
  const rows = results.map((result) => {
    const { part, kept, to, seconds } = result
    const faults = kept.findings.reduce((sum, { count }) => sum + count, 0)
    const counts = Object.entries(kept.counts).map(([what, count]) => `${what}: ${count.toLocaleString('en')}`)
    return [part.what, `${kept.done.toLocaleString('en')} of ${to.toLocaleString('en')} ${part.unit}, ${faults} faults${kept.done < to ? ', broken off' : ''}`, counts.join('; '), part.goal, isMet(result) ? 'met' : '**missed**', `${seconds} s`]
  })
  process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}, seed ${options.seed}\n\n`)
  process.stdout.write(formatTable(['what', 'shown', 'seen', 'goal', 'result', 'time'], rows))
  for (const { part, kept } of results) {
    for (const { kind, count, examples } of kept.findings) process.stdout.write(`\n${part.name}, ${count} ×: ${kind}\n${examples.map((each) => `  ${each}\n`).join('')}`)
  }
}

async function main (): Promise<void> {
  const chosen = options.only?.split(',') ?? PARTS.map(({ name }) => name)
  const unknown = chosen.find((name) => !PARTS.some((part) => part.name === name))
  if (unknown !== undefined) throw new Error(`--only names ${JSON.stringify(unknown)}; expected of ${PARTS.map(({ name }) => name).join(', ')}`)
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort())
  const results: Result[] = []
  for (const part of PARTS) {
    if (chosen.includes(part.name) && !interrupt.signal.aborted) results.push(await runPart(part, interrupt.signal))
  }
  show(results)
  process.exitCode = interrupt.signal.aborted || !results.every(isMet) ? 1 : 0
}

if (options.help) process.stdout.write(HELP)
else await main()
