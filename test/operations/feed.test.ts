import { once } from 'node:events'
import t, { type Test } from 'tap'
import type { Change, ToldProgress } from '../../src/model/change.ts'
import { createFeed, type Feed, type FeedEntry } from '../../src/operations/feed.ts'
import { createOperations } from '../../src/operations/operations.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { createTestTimers, type TestTimers } from '../test-timers.ts'
import { thrownBy } from '../thrown-error.ts'
import { user } from '../world-parts.ts'

/** A feed of a process without a database file. */

const changed = (xuid: string): Change => ({ kind: 'user', xuid, what: 'settings' })
const entry = (id: number, xuid: string, time = '2020-01-01T00:00:00.0000000Z'): FeedEntry => ({ id, time, change: changed(xuid) })

function open (t: Test): { feed: Feed, timers: TestTimers, listen: () => { heard: FeedEntry[], end: () => void } } {
  const timers = createTestTimers()
  const feed = createFeed({ now: () => Date.UTC(2020, 0) }, { timers })
  t.teardown(feed.close)
  return {
    feed,
    timers,
    listen: () => {
      const heard: FeedEntry[] = []
      return { heard, end: feed.listen((entry) => { heard.push(entry) }) }
    }
  }
}

t.test('a listener is called with every entry from then on, in order, until it ends', async (t) => {
  const { feed, listen } = open(t)
  feed.publish([changed('0')])
  t.strictSame([feed.newest(), feed.after(0)], [0, undefined], 'nobody listens')
  const first = listen()
  feed.publish([changed('1'), changed('2')])
  const second = listen()
  feed.publish([changed('3')])
  first.end()
  first.end()
  feed.publish([changed('4')])
  t.strictSame(first.heard, [entry(1, '1'), entry(2, '2'), entry(3, '3')])
  t.strictSame(second.heard, [entry(3, '3'), entry(4, '4')])
  t.strictSame([feed.newest(), feed.after(0), feed.after(2), feed.after(4), feed.after(5)], [4, [1, 2, 3, 4].map((id) => entry(id, String(id))), [entry(3, '3'), entry(4, '4')], [], undefined])
})

t.test('what a listener does comes after what it was told, for all listeners', async (t) => {
  const { feed, listen } = open(t)
  const heard: string[] = []
  const late: FeedEntry[] = []
  const ends: Array<() => void> = []
  feed.listen(({ change, id }) => {
    heard.push(`first ${id}`)
    if (change.kind !== 'user' || change.xuid !== '1') return
    feed.publish([changed('3')])
    feed.listen((entry) => { late.push(entry) })
    ends[0]?.()
  })
  ends.push(feed.listen(() => { heard.push('ended before it was told') }))
  const last = listen()
  feed.publish([changed('1'), changed('2')])
  t.strictSame(heard, ['first 1', 'first 2', 'first 3'])
  t.strictSame(last.heard, [entry(1, '1'), entry(2, '2'), entry(3, '3')])
  t.strictSame(late, [], 'it listened after all three')
})

t.test('a listener that throws is warned of, and the others are told', async (t) => {
  const { feed, listen } = open(t)
  feed.listen(() => { throw new TypeError('oops') })
  const { heard } = listen()
  const warned = once(process, 'warning')
  feed.publish([changed('1')])
  t.strictSame(heard, [entry(1, '1')])
  t.match((await warned)[0], { message: /^TypeError: oops\n/ })
  feed.publish([changed('2')])
  t.equal(heard.length, 2)
})

t.test('entries are kept for a minute after the last listener', async (t) => {
  const { feed, listen, timers } = open(t)
  t.equal(feed.transactions.areHeard(), false)
  const first = listen()
  t.equal(feed.transactions.areHeard(), true)
  t.strictSame(timers.waiting(), [], 'without a file nothing is asked')
  first.end()
  t.strictSame(timers.waiting(), [60_000])
  feed.transactions.publish([changed('1')])
  t.strictSame([first.heard, feed.after(0)], [[], [entry(1, '1')]])
  const second = listen()
  t.strictSame([timers.waiting(), feed.after(0)], [[], [entry(1, '1')]])
  second.end()
  timers.pass(60_000)
  t.strictSame([timers.waiting(), feed.transactions.areHeard(), feed.after(0), feed.after(1)], [[], false, undefined, undefined])
  feed.transactions.publish([changed('2')])
  const third = listen()
  t.strictSame([feed.after(1), feed.after(feed.newest())], [undefined, []], 'what nobody heard is missing')
  feed.publish([changed('3')])
  t.strictSame(third.heard, [entry(3, '3')])
  t.strictSame(feed.after(2), [entry(3, '3')])
})

t.test('the last thousands of entries are kept', async (t) => {
  const { feed, listen } = open(t)
  listen()
  for (let count = 0; count < 5119; count++) feed.publish([changed('1')])
  t.equal(feed.after(0)?.length, 5119)
  feed.publish([changed('1')])
  t.strictSame([feed.after(1023), feed.after(1024)?.length, feed.after(1024)?.[0]?.id], [undefined, 4096, 1025])
  const [before, after] = [1, 2].map((count): ToldProgress => ({ percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: Array.from({ length: count }, () => ({ id: 'r', current: '0' })) })) as [ToldProgress, ToldProgress]
  const ofSize = (length: number): Change => ({ kind: 'progress', xuid: '1', sandbox: 'RETAIL', serviceConfigId: 's', achievements: Array.from({ length }, (_, id) => ({ id, before, after })) })
  const large = ofSize(15_000)
  feed.publish([large, large])
  t.equal(feed.after(1024)?.length, 4098)
  feed.publish([large])
  t.strictSame(feed.after(5121)?.map(({ id }) => id), [5122, 5123], 'so that no more than 131,072 achievements and values of requirements are')
  t.equal(feed.after(5120), undefined)
  feed.publish([ofSize(45_000)])
  t.strictSame([feed.after(5123), feed.after(5124)], [undefined, []], 'one that is too large by itself is told, and not kept')
})

t.test('a feed that is closed tells nothing', async (t) => {
  const { feed, listen, timers } = open(t)
  const { heard, end } = listen()
  feed.close()
  feed.publish([changed('1')])
  feed.transactions.publish([changed('1')])
  end()
  const after = listen()
  feed.publish([changed('1')])
  after.end()
  feed.close()
  t.strictSame([heard, after.heard, timers.waiting(), feed.transactions.areHeard(), feed.after(0)], [[], [], [], false, undefined])
})

t.test('what is rolled back is not told, also when only the commit fails', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  seed(database, mergeWorlds([{ file: 'world', document: { users: [user()] } }]), 'test')
  const { transact } = prepareStore(database)
  const { feed, listen } = open(t)
  const { heard } = listen()
  const { run } = createOperations(transact, feed.transactions)
  // A reference that nothing meets is found by the commit.
  database.exec(`
    PRAGMA defer_foreign_keys = ON;
    CREATE TABLE broken (person INTEGER REFERENCES person DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER break AFTER UPDATE ON person BEGIN INSERT INTO broken VALUES (99); END`)
  t.equal(thrownBy(() => run('privacy.set', { xuid: '1', privacy: 'blocked' })).message, 'FOREIGN KEY constraint failed')
  t.strictSame([heard, feed.newest()], [[], 0])
  database.exec('DROP TRIGGER break')
  run('privacy.set', { xuid: '1', privacy: 'blocked' })
  t.match(heard, [{ id: 1, change: { kind: 'user', xuid: '1', what: 'privacy' } }])
  t.equal(heard.length, 1)
})
