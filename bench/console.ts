import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { findChromium } from '../test/console/find-chromium.ts'
import { writeGeneratedWorld } from '../src/world/generate/generated-world.ts'
import { ACTS, measureAct, measureOpening, PAGE_PLACES } from './console-cases.ts'
import { fillJournal, LOADS, measureLoad } from './console-load.ts'
import { buildIn } from './server-process.ts'
import { formatTable } from './table.ts'

const HELP = `Usage: node bench/console.ts [options]

Measures the page at / in Chromium, on a world of 100,000 users and a title of 2,000 achievements: how
long until something is painted and the first row is there, filters, orders, scrolling, search, memory,
bytes, and what the page asks while requests come by the hundred. bench/README.md says how to read it.
\`dist\` has to be there: npm run build.

  --rounds <n>    how often the page is opened; medians are shown (default 5)
  --users <n>     of the world (default 100000)
  --case <names>  comma-delimited, of open, acts, load; by default all
  --path <path>   another checkout in which npm run build was run
  --help          this text
`

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, users: { type: 'string', default: '100000' }, case: { type: 'string', default: 'open,acts,load' }, path: { type: 'string', default: '.' }, help: { type: 'boolean', default: false } }
})
const isWanted = (name: string): boolean => options.case.split(',').includes(name)

/** What other work leaves of the machine: 0 is all of it. */
const loadNow = (): string => `load ${loadavg()[0]?.toFixed(1)}`

async function main (): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xbl-bench-'))
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('There is no Chromium to measure the page in.')
  const world = join(folder, 'world.json')
  writeFileSync(world, [...writeGeneratedWorld({ titles: 1, achievements: 2000, users: Number(options.users), seed: 1 })].join(''))
  const server = await buildIn(options.path).start('--world', world, '--journal', '5000')
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: ['--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] })
  try {
    await fillJournal(server.url)
    process.stdout.write(`Node ${process.versions.node}, Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}, ${options.users} users, 2000 achievements, ${loadNow()}\n`)
    if (isWanted('open')) {
      const rows: string[][] = []
      for (const place of PAGE_PLACES) rows.push(...await measureOpening({ browser, url: server.url, rounds: Number(options.rounds) }, place))
      process.stdout.write(`\n${formatTable(['place', '', 'answered', 'painted', 'rows', 'longest task', 'requests', 'kB'], rows)}${loadNow()}\n`)
    }
    if (isWanted('acts')) {
      const rows: string[][] = []
      for (const act of ACTS) rows.push(await measureAct({ browser, url: server.url }, act))
      process.stdout.write(`\n${formatTable(['act', 'ms', 'frames', 'median', 'p95', 'longest', 'long tasks', 'heap before', 'after', 'nodes', 'requests', 'kB'], rows)}${loadNow()}\n`)
    }
    if (isWanted('load')) {
      const rows: string[][] = []
      for (const load of LOADS) rows.push(await measureLoad({ browser, server }, load))
      process.stdout.write(`\n${formatTable(['load', 'place', 'requests', 'page asks', 'a second', 'most of one', 'frames', 'median', 'p95', 'longest', 'long tasks', 'agrees after', 'heap'], rows)}${loadNow()}\n`)
    }
  } finally {
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true })
  }
}

if (options.help) process.stdout.write(HELP)
else await main()
