import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import t, { type Test } from 'tap'
import type { Change } from '../../src/model/change.ts'
import { createFeed, type Feed, type FeedEntry } from '../../src/operations/feed.ts'
import { createOperations, type Operations } from '../../src/operations/operations.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore, type Store } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { createTestTimers, type TestTimers } from '../test-timers.ts'
import { thrownBy } from '../thrown-error.ts'
import { user } from '../world-parts.ts'

/** Feeds of processes that share a database file: each has a connection of its own. */

const POLL = 25
const SECOND = 1000
const WORLD = mergeWorlds([{ file: 'world', document: { users: ['1', '2', '3'].map((xuid) => user({ xuid, gamertag: `user ${xuid}` })) } }])

const MISSED = { kind: 'missed' }
const privacy = (xuid: string): Change => ({ kind: 'user', xuid, what: 'privacy' })

interface Process {
  readonly store: Store
  readonly database: ReturnType<typeof openDatabase>
  readonly feed: Feed
  readonly timers: TestTimers
  readonly run: Operations['run']
  /** Changes something of a user, each time. */
  readonly change: (xuid: string) => void
  readonly listen: () => { heard: Array<FeedEntry['change']>, end: () => void }
  readonly poll: () => void
}

/** Opens a file as so many processes do. */
function open (t: Test): { start: (read?: (changes: Store['changes']) => Store['changes']) => Process, machine: { time: number } } {
  const file = join(t.testdir(), 'test.db')
  const first = openDatabase(file)
  seed(first, WORLD, 'test')
  first.close()
  // What writes asks the machine's own clock.
  const machine = { time: Date.now() }
  let toggle = false
  return {
    machine,
    start: (read = (changes) => changes) => {
      const database = openDatabase(file, 0)
      const { store, transact } = prepareStore(database)
      const timers = createTestTimers()
      const feed = createFeed({ now: () => 0 }, { log: { changes: read(store.changes), transact }, machine: { now: () => machine.time }, timers })
      const { run } = createOperations(transact, feed.transactions)
      t.teardown(() => {
        feed.close()
        database.close()
      })
      return {
        store,
        database,
        feed,
        timers,
        run,
        change: (xuid) => {
          toggle = !toggle
          const [one, other] = ['everyone', 'blocked'] as const
          const { privacy } = store.people.findSettings(xuid) ?? {}
          run('privacy.set', { xuid, privacy: privacy === one ? other : one })
        },
        listen: () => {
          const heard: Array<FeedEntry['change']> = []
          return { heard, end: feed.listen(({ change }) => { heard.push(change) }) }
        },
        poll: () => timers.pass(POLL)
      }
    }
  }
}

const count = ({ database }: Process, table: string): unknown => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
/** Lets all leases lapse, as if the machine had slept. */
const lapse = ({ database }: Process): void => { database.exec('UPDATE listener SET ends = 0') }

t.test('what one process changes is told in both, in the same order, and nothing is logged while nobody listens', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  a.change('1')
  t.strictSame([count(a, 'change'), count(a, 'listener')], [0, 0])
  const [inA, inB] = [a.listen(), b.listen()]
  t.equal(a.feed.transactions.areHeard(), false, 'what is logged is heard by way of the log')
  a.change('1')
  b.change('2')
  t.strictSame([inA.heard, inB.heard], [[privacy('1')], [privacy('1'), privacy('2')]], 'a process that writes reads what was written before')
  a.change('3')
  a.poll()
  b.poll()
  b.poll()
  const all = [privacy('1'), privacy('2'), privacy('3')]
  t.strictSame([inA.heard, inB.heard], [all, all])
  inA.end()
  b.change('1')
  t.strictSame([inA.heard.length, a.feed.after(3)?.map(({ id, change }) => [id, change])], [3, [[4, privacy('1')]]], 'for a minute, what is asked for is read')
  b.change('2')
  t.equal(a.feed.newest(), 5, 'as is the place of the last')
  b.change('2')
  const again = a.listen()
  t.strictSame([again.heard, a.feed.newest()], [[], 6], 'what was written before is none of the new listener\'s')
  for (const { feed } of [a, b]) feed.close()
  t.strictSame([count(a, 'change'), count(a, 'listener')], [0, 0])
})

