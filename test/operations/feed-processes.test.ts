import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import t from 'tap'
import { createSessionIn } from '../../src/cli/database.ts'
import type { Change } from '../../src/model/change.ts'
import { createFeed, type FeedEntry } from '../../src/operations/feed.ts'
import { createOperations } from '../../src/operations/operations.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { user } from '../world-parts.ts'

const WORLD = mergeWorlds([{ file: 'world', document: { users: [user()] } }])
const WRITES = 50

/** Starts a program that listens to a file, and writes to it when it is told to. */
function listenTo (file: string, ...writes: number[]): { next: () => Promise<unknown>, write: () => void, end: () => Promise<unknown[]> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'listening-process.ts'), file, ...writes.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    next: async () => JSON.parse((await lines.next()).value as string),
    write: () => { child.stdin.write('go') },
    end: () => {
      child.stdin.end()
      return closed
    }
  }
}

const created = (xuid: number): Change => ({ kind: 'user', xuid: String(xuid), what: 'created' })

t.test('a process is told what others change in its database file, a command among them', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const database = openDatabase(file)
  seed(database, WORLD, 'test')
  const { store, transact } = prepareStore(database)
  const feed = createFeed({ now: () => 0 }, { log: { changes: store.changes, transact } })
  t.teardown(() => {
    feed.close()
    database.close()
  })
  const heard: Array<FeedEntry['change']> = []
  feed.listen(({ change }) => { heard.push(change) })

  const other = listenTo(file)
  t.equal(await other.next(), 'ready')

  const { run } = createOperations(transact, feed.transactions)
  const expected: Change[] = []
  for (let number = 0; number < WRITES; number++) {
    const xuid = String(100 + number)
    run('user.put', { xuid, gamertag: null, privacy: null, profile: null, signInError: null })
    expected.push(created(100 + number))
    if (number % 10 !== 0) continue
    createSessionIn(file, { xuid })
    expected.push({ kind: 'session', what: 'created', xuid, titleId: null })
  }
  const inOther: unknown[] = []
  while (inOther.length < expected.length) inOther.push(await other.next())
  t.strictSame(inOther, expected)
  while (heard.length < expected.length) await new Promise<void>((resolve) => { const end = feed.listen(() => { end(); resolve() }) })
  t.strictSame(heard, expected)
  t.strictSame(await other.end(), [0, null])
  t.equal(database.prepare('SELECT count(*) FROM listener').pluck().get(), 1, 'it is listed no more')
})

t.test('processes that write at the same time are told the same in the same order', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const database = openDatabase(file)
  seed(database, WORLD, 'test')
  database.close()
  const firsts = [1000, 2000, 3000]
  const processes = firsts.map((first) => listenTo(file, first, WRITES))
  for (const { next } of processes) t.equal(await next(), 'ready')
  for (const { write } of processes) write()
  const heard = await Promise.all(processes.map(async ({ next }) => {
    const all: unknown[] = []
    while (all.length < firsts.length * WRITES) all.push(await next())
    return all
  }))
  for (const { end } of processes) t.strictSame(await end(), [0, null])
  for (const all of heard) t.strictSame(all, heard[0])
  const written = firsts.flatMap((first) => Array.from({ length: WRITES }, (_, number) => JSON.stringify(created(first + number))))
  t.strictSame(heard[0]?.map((change) => JSON.stringify(change)).sort(), written.sort())
})
