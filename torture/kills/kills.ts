import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Part, Run } from '../part.ts'
import { Random } from '../random.ts'
import { writeDatabase, writeOldDatabase } from './database.ts'
import { PLAYS, smallCrowd, type Round } from './rounds.ts'

/** How many processes run at a time. */
const AT_A_TIME = 2
const DEMO = fileURLToPath(new URL('../../fixtures/demo.json', import.meta.url))

/** Kills processes while they write, and checks their database files. */
export async function kills (run: Run): Promise<void> {
  const prepared = prepare(run.folder)
  for (let at = run.from; at < run.to && !run.signal.aborted; at += AT_A_TIME) {
    const end = Math.min(run.to, at + AT_A_TIME)
    await Promise.all(Array.from({ length: end - at }, async (_none, index) => await playRound(run, at + index, prepared)))
    if (!run.signal.aborted) run.reached(end)
  }
}

export const killsPart: Part = {
  name: 'kills',
  what: 'kill -9 during updates, seed, migration, PUT, PATCH, reset',
  goal: '1,000, 0 acknowledged writes lost, 0 half states',
  unit: 'kills',
  amount: 1000,
  run: kills
}

function prepare (folder: string): Round['prepared'] {
  const prepared = { demo: join(folder, 'demo.db'), crowd: join(folder, 'crowd.db'), old: join(folder, 'old.db'), world: join(folder, 'crowd.json') }
  writeDatabase(prepared.demo, JSON.parse(readFileSync(DEMO, 'utf8')))
  writeDatabase(prepared.crowd, smallCrowd())
  writeOldDatabase(prepared.old, prepared.crowd)
  writeFileSync(prepared.world, JSON.stringify(smallCrowd()))
  return prepared
}

async function playRound ({ seed, book, signal, folder }: Run, number: number, prepared: Round['prepared']): Promise<void> {
  const random = new Random(seed ^ 0xDEAD, number)
  const [name, play] = random.weighted(PLAYS)
  const own = join(folder, `round-${number}`)
  mkdirSync(own)
  book.count(name)
  try {
    const wrong = await play({ random, folder: own, prepared, signal, note: (what) => book.count(`${name}, ${what}`) })
    if (wrong !== undefined) book.fail(`${name}: ${wrong}`, `npm run torture -- --only kills --seed ${seed} --from ${number} --kills 1 (as chance has it)`)
  } catch (error) {
    if (!signal.aborted) book.fail(`${name}: ${(error as Error).message.slice(0, 200)}`, `npm run torture -- --only kills --seed ${seed} --from ${number} --kills 1 (as chance has it): ${(error as Error).stack}`)
  }
  rmSync(own, { recursive: true })
}
