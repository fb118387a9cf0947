import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'undici'
import { memoryOf } from '../../bench/server-process.ts'
import { crowd } from '../../bench/worlds.ts'
import type { Book } from '../book.ts'
import type { Part, Run } from '../part.ts'
import { Random } from '../random.ts'
import { startServer } from '../server.ts'
import { levelOf, type Sample } from './level.ts'
import { SCENARIOS, USERS, type Ask } from './scenarios.ts'

/** How many clients send requests at a time. */
const CLIENTS = 8
/** How often memory is read, in ms. */
const INTERVAL = 2000
const MINUTE = 60_000

/** Runs a full load of all scenarios for some minutes. */
export async function soak (run: Run): Promise<void> {
  const world = join(run.folder, 'world.json')
  writeFileSync(world, JSON.stringify({ ...crowd(USERS), userKeys: ['soak'] }))
  const server = await startServer(['--world', world], run.signal)
  const pool = new Pool(`http://127.0.0.1:${server.port}`, { connections: CLIENTS })
  const begun = Date.now()
  const minutes = (): number => (Date.now() - begun) / MINUTE
  const samples: Sample[] = []
  const timer = setInterval(() => {
    if (server.hasEnded()) return
    samples.push({ minute: minutes(), megabytes: memoryOf(server.pid, 'VmRSS') })
    run.reached(Math.floor(minutes() * 10) / 10)
  }, INTERVAL)
  const isOver = (): boolean => minutes() >= run.to || run.signal.aborted || server.hasEnded()
  await Promise.all(Array.from({ length: CLIENTS }, async (_none, client) => await load({ run, ask: askOver(pool, run.book), isOver, client })))
  clearInterval(timer)
  await pool.destroy()
  if (server.hasEnded()) return run.book.fail('the process ended', `with ${await server.ended}: ${server.printed()}`)
  server.signal('SIGTERM')
  await server.ended
  if (run.signal.aborted) return
  const { early, late, isLevel } = levelOf(samples, run.to)
  run.book.count('MB early', Math.round(early))
  run.book.count('MB late', Math.round(late))
  if (!isLevel) run.book.fail('memory grows', `from ${early.toFixed(1)} to ${late.toFixed(1)} MB`)
  run.reached(run.to)
}

export const soakPart: Part = {
  name: 'soak',
  what: 'soak at full load',
  goal: '1 h, memory level after 10 min, 0 unplanned 5xx',
  unit: 'minutes',
  amount: 60,
  isWhole: true,
  run: soak
}

/** A client that runs one scenario after the other. */
async function load ({ run, ask, isOver, client }: { run: Run, ask: Ask, isOver: () => boolean, client: number }): Promise<void> {
  for (let number = client; !isOver(); number += CLIENTS) {
    const random = new Random(run.seed ^ 0x50AC, number)
    try {
      await random.weighted(SCENARIOS)(ask, random)
    } catch (error) {
      if (!isOver()) run.book.fail((error as Error).message.slice(0, 160), `scenario ${number} of seed ${run.seed}: ${(error as Error).message.slice(0, 600)}`)
    }
  }
}

/** Sends requests over a pool. An unexpected status is a fault; a 5xx is counted separately. */
const askOver = (pool: Pool, book: Book): Ask => async ({ method = 'GET', path, headers = {}, body, expected = [200] }) => {
  const answer = await pool.request({ method, path, headers, body: body === undefined || typeof body === 'string' ? body ?? null : JSON.stringify(body) })
  const text = await answer.body.text()
  book.count(`${Math.floor(answer.statusCode / 100)}xx`)
  if (!expected.includes(answer.statusCode)) throw new Error(`${method} ${path.replace(/\d{5,}/g, 'N').replace(/\?.*/, '')} was answered ${answer.statusCode}: ${text.slice(0, 300)}`)
  return text
}
