import { join } from 'node:path'
import BetterSqlite3, { type Database } from 'better-sqlite3'
import t, { type Test } from 'tap'
import type { Change } from '../../src/model/change.ts'
import { prepareChangeLog, prepareChangeLogWrites } from '../../src/store/change-log.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { DEMO } from '../helper.ts'
import { openEarlier } from './earlier.ts'

const told = (xuid: string): Change => ({ kind: 'user', xuid, what: 'settings' })

function open (t: Test): { database: Database, read: ReturnType<typeof prepareChangeLog>, write: ReturnType<typeof prepareChangeLogWrites> } {
  const database = openDatabase(join(t.testdir(), 'test.db'))
  t.teardown(() => { database.close() })
  // What is committed is not waited for.
  database.pragma('synchronous = OFF')
  return { database, read: prepareChangeLog(database), write: prepareChangeLogWrites(database) }
}

t.test('what is logged is read after a row, as long as the listener is listed', async (t) => {
  const { database, read, write } = open(t)
  t.equal(read.isShared, true)
  t.equal(read.readAfter('a', 0), undefined)
  t.equal(write.join({ listener: 'a', now: 0, ends: 10 }), 0)
  t.strictSame(read.readAfter('a', 0), [])
  write.append([told('1'), told('2')])
  write.append([told('3')])
  t.strictSame(read.readAfter('a', 0), [{ row: 1, changes: [told('1'), told('2')] }, { row: 2, changes: [told('3')] }])
  t.strictSame(read.readAfter('a', 1), [{ row: 2, changes: [told('3')] }])
  t.strictSame([read.readAfter('a', 2), read.readAfter('b', 0)], [[], undefined])
  t.equal(write.join({ listener: 'b', now: 9, ends: 20 }), 2)
  write.leave('a')
  t.strictSame([read.readAfter('a', 0), read.readAfter('b', 1)?.length], [undefined, 1])
  write.leave('b')
  t.equal(database.prepare('SELECT count(*) FROM change').pluck().get(), 0, 'the last one deletes the log')
  t.equal(write.join({ listener: 'c', now: 0, ends: 10 }), 2, 'no number is used again')
})

t.test('changes are heard until the last lease has ended', async (t) => {
  const { database, read, write } = open(t)
  t.equal(write.isHeard(0), false)
  write.join({ listener: 'a', now: 0, ends: 10 })
  write.join({ listener: 'b', now: 0, ends: 20 })
  t.equal(write.isHeard(19), true)
  t.strictSame(read.readAfter('a', 0), [], 'what a late one would miss is logged for the other')
  write.renew('a', 30)
  write.renew('c', 40)
  t.equal(write.isHeard(29), true)
  write.append([told('1')])
  t.equal(write.isHeard(30), false)
  t.strictSame([read.readAfter('a', 0), read.readAfter('b', 0), database.prepare('SELECT (SELECT count(*) FROM listener), (SELECT count(*) FROM change)').raw().get()], [undefined, undefined, [0, 0]])
  t.equal(write.join({ listener: 'a', now: 0, ends: 10 }), 1)
  write.append([told('1')])
  t.equal(write.join({ listener: 'b', now: 10, ends: 20 }), 2)
  t.strictSame([read.readAfter('a', 0), read.readAfter('b', 0)], [undefined, []], 'one that begins deletes what has ended, and what nobody needs')
})

t.test('what was listed before the clock was set back has ended', async (t) => {
  const { database, write } = open(t)
  const listed = (): unknown => database.prepare('SELECT id FROM listener').pluck().all()
  write.join({ listener: 'dead', now: 1_000_000, ends: 1_120_000 })
  t.equal(write.isHeard(880_000), true, 'it was set back by two minutes at the most')
  t.equal(write.isHeard(879_999), false)
  t.strictSame(listed(), [])
  write.join({ listener: 'dead', now: 1_000_000, ends: 1_120_000 })
  write.join({ listener: 'alive', now: 900_000, ends: 1_020_000 })
  write.append([told('1')])
  t.strictSame([write.isHeard(879_999), listed()], [true, ['alive']], 'one that was listed since is heard')
  t.equal(database.prepare('SELECT count(*) FROM change').pluck().get(), 1)
  write.join({ listener: 'next', now: 0, ends: 120_000 })
  t.strictSame(listed(), ['next'])
})

t.test('who has read further than the log ever went has missed something', async (t) => {
  const { database, read, write } = open(t)
  write.join({ listener: 'a', now: 0, ends: 10 })
  t.strictSame([read.readAfter('a', 0), read.readAfter('a', 1)], [[], undefined], 'nothing was logged yet')
  database.pragma('journal_mode = DELETE')
  const backup = database.serialize()
  for (const xuid of ['1', '2']) write.append([told(xuid)])
  t.strictSame([read.readAfter('a', 2), read.readAfter('a', 3)], [[], undefined])
  const restored = new BetterSqlite3(backup)
  t.teardown(() => { restored.close() })
  t.equal(prepareChangeLog(restored).readAfter('a', 2), undefined, 'a file that was put back to what it was before')
})

t.test('nothing is heard by way of a database in memory', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  t.strictSame([prepareChangeLog(database).isShared, prepareChangeLogWrites(database).isHeard(0)], [false, false])
})

t.test('the log keeps the last thousands of transactions', async (t) => {
  const { database, write } = open(t)
  const rows = (): unknown => database.prepare('SELECT min(row), max(row), count(*) FROM change').raw().get()
  database.transaction(() => { for (let count = 0; count < 4159; count++) write.append([told('1')]) })()
  t.strictSame(rows(), [1, 4159, 4159])
  write.append([told('1')])
  t.strictSame(rows(), [65, 4160, 4096])
})

t.test('the log keeps no more than some megabytes, and no transaction that is very long', async (t) => {
  const { database, read, write } = open(t)
  write.join({ listener: 'a', now: 0, ends: 1 })
  const longest = [told('x'.repeat(1024 * 1024 - JSON.stringify([told('')]).length))]
  t.equal(JSON.stringify(longest).length, 1024 * 1024)
  database.transaction(() => { for (let count = 0; count < 63; count++) write.append(longest) })()
  const kept = (): unknown => database.prepare('SELECT min(row), max(row), count(*) FROM change').raw().get()
  t.strictSame(kept(), [1, 63, 63])
  write.append([told('x'.repeat(1024 * 1024))])
  t.strictSame(kept(), [48, 64, 17])
  t.strictSame(read.readAfter('a', 62), [{ row: 63, changes: longest }, { row: 64, changes: null }])
})

t.test('an earlier database gets an empty log', async (t) => {
  const database = openEarlier(12, DEMO)
  t.teardown(() => { database.close() })
  migrate(database)
  t.strictSame(database.prepare('SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM listener)').raw().get(), [0, 0])
  const before = database.serialize()
  migrate(database)
  t.strictSame(database.serialize(), before)
})
