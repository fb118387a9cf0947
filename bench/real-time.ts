import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureConnections, measureOrder, measureSleepers } from './real-time-cases.ts'
import { buildIn, type Server } from './server-process.ts'
import { formatTable } from './table.ts'
import { crowd } from './worlds.ts'

const CASES = { connections: measureConnections, sleepers: measureSleepers, order: measureOrder }
/** Where the world is. With two processes, one has the connections and another on the same file is sent the updates. */
const PLACES = ['memory', 'file', 'processes'] as const

const HELP = `Usage: node bench/real-time.ts [options]

Measures Real-Time Activity: connections, the events of an update, clients that do not read, and
whether events are lost, doubled or out of order. Everything is on 127.0.0.1 and ends by itself; how
far it is, standard error says. All of it takes some five minutes, more where other work runs. Linux
alone; \`dist\` has to be there: npm run build. Each connection takes a file descriptor here and in
the emulator: ulimit -n has to be above their number.

  --connections <n>  how many are open at once (default 10000, which is the most that the emulator takes)
  --case <names>     comma-delimited, of ${Object.keys(CASES).join(', ')}; by default all
  --where <names>    comma-delimited, of ${PLACES.join(', ')}: the world in memory, in a database
                     file, in a file through which another process is sent the updates; by default all
  --path <path>      another checkout in which npm run build was run
  --help             this text
`

const { values: options } = parseArgs({
  options: {
    connections: { type: 'string', default: '10000' },
    case: { type: 'string', default: Object.keys(CASES).join() },
    where: { type: 'string', default: PLACES.join() },
    path: { type: 'string', default: '.' },
    help: { type: 'boolean', default: false }
  }
})
const build = buildIn(options.path)
const count = Number(options.connections)

/** Measures a case on servers of its own. @param world a world file. @param database the same world in a database file. */
async function measureAt (where: typeof PLACES[number], name: keyof typeof CASES, { world, database }: { world: string, database: string }): Promise<string[][]> {
  const servers: Server[] = []
  const start = async (...flags: string[]): Promise<Server> => {
    const server = await build.startWithProbe(...flags)
    servers.push(server)
    return server
  }
  try {
    const copy = `${database}-${where}-${name}`
    if (where !== 'memory') copyFileSync(database, copy)
    const place = where === 'memory' ? ['--world', world] : ['--database', copy]
    const server = await start(...place)
    return await CASES[name]({ server, writer: where === 'processes' ? await start(...place) : server, count, where })
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

async function main (): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xbl-real-time-'))
  const [world, database] = [join(folder, 'crowd.json'), join(folder, 'crowd.db')]
  writeFileSync(world, JSON.stringify(crowd(Math.max(count, 1000))))
  process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}\n\n`)
  const rows: string[][] = []
  try {
    // By another process: what reading a world takes is no memory of connections.
    build.seed(world, database)
    for (const where of PLACES.filter((place) => options.where.split(',').includes(place))) {
      for (const name of Object.keys(CASES) as Array<keyof typeof CASES>) {
        if (options.case.split(',').includes(name)) rows.push(...await measureAt(where, name, { world, database }))
      }
    }
  } finally {
    // What was measured before something failed is shown, too.
    if (rows.length > 0) process.stdout.write(formatTable(['case', 'figure', 'value'], rows))
    rmSync(folder, { recursive: true })
  }
}

if (options.help) process.stdout.write(HELP)
else await main()
