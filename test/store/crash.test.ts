import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import t from 'tap'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { achievement, title, user } from '../world-parts.ts'
import { progressOf, ROWS, rowOf } from './write-forever.ts'

/** The numbers of acknowledged writes before the kill: one, some, and so many that each row was written many times. */
const KILLS = [1, 3, 200]

const world = mergeWorlds([{
  file: 'world.json',
  document: { titles: [title({ achievements: Array.from({ length: ROWS }, (_, id) => achievement({ id })) })], users: [user()] }
}])

/** Starts a writer, kills it after the given number of acknowledged writes, and returns the number of the last. */
async function writeUntilKilled (file: string, kill: number): Promise<number> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'write-forever.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(writer, 'close')
  let last = 0
  for await (const line of createInterface(writer.stdout)) {
    last = Number(line)
    if (last === kill) writer.kill('SIGKILL')
  }
  const [, signal] = await closed
  if (signal !== 'SIGKILL') throw new Error('the writer ended by itself')
  return last
}

for (const kill of KILLS) {
  t.test(`every acknowledged write outlives a kill after ${kill}`, async (t) => {
    const file = join(t.testdir(), 'test.db')
    const before = openDatabase(file)
    seed(before, world, 'test')
    before.close()

    const acknowledged = await writeUntilKilled(file, kill)
    t.ok(acknowledged >= kill)

    const database = openDatabase(file)
    t.teardown(() => database.close())
    t.strictSame(database.pragma('integrity_check'), [{ integrity_check: 'ok' }])
    t.strictSame(database.pragma('foreign_key_check'), [])
    const rows = database.prepare<[], { achievement: number, current: string }>('SELECT * FROM progress ORDER BY achievement').all()
    // One write more may be done than was acknowledged.
    const done = Math.max(...rows.map(({ current }) => Number(JSON.parse(current)[0][1])))
    t.ok(done === acknowledged || done === acknowledged + 1, `${done} writes are held, ${acknowledged} were acknowledged`)
    t.strictSame(rows, rowsAfter(done))
    t.strictSame(database.prepare('SELECT only, source, unlocks, recording, baseline FROM world').all(), [{ only: 1, source: 'test', unlocks: Math.min(done, ROWS), recording: 1, baseline: null }])
  })
}

/** The rows of `progress` after a number of writes. */
function rowsAfter (writes: number): unknown[] {
  const last = new Map<number, number>()
  for (let write = 1; write <= writes; write++) last.set(rowOf(write), write)
  return [...last].sort(([a], [b]) => a - b).map(([row, write]) => {
    const { percentComplete, timeUnlocked, current } = progressOf(write)
    // The first write of a row is the unlock, and gives the unlock its number.
    const first = [...Array(ROWS).keys()].map((index) => index + 1).find((write) => rowOf(write) === row)
    return {
      person: 1, sandbox: 'RETAIL', achievement: row, percent_complete: percentComplete, time_unlocked: timeUnlocked, unlock_number: first, is_revoked: 0, current: JSON.stringify([...current])
    }
  })
}
