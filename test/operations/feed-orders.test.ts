import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import type { Change } from '../../src/model/change.ts'
import { createFeed, type FeedEntry } from '../../src/operations/feed.ts'
import { createOperations } from '../../src/operations/operations.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { createTestTimers } from '../test-timers.ts'
import { user } from '../world-parts.ts'

/** Two processes on one file, in one: what they do in any order, and what they hear. */

const XUIDS = ['1', '2', '3']
const WORLD = mergeWorlds([{ file: 'world', document: { users: XUIDS.map((xuid) => user({ xuid, gamertag: `user ${xuid}` })) } }])

const side = fc.nat({ max: 1 })
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ side, what: fc.constant('write' as const), xuid: fc.constantFrom(...XUIDS) }) },
  { weight: 2, arbitrary: fc.record({ side, what: fc.constantFrom('fail' as const, 'nothing' as const, 'reset' as const) }) },
  { weight: 3, arbitrary: fc.record({ side, what: fc.constant('poll' as const) }) },
  { weight: 1, arbitrary: fc.record({ side, what: fc.constantFrom('listen' as const, 'end' as const) }) }
)

t.test('each of two processes hears all changes once, in the order in which they were committed', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const first = openDatabase(file)
  seed(first, WORLD, 'test')
  first.close()
  const sides = [0, 1].map(() => {
    const database = openDatabase(file)
    const { store, transact } = prepareStore(database)
    t.teardown(() => { database.close() })
    return { store, transact }
  })

  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const processes = sides.map(({ store, transact }) => {
      const timers = createTestTimers()
      const feed = createFeed({ now: () => 0 }, { log: { changes: store.changes, transact }, timers })
      return { store, feed, timers, run: createOperations(transact, feed.transactions).run, expected: [] as Change[], heard: [] as FeedEntry[], end: undefined as (() => void) | undefined }
    })
    /** All that was committed, by which a listener that begins hears only what comes then. */
    const tell = (change: Change): void => { for (const each of processes) if (each.end !== undefined) each.expected.push(change) }
    for (const given of steps) {
      const process = processes[given.side] as typeof processes[number]
      const { run, store, timers, feed } = process
      switch (given.what) {
        case 'write': {
          const privacy = store.people.findSettings(given.xuid)?.privacy === 'everyone' ? 'blocked' : 'everyone'
          tell({ kind: 'user', xuid: given.xuid, what: 'privacy' })
          run('privacy.set', { xuid: given.xuid, privacy })
          break
        }
        case 'fail':
          try {
            run('friend.remove', { xuid: '1', friend: '2' })
          } catch {}
          break
        case 'nothing':
          run('privacy.set', { xuid: '1', privacy: store.people.findSettings('1')?.privacy ?? 'everyone' })
          break
        case 'reset':
          tell({ kind: 'world', what: 'reset' })
          run('world.reset', {})
          break
        case 'poll':
          timers.pass(25)
          break
        case 'listen':
          process.end ??= feed.listen((entry) => { process.heard.push(entry) })
          break
        case 'end':
          // What was committed and is not read yet, nobody hears any more.
          timers.pass(25)
          process.end?.()
          process.end = undefined
      }
    }
    for (const { timers, expected, heard, feed } of processes) {
      timers.pass(25)
      t.strictSame(heard.map(({ change }) => change), expected)
      const ids = heard.map(({ id }) => id)
      t.strictSame(ids, [...new Set(ids)].sort((a, b) => a - b))
      feed.close()
    }
  }), { numRuns: 60, seed: 16, endOnFailure: false })
})

const disturbance = fc.oneof(
  { weight: 6, arbitrary: fc.record({ side, what: fc.constantFrom('write' as const, 'poll' as const) }) },
  { weight: 1, arbitrary: fc.record({ side, what: fc.constantFrom('sleep' as const, 'lock' as const, 'unlock' as const, 'lose' as const) }) }
)

t.test('whatever a process does not hear, it is told that it has missed something after that', async (t) => {
  const file = join(t.testdir(), 'test.db')
  const third = openDatabase(file)
  seed(third, WORLD, 'test')
  const sides = [0, 1].map(() => {
    const database = openDatabase(file, 0)
    return { ...prepareStore(database), database }
  })
  t.teardown(() => { for (const database of [third, ...sides.map(({ database }) => database)]) database.close() })
  let user = 1000

  fc.assert(fc.property(fc.array(disturbance, { maxLength: 40 }), (steps) => {
    const processes = sides.map(({ store, transact }) => {
      const timers = createTestTimers()
      const feed = createFeed({ now: () => 0 }, { log: { changes: store.changes, transact }, timers })
      const heard: string[] = []
      feed.listen(({ change }) => { heard.push(change.kind === 'user' ? change.xuid : change.kind) })
      return { feed, timers, run: createOperations(transact, feed.transactions).run, heard }
    })
    const committed: string[] = []
    for (const { side, what } of steps) {
      const { run, timers } = processes[side] as typeof processes[number]
      switch (what) {
        case 'write': {
          const xuid = String(++user)
          try {
            run('user.put', { xuid, gamertag: null, privacy: null, profile: null, signInError: null })
            committed.push(xuid)
          } catch (error) {
            t.equal(third.inTransaction, true, (error as Error).message)
          }
          break
        }
        case 'poll':
          timers.pass(25)
          break
        case 'lock':
          if (!third.inTransaction) third.exec('BEGIN IMMEDIATE')
          break
        case 'unlock':
          if (third.inTransaction) third.exec('COMMIT')
          break
        case 'sleep':
          if (!third.inTransaction) third.exec('UPDATE listener SET ends = 0')
          break
        case 'lose':
          if (!third.inTransaction) third.exec('DELETE FROM change WHERE row <= (SELECT max(row) - 1 FROM change)')
      }
    }
    if (third.inTransaction) third.exec('COMMIT')
    for (const { heard, timers, feed } of processes) {
      timers.pass(25)
      timers.pass(25)
      const all = [...committed]
      let mayMiss = false
      for (const each of heard) {
        if (each === 'missed') {
          mayMiss = true
          continue
        }
        const place = all.indexOf(each)
        t.ok(place === 0 || (place > 0 && mayMiss), `${each} after ${heard.join()} of ${committed.join()}`)
        all.splice(0, place + 1)
        mayMiss = false
      }
      t.ok(all.length === 0 || mayMiss, `${heard.join()} of ${committed.join()}`)
      feed.close()
    }
  }), { numRuns: 100, seed: 16, endOnFailure: false })
})
