import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { startEmulator } from '../src/index.ts'
import { emulator, memoryOf } from './server-process.ts'
import { median } from './table.ts'
import { crowd, SCID, USERS, xuidOf } from './worlds.ts'

/** Rows of a table: the case, what is measured, and its value. These are measured once a start, not once a request. */
type Rows = string[][]

const ms = (value: number): string => `${value.toFixed(1)} ms`

/** The time from the start of the process to the first 200 on the demo world, and that of a Node that does nothing. */
export async function measureStart (rounds: number): Promise<Rows> {
  const nothing: number[] = []
  const first: number[] = []
  for (let round = 0; round < rounds * 3; round++) {
    const before = performance.now()
    execFileSync(process.execPath, ['-e', '0'])
    nothing.push(performance.now() - before)
    const start = performance.now()
    const server = await emulator.start()
    await (await fetch(`${server.url}/_emulator/ready`)).text()
    first.push(performance.now() - start)
    await server.stop()
  }
  return [['start', 'node -e 0', ms(median(nothing))], ['start', 'to first 200', ms(median(first))], ['start', 'ratio', (median(first) / median(nothing)).toFixed(2)]]
}

/** Runs in this process, so that no request is measured, too. */
export async function measureReset (rounds: number): Promise<Rows> {
  const rows: Rows = []
  const demo = await startEmulator()
  const change = { xuid: '2533274790412953', serviceConfigId: 'b5dd9daf-0000-0000-0000-000000000000', id: 3 }
  rows.push(['reset', 'demo world, one change', ms(await timed(rounds, () => { demo.unlock(change) }, () => { demo.reset() }))])
  await demo.close()
  const large = await startEmulator({ world: crowd(10_000, 10) })
  const changes = (count: number) => (): void => {
    for (let user = 0; user < count; user++) large.unlock({ xuid: xuidOf(user), serviceConfigId: SCID, id: (user + 50) % 96 + 1 })
  }
  for (const count of [1, 10_000]) {
    rows.push(['reset', `100,000 progress rows, ${count} changed`, ms(await timed(rounds, changes(count), () => { large.reset() }))])
  }
  await large.close()
  return rows
}

async function timed (rounds: number, prepare: () => void, work: () => void): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    prepare()
    const before = performance.now()
    work()
    times.push(performance.now() - before)
  }
  return median(times)
}

/** 1,000,000 progress rows, from a world file into a database file. */
export async function measureSeed (folder: string): Promise<Rows> {
  const file = join(folder, 'seed.json')
  await writeWorld(file)
  const before = performance.now()
  const child = spawn(process.execPath, [emulator.bin, 'start', '--seed-only', '--world', file, '--database', join(folder, 'seed.db')], { stdio: ['ignore', 'ignore', 'inherit'] })
  let peak = 0
  const watch = setInterval(() => { peak = Math.max(peak, memoryOf(child.pid as number, 'VmHWM') || 0) }, 50)
  await once(child, 'exit')
  clearInterval(watch)
  const seconds = (performance.now() - before) / 1000
  return [
    ['seed', `1,000,000 progress rows, ${(statSync(file).size / 1e6).toFixed(0)} MB of JSON`, `${seconds.toFixed(1)} s`],
    ['seed', 'peak memory', `${peak.toFixed(0)} MB`]
  ]
}

/** Writes the file in parts, because its whole text would be another copy in memory. */
async function writeWorld (file: string): Promise<void> {
  const { users, ...rest } = crowd(USERS, 10) as { users: object[] }
  const stream = createWriteStream(file)
  stream.write(`${JSON.stringify(rest).slice(0, -1)},"users":[`)
  for (let from = 0; from < users.length; from += 1000) {
    const part = users.slice(from, from + 1000).map((user) => JSON.stringify(user)).join(',\n')
    if (!stream.write(`${from === 0 ? '' : ',\n'}${part}`)) await once(stream, 'drain')
  }
  stream.end(']}')
  await once(stream, 'finish')
}