t.test('what only this process has comes between what was written before and after', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const { heard } = a.listen()
  b.change('1')
  a.feed.publish([{ kind: 'fault', what: 'added', id: 1 }])
  b.change('2')
  a.poll()
  t.strictSame(heard, [privacy('1'), { kind: 'fault', what: 'added', id: 1 }, privacy('2')])
})

t.test('who is told of a change finds it, also in a turn in which the database was read before', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const found: unknown[] = []
  a.feed.listen(() => { found.push(a.store.people.findSettings('1')?.privacy) })
  b.run('privacy.set', { xuid: '1', privacy: 'friendsOnly' })
  t.equal(a.store.people.findSettings('1')?.privacy, 'friendsOnly')
  b.run('privacy.set', { xuid: '1', privacy: 'blocked' })
  a.poll()
  t.strictSame(found, ['blocked', 'blocked'])
  const before = a.store.revision.state()
  b.run('privacy.set', { xuid: '1', privacy: 'friendsOnly' })
  a.feed.listen(() => { found.push(a.store.revision.state() !== before) })
  a.poll()
  t.strictSame(found.slice(2), ['friendsOnly', true], 'what is kept of it is not used any more')
})

t.test('operations without a feed are told to the processes that listen', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const { heard } = a.listen()
  const { run } = createOperations(prepareStore(b.database).transact)
  run('privacy.set', { xuid: '1', privacy: 'blocked' })
  a.poll()
  t.strictSame(heard, [privacy('1')])
})

t.test('what is rolled back leaves no trace, also when only the commit fails', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const { heard } = a.listen()
  b.change('1')
  t.match(thrownBy(() => b.run('friend.remove', { xuid: '1', friend: '2' })), { status: 404 })
  b.database.exec(`
    CREATE TABLE broken (person INTEGER REFERENCES person DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER break AFTER UPDATE ON person BEGIN INSERT INTO broken VALUES (99); END`)
  for (const process of [a, b]) t.equal(thrownBy(() => process.change('2')).message, 'FOREIGN KEY constraint failed')
  b.database.exec('DROP TRIGGER break')
  b.change('3')
  a.poll()
  t.strictSame(heard, [privacy('1'), privacy('3')])
  t.strictSame(a.database.prepare('SELECT row FROM change').pluck().all(), [1, 2])
})

t.test('a process whose lease has lapsed is told that it has missed something, once it has', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const [inA, inB] = [a.listen(), b.listen()]
  lapse(a)
  a.poll()
  t.strictSame(inA.heard, [], 'nobody has written meanwhile')
  b.change('1')
  t.strictSame([inA.heard, inB.heard], [[], [MISSED]], 'nor does it know of its own change')
  a.poll()
  b.change('2')
  a.poll()
  t.strictSame([inA.heard, inB.heard], [[MISSED, privacy('2')], [MISSED, privacy('2')]])
})

t.test('leases are renewed', async (t) => {
  const { start, machine } = open(t)
  const a = start()
  a.listen()
  const ends = (): unknown => a.database.prepare('SELECT ends FROM listener').pluck().get()
  const first = machine.time
  machine.time += 19 * SECOND
  a.poll()
  t.equal(ends(), first + 120 * SECOND)
  machine.time += SECOND
  const b = start()
  b.database.exec('BEGIN IMMEDIATE')
  a.poll()
  t.equal(ends(), first + 120 * SECOND, 'while another process writes, it is tried again')
  b.database.exec('COMMIT')
  a.poll()
  t.equal(ends(), first + 140 * SECOND)
  // Of a process that died, the lease is deleted by the next one that begins to listen.
  machine.time += 200 * SECOND
  b.listen()
  t.equal(count(b, 'listener'), 1)
})

t.test('one that cannot begin to listen does so later, and is told that it may have missed something', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  b.database.exec('BEGIN IMMEDIATE')
  const { heard } = a.listen()
  a.poll()
  t.strictSame([heard, a.feed.after(0)], [[], []])
  b.database.exec('COMMIT')
  a.change('1')
  t.strictSame(heard, [])
  a.poll()
  b.change('2')
  a.poll()
  t.strictSame(heard, [MISSED, privacy('2')])
})

