import { CONTROL_REQUESTS, IGDB_REQUESTS, REQUESTS, WORLD_REQUESTS, type Growth } from './growth-cases.ts'
import { measure, startServer, type Figures, type Server } from './growth-measure.ts'
import { formatTable } from './table.ts'

/**
 * How the time of a request grows with its input: each kind is sent in three sizes, over a connection
 * that stays open, to an emulator in a thread of its own.
 *
 * `node bench/growth.ts [name]` measures all kinds, or those whose name contains the words.
 */
const HEAD = ['input', 'sizes', 'status', 'ms', 'CPU ms', 'ratios']
const GROUPS: ReadonlyArray<readonly Growth[]> = [REQUESTS, IGDB_REQUESTS, CONTROL_REQUESTS, WORLD_REQUESTS]

const each = (figures: readonly Figures[], show: (one: Figures) => string | number): string => figures.map(show).join(' / ')

async function row (server: Server, growth: Growth): Promise<string[]> {
  const figures: Figures[] = []
  for (const size of growth.sizes) figures.push(await measure(server, growth, size))
  const ratios = figures.slice(1).map(({ cpu }, index) => (cpu / (figures[index] as Figures).cpu).toFixed(1))
  const parts = [each(figures, ({ size }) => size), each(figures, ({ status }) => status), each(figures, ({ ms }) => ms.toFixed(1)), each(figures, ({ cpu }) => cpu.toFixed(1))]
  return [growth.name, ...parts, ratios.join(' / ')]
}

const [, , wanted = ''] = process.argv
for (const group of GROUPS) {
  const kinds = group.filter(({ name }) => name.includes(wanted))
  if (kinds.length === 0) continue
  const server = await startServer()
  const rows: string[][] = []
  for (const growth of kinds) {
    rows.push(await row(server, growth))
    process.stderr.write(`${rows.at(-1)?.join(', ')}\n`)
  }
  await server.worker.terminate()
  process.stdout.write(`${formatTable(HEAD, rows)}\n`)
}
