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

  const other = spawn(process.execPath, [join(import.meta.dirname, 'listening-process.ts'), file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(other, 'close')
  const lines = createInterface(other.stdout)[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => JSON.parse((await lines.next()).value as string)
  t.equal(await next(), 'ready')

  const { run } = createOperations(transact, feed.transactions)
  const expected: Change[] = []
  for (let number = 0; number < WRITES; number++) {
    const xuid = String(100 + number)
    run('user.put', { xuid, gamertag: null, privacy: null, profile: null, signInError: null })
    expected.push({ kind: 'user', xuid, what: 'created' })
    if (number % 10 !== 0) continue
    createSessionIn(file, { xuid })
    expected.push({ kind: 'session', what: 'created', xuid, titleId: null })
  }
  const inOther: unknown[] = []
  while (inOther.length < expected.length) inOther.push(await next())
  t.strictSame(inOther, expected)
  while (heard.length < expected.length) await new Promise<void>((resolve) => { const end = feed.listen(() => { end(); resolve() }) })
  t.strictSame(heard, expected)
  other.stdin.end()
  t.strictSame(await closed, [0, null])
  t.equal(database.prepare('SELECT count(*) FROM listener').pluck().get(), 1, 'it is listed no more')
})
