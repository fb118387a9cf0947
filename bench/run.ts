import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CASES, type Case } from './cases.ts'
import { load, type Round } from './load.ts'
import { startServer, type Server } from './server-process.ts'
import { crowd, depth, USERS } from './worlds.ts'

const HELP = `Usage: npm run bench -- [options]

Measures the emulator against the limit, a node:http server that sends a ready buffer.

  --case <names>    comma-delimited, e.g. list-hot,single; by default all
  --rounds <n>      how often each is measured; the medians are shown (default 5)
  --help            this text
`
const { values } = parseArgs({
  options: { case: { type: 'string' }, rounds: { type: 'string', default: '5' }, help: { type: 'boolean' } }
})
const folder = mkdtempSync(join(tmpdir(), 'xbl-bench-'))

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number
const medianRound = (rounds: readonly Round[]): Round => ({
  requestsPerSecond: median(rounds.map((r) => r.requestsPerSecond)), p50: median(rounds.map((r) => r.p50)), p99: median(rounds.map((r) => r.p99)), cpu: median(rounds.map((r) => r.cpu))
})

async function main () {
  const worlds = { crowd: () => crowd(USERS, 3), depth }
  const baseline = await startServer([process.execPath, 'bench/servers/baseline.ts'])
  const wanted = values.case?.split(',')
  for (const name of ['crowd', 'depth'] as const) {
    const cases = CASES.filter((c) => c.world === name && (wanted === undefined || wanted.includes(c.name)))
    if (cases.length === 0) continue
    const file = join(folder, `${name}.json`)
    writeFileSync(file, JSON.stringify(worlds[name]()))
    const emulator = await startServer([process.execPath, ...(process.env['PROF'] ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : []), 'dist/bin.js', 'start', '--port', '0', '--log-level', 'silent', '--world', file])
    console.log(name, 'rss after start', emulator.memory().toFixed(0), emulator.peakMemory().toFixed(0))
    for (const c of cases) await measure(c, emulator, baseline)
    await emulator.stop()
  }
  await baseline.stop()
}

async function measure (c: Case, emulator: Server, baseline: Server) {
  const next = await c.shots(emulator.url)
  let bytes = 0
  let n = 0
  const sample = await c.shots(emulator.url)
  for (; n < 50; n++) {
    const s = sample()
    const answer = await fetch(emulator.url + s.path, { method: s.method ?? 'GET', headers: s.headers, ...s.body && { body: s.body } })
    const text = await answer.text()
    s.onAnswer?.(text)
    bytes += text.length
  }
  const size = Math.round(bytes / n)
  const one = next()
  const base = () => ({ ...one, path: `/${size}` })
  await load(emulator, c.requests / 4, next)
  await load(baseline, c.requests / 4, base)
  const rounds = []
  for (let i = 0; i < Number(values.rounds); i++) {
    rounds.push({ base: await load(baseline, c.requests, base), ours: await load(emulator, c.requests, next) })
  }
  const b = medianRound(rounds.map((r) => r.base))
  const o = medianRound(rounds.map((r) => r.ours))
  const ratio = median(rounds.map(({ base, ours }) => ours.cpu / base.cpu))
  console.log(c.name.padEnd(14), `${size} B`, 'cpu', o.cpu.toFixed(1), 'base', b.cpu.toFixed(1), 'ratio', ratio.toFixed(2), 'rps', o.requestsPerSecond.toFixed(0), b.requestsPerSecond.toFixed(0), 'p50', o.p50.toFixed(0), 'p99', o.p99.toFixed(0), 'rss', emulator.memory().toFixed(0))
}

if (values.help) process.stdout.write(HELP)
else await main().finally(() => rmSync(folder, { recursive: true }))
