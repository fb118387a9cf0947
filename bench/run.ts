import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CASES, type Case } from './cases.ts'
import { load, type Round, type Shot } from './load.ts'
import { measureReset, measureSeed, measureStart } from './once.ts'
import { PEERS, startPeer } from './peers.ts'
import { buildIn, emulator, startServer, type Build, type Server } from './server-process.ts'
import { formatTable, median } from './table.ts'
import { crowd, depth, library } from './worlds.ts'

const HELP = `Usage: npm run bench -- [options]

Measures the emulator against the limit, a node:http server that sends a ready buffer of the same
size, or against another build of the emulator, in the same run. bench/README.md says how to read it. Linux alone: processor time is read
from /proc. \`dist\` has to be there: npm run build.

  --case <names>    comma-delimited, of ${[...CASES.map(({ name }) => name), 'start', 'reset', 'seed'].join(', ')}; by default all
  --rounds <n>      how often each is measured; medians are shown (default 5)
  --against <path>  measure against another build instead: a checkout in which npm run build was run
  --peers           measure other mock servers, too; they are installed into bench/.peers
  --help            this text
`

const { values: options } = parseArgs({
  options: { case: { type: 'string' }, rounds: { type: 'string', default: '5' }, against: { type: 'string' }, peers: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } }
})
const rounds = Number(options.rounds)
const isWanted = (name: string): boolean => options.case === undefined || options.case.split(',').includes(name)
const servers: Server[] = []

/** Makes sure that a server is stopped at the end, also after an error. */
async function keep (starting: Promise<Server>): Promise<Server> {
  const server = await starting
  servers.push(server)
  return server
}

/** Sends one request of a case, to know how long the answers are: the baseline sends bodies of that length. */
async function sample (run: Case, url: string): Promise<{ bytes: number, shot: Shot, text: string }> {
  const next = await run.shots(url)
  const texts: string[] = []
  let shot = next()
  for (; texts.length < 50; shot = next()) {
    const { method = 'GET', path, headers, body } = shot
    const answer = await fetch(url + path, { method, headers, ...body !== undefined && { body } })
    texts.push(await answer.text())
    shot.onAnswer?.(texts.at(-1) as string)
  }
  const { onAnswer: _none, ...plain } = shot
  return { bytes: Math.round(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length), shot: plain, text: texts[0] as string }
}

/** The server to compare with, and the request that it is sent. */
interface Baseline {
  readonly server: Server
  readonly next: () => Shot
}

/** Runs rounds of the server and of the baseline in turn, so that other processes slow down both. */
async function measure (run: Case, server: Server, baseline: Baseline, bytes: number): Promise<string[]> {
  const next = await run.shots(server.url)
  const warmUp = { ...run, requests: run.requests / 4 }
  await load(baseline.server, warmUp, baseline.next)
  await load(server, warmUp, next)
  const pairs: Array<{ baseline: Round, own: Round }> = []
  for (let round = 0; round < rounds; round++) {
    pairs.push({ baseline: await load(baseline.server, run, baseline.next), own: await load(server, run, next) })
  }
  const own = (member: keyof Round): number => median(pairs.map((pair) => pair.own[member]))
  const ratio = (member: keyof Round): string => median(pairs.map((pair) => pair.own[member] / pair.baseline[member])).toFixed(2)
  return [
    String(bytes), own('requestsPerSecond').toFixed(0), ratio('requestsPerSecond'), own('p50').toFixed(0), ratio('p50'), own('p99').toFixed(0), ratio('p99'),
    own('cpu').toFixed(1), ratio('cpu'), server.memory().toFixed(0), server.peakMemory().toFixed(0)
  ]
}

/** Starts a build on a world. A database file is seeded by another process, so that its memory is not measured. */
async function startOn (build: Build, world: string, isFile: boolean): Promise<Server> {
  if (!isFile) return await keep(build.start('--world', world))
  const database = `${world}-${servers.length}.db`
  build.seed(world, database)
  return await keep(build.start('--database', database))
}

async function measureCases (folder: string): Promise<string[][]> {
  const rows: string[][] = []
  const limit = await keep(startServer([process.execPath, 'bench/servers/baseline.ts']))
  for (const [name, make] of [['crowd', crowd], ['file', crowd], ['depth', depth], ['library', library]] as const) {
    const runs = CASES.filter((run) => run.world === name && isWanted(run.name))
    if (runs.length === 0) continue
    const file = join(folder, `${name}.json`)
    writeFileSync(file, JSON.stringify(make()))
    const server = await startOn(emulator, file, name === 'file')
    const other = options.against === undefined ? null : await startOn(buildIn(options.against), file, name === 'file')
    for (const run of runs) {
      const { bytes, shot, text } = await sample(run, server.url)
      const ready: Baseline = { server: limit, next: () => ({ ...shot, path: `/${bytes}` }) }
      rows.push([run.name, 'emulator', ...await measure(run, server, other === null ? ready : { server: other, next: await run.shots(other.url) }, bytes)])
      if (!options.peers || run.isForPeers === undefined) continue
      for (const peer of PEERS) {
        const started = await startPeer(peer, text)
        if (started === null) continue
        servers.push(started)
        rows.push([run.name, peer.name, ...await measure({ ...run, requests: run.requests / 10 }, started, ready, bytes)])
        await started.stop()
      }
    }
    await Promise.all([server.stop(), other?.stop()])
  }
  return rows
}

async function main (): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xbl-bench-'))
  try {
    process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}, medians of ${rounds}\n\n`)
    if (CASES.some(({ name }) => isWanted(name))) {
      const rows = await measureCases(folder)
      process.stdout.write(formatTable(['case', 'server', 'bytes', 'requests/s', 'ratio', 'p50 µs', 'ratio', 'p99 µs', 'ratio', 'CPU µs', 'ratio', 'MB', 'peak MB'], rows))
    }
    const once = [
      ...isWanted('start') ? await measureStart(rounds) : [],
      ...isWanted('reset') ? await measureReset(rounds) : [],
      ...isWanted('seed') ? await measureSeed(folder) : []
    ]
    if (once.length > 0) process.stdout.write(`\n${formatTable(['case', 'figure', 'value'], once)}`)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true })
  }
}

if (options.help) process.stdout.write(HELP)
else await main()
