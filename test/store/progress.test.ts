import t, { type Test } from 'tap'
import type { Progress } from '../../src/model/progress.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { thrownBy } from '../thrown-error.ts'
import { achievement, SCID, title, user } from '../world-parts.ts'

const LATER = '2020-01-01T00:00:00.0000000Z'
const locked: Progress = { percentComplete: 40, timeUnlocked: null, isRevoked: false, current: new Map() }
const unlocked: Progress = { ...locked, percentComplete: 100, timeUnlocked: LATER }

/** Two users and three achievements; ann has unlocked the first and begun the second. */
function prepare (t: Test) {
  const database = openDatabase(':memory:')
  t.teardown(() => database.close())
  const begun = [{ id: 1, percentComplete: 100 }, { id: 2, percentComplete: 40 }].map((progress) => ({ serviceConfigId: SCID, ...progress }))
  seed(database, mergeWorlds([{
    file: 'world.json',
    document: {
      titles: [title({ achievements: [1, 2, 3].map((id) => achievement({ id })) })],
      users: [user({ achievements: begun }), user({ xuid: '2', gamertag: 'bob' })]
    }
  }]), 'test')
  const read = database.prepare<[number, number], unknown>('SELECT * FROM progress WHERE person = ? AND achievement = ?')
  const readNumber = database.prepare<[number, number], number | null>('SELECT unlock_number FROM progress WHERE person = ? AND achievement = ?').pluck()
  const countUnlocks = database.prepare<[], number>('SELECT unlocks FROM world').pluck()
  const { transact } = prepareStore(database)
  return {
    write: (person: number, achievement: number, done: Progress, sandbox = 'RETAIL') => transact(({ write }) => write.progress.put({ person, sandbox, achievement }, done)),
    rowOf: (person: number, achievement: number) => read.get(person, achievement),
    numberOf: (person: number, achievement: number) => readNumber.get(person, achievement),
    countUnlocks: () => countUnlocks.get()
  }
}

t.test('progress replaces the progress that was there', async (t) => {
  const { write, rowOf } = prepare(t)
  write(1, 2, { percentComplete: 55, timeUnlocked: null, isRevoked: true, current: new Map([['b', '2'], ['a', '1']]) })
  t.strictSame(rowOf(1, 2), {
    person: 1, sandbox: 'RETAIL', achievement: 2, percent_complete: 55, time_unlocked: null, unlock_number: null, is_revoked: 1, current: '[["b","2"],["a","1"]]'
  })
  write(1, 2, { percentComplete: 100, timeUnlocked: LATER, isRevoked: false, current: new Map() })
  t.strictSame(rowOf(1, 2), {
    person: 1, sandbox: 'RETAIL', achievement: 2, percent_complete: 100, time_unlocked: LATER, unlock_number: 1, is_revoked: 0, current: '[]'
  })
})

t.test('unlocks are numbered: 0 for a seeded one, then 1, 2, …', async (t) => {
  const { write, numberOf, countUnlocks } = prepare(t)
  t.equal(numberOf(1, 1), 0)
  t.equal(numberOf(1, 2), null)
  t.equal(countUnlocks(), 0)
  write(1, 2, unlocked)
  write(2, 1, unlocked)
  write(1, 3, { ...unlocked, percentComplete: 10 })
  t.strictSame([numberOf(1, 1), numberOf(1, 2), numberOf(2, 1), numberOf(1, 3)], [0, 1, 2, 3])
  t.equal(countUnlocks(), 3)
})

t.test('an unlock that is written again keeps its number', async (t) => {
  const { write, numberOf, countUnlocks } = prepare(t)
  write(1, 2, unlocked)
  write(2, 1, unlocked)
  write(1, 1, { ...unlocked, isRevoked: true })
  write(1, 2, { ...unlocked, timeUnlocked: '2021-01-01T00:00:00.0000000Z' })
  t.strictSame([numberOf(1, 1), numberOf(1, 2), numberOf(2, 1)], [0, 1, 2])
  t.equal(countUnlocks(), 2)
})

t.test('a locked achievement has no number, and gets a new one when it is unlocked again', async (t) => {
  const { write, numberOf, countUnlocks } = prepare(t)
  write(2, 3, locked)
  t.equal(numberOf(2, 3), null)
  write(1, 2, unlocked)
  write(1, 1, locked)
  write(1, 2, locked)
  t.strictSame([numberOf(1, 1), numberOf(1, 2)], [null, null])
  t.equal(countUnlocks(), 1)
  write(1, 1, unlocked)
  write(1, 2, unlocked)
  t.strictSame([numberOf(1, 1), numberOf(1, 2)], [2, 3])
  t.equal(countUnlocks(), 3)
})

t.test('a write that fails changes nothing and counts no unlock', async (t) => {
  const { write, rowOf, numberOf, countUnlocks } = prepare(t)
  const before = rowOf(1, 2)
  const cases: Array<[number, number, Progress, string]> = [
    [1, 2, { ...unlocked, percentComplete: 101 }, 'CHECK constraint failed: percent_complete BETWEEN 0 AND 100'],
    [1, 2, { ...locked, percentComplete: 100 }, 'CHECK constraint failed: percent_complete < 100 OR time_unlocked IS NOT NULL'],
    [3, 1, unlocked, 'FOREIGN KEY constraint failed'],
    [1, 4, unlocked, 'FOREIGN KEY constraint failed']
  ]
  for (const [person, achievement, progress, message] of cases) {
    t.equal(thrownBy(() => write(person, achievement, progress)).message, message)
  }
  t.strictSame(rowOf(1, 2), before)
  t.equal(numberOf(1, 4), undefined)
  t.equal(countUnlocks(), 0)
})