t.test('one that finds the file locked for a moment begins and ends all the same', async (t) => {
  const { start } = open(t)
  const { database, change } = start()
  const { store, transact } = prepareStore(database)
  let busy = 2
  const feed = createFeed({ now: () => 0 }, {
    log: {
      changes: store.changes,
      transact: (work) => {
        if (busy-- > 0) throw new BetterSqlite3.SqliteError('database is locked', 'SQLITE_BUSY')
        return transact(work)
      }
    }
  })
  t.teardown(feed.close)
  const heard: Array<FeedEntry['change']> = []
  feed.listen(({ change }) => { heard.push(change) })
  change('1')
  t.equal(feed.newest(), 1)
  t.strictSame(heard, [privacy('1')], 'it has missed nothing')
  busy = 2
  feed.close()
  t.equal(database.prepare('SELECT count(*) FROM listener').pluck().get(), 0, 'nobody logs for it any more')
})

t.test('one that cannot listen again after its lease has lapsed does so later', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const { heard } = a.listen()
  lapse(b)
  b.change('1')
  b.database.exec('BEGIN IMMEDIATE')
  a.poll()
  b.database.exec('COMMIT')
  t.strictSame(heard, [])
  a.poll()
  t.strictSame(heard, [MISSED])
})

t.test('what is not in the log any more is missed', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const { heard } = a.listen()
  for (const xuid of ['1', '2', '3']) b.change(xuid)
  b.database.exec('DELETE FROM change WHERE row < 3')
  a.poll()
  b.change('1')
  b.database.exec('UPDATE change SET changes = NULL WHERE row = 4')
  b.change('2')
  a.poll()
  b.database.exec('DELETE FROM change')
  b.change('3')
  a.poll()
  t.strictSame(heard, [MISSED, privacy('3'), MISSED, privacy('2'), privacy('3')], 'numbers go on, also when the log is empty')
})

t.test('what this process has written and could not read is read by the next poll', async (t) => {
  const { start } = open(t)
  let isBroken = false
  const a = start((changes) => ({
    ...changes,
    readAfter: (...wanted) => {
      if (isBroken) throw new Error('disk I/O error')
      return changes.readAfter(...wanted)
    }
  }))
  const { heard } = a.listen()
  a.poll()
  isBroken = true
  a.change('1')
  a.poll()
  t.strictSame(heard, [])
  isBroken = false
  a.poll()
  t.strictSame(heard, [privacy('1')], 'although nobody has written since')
})

t.test('a file that is put back to an earlier state while it is listened to', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const { heard } = a.listen()
  a.change('1')
  const [listener, rows] = ['listener', 'change'].map((table) => b.database.prepare(`SELECT * FROM ${table}`).all() as object[])
  b.change('2')
  a.poll()
  b.database.exec("DELETE FROM change WHERE row = 2; UPDATE sqlite_sequence SET seq = 1 WHERE name = 'change'")
  t.strictSame([listener, rows], ['listener', 'change'].map((table) => a.database.prepare(`SELECT * FROM ${table}`).all()), 'as a backup has it')
  a.poll()
  b.change('3')
  a.poll()
  t.strictSame(heard, [privacy('1'), privacy('2'), MISSED, privacy('3')])
})

t.test('a clock of the machine that is set back costs nobody a change', async (t) => {
  const { start, machine } = open(t)
  const [a, b] = [start(), start()]
  machine.time += 3_600_000
  const { heard } = a.listen()
  machine.time -= 3_600_000
  a.poll()
  t.equal(a.database.prepare('SELECT ends FROM listener').pluck().get(), machine.time + 120 * SECOND)
  b.change('1')
  a.poll()
  t.strictSame(heard, [privacy('1')])
})

t.test('what fails while the log is read is tried again, and no reason to fail', async (t) => {
  const { start } = open(t)
  const [a, b] = [start(), start()]
  const { heard, end } = a.listen()
  b.change('1')
  b.database.exec('ALTER TABLE listener RENAME TO gone')
  a.poll()
  t.strictSame(heard, [])
  b.database.exec('ALTER TABLE gone RENAME TO listener')
  a.poll()
  t.strictSame(heard, [privacy('1')])
  a.database.close()
  a.poll()
  end()
  a.feed.close()
  t.strictSame(heard, [privacy('1')], 'the connection is closed')
})
