import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureConnections, measureOrder, measureSleepers } from './real-time-cases.ts'
import { buildIn } from './server-process.ts'
import { formatTable } from './table.ts'
import { crowd } from './worlds.ts'

const HELP = `Usage: node bench/real-time.ts [options]

Measures Real-Time Activity: connections, the events of an update, clients that do not read, and
whether events are lost, doubled or out of order. Everything is on 127.0.0.1 and ends by itself, in
about two minutes. Linux alone; \`dist\` has to be there: npm run build. Each connection takes a file
descriptor here and in the emulator: ulimit -n has to be above their number.

  --connections <n>  how many are open at once (default 10000, which is the most that the emulator takes)
  --path <path>      another checkout in which npm run build was run
  --help             this text
`

const { values: options } = parseArgs({ options: { connections: { type: 'string', default: '10000' }, path: { type: 'string', default: '.' }, help: { type: 'boolean', default: false } } })

async function main (): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xbl-real-time-'))
  const count = Number(options.connections)
  const world = join(folder, 'crowd.json')
  writeFileSync(world, JSON.stringify(crowd(Math.max(count, 1000))))
  process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}\n\n`)
  // By another process: what reading a world takes is no memory of connections.
  const [build, database] = [buildIn(options.path), join(folder, 'crowd.db')]
  build.seed(world, database)
  const rows: string[][] = []
  try {
    for (const measure of [measureConnections, measureSleepers, measureOrder]) {
      copyFileSync(database, `${database}-${measure.name}`)
      const server = await build.start('--database', `${database}-${measure.name}`)
      try {
        rows.push(...await measure(server, count))
      } finally {
        await server.stop()
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  process.stdout.write(formatTable(['case', 'figure', 'value'], rows))
}

if (options.help) process.stdout.write(HELP)
else await main()
