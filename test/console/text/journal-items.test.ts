import t from 'tap'
import { addToJournal, itemsOf, keyOfItem, neighbourOf, type KnownJournal } from '../../../src/console/text/journal-items.ts'
import { journalEntry, journalFrame } from './journal-entry.ts'

const NOTHING: KnownJournal = { entries: [], frames: [] }
const BOUNDS = { count: 5, bytes: 1000 }
const entries = (...ids: number[]): KnownJournal => ({ entries: ids.map((id) => journalEntry({ id })), frames: [] })
const frames = (...ids: number[]): KnownJournal => ({ entries: [], frames: ids.map((id) => journalFrame({ id })) })
const idsOf = ({ entries, frames }: KnownJournal): readonly [number[], number[]] => [entries.map(({ id }) => id), frames.map(({ id }) => id)]

t.test('what comes is added once, in the order of the ids', async (t) => {
  t.strictSame(idsOf(addToJournal(NOTHING, entries(2, 1), BOUNDS)), [[1, 2], []])
  t.strictSame(idsOf(addToJournal(entries(1, 2), entries(3), BOUNDS)), [[1, 2, 3], []])
  t.strictSame(idsOf(addToJournal(entries(3, 4), entries(1, 2, 3), BOUNDS)), [[1, 2, 3, 4], []])
  t.strictSame(idsOf(addToJournal(entries(1, 2), entries(2, 3, 3), BOUNDS)), [[1, 2, 3], []])
  t.strictSame(idsOf(addToJournal(frames(1), frames(3, 2), BOUNDS)), [[], [1, 2, 3]])
  const known = entries(1)
  t.equal(addToJournal(known, frames(1), BOUNDS).entries.length, 1)
})

t.test('beyond the bounds the oldest goes', async (t) => {
  t.strictSame(idsOf(addToJournal(entries(1, 2, 3), entries(4, 5, 6, 7), BOUNDS)), [[3, 4, 5, 6, 7], []])
  t.strictSame(idsOf(addToJournal(frames(1, 2, 3), frames(4, 5, 6), BOUNDS)), [[], [2, 3, 4, 5, 6]])
  const long = (id: number, bytes: number) => journalEntry({ id, answer: { headers: {}, bytes, body: null } })
  t.strictSame(idsOf(addToJournal({ entries: [long(1, 400), long(2, 400)], frames: [] }, { entries: [long(3, 400)], frames: [] }, BOUNDS)), [[2, 3], []])
  t.strictSame(idsOf(addToJournal({ entries: [long(1, 400), long(2, 600)], frames: [] }, NOTHING, BOUNDS)), [[1, 2], []])
  t.strictSame(idsOf(addToJournal({ entries: [long(1, 1)], frames: [] }, { entries: [long(2, 4000)], frames: [] }, BOUNDS)), [[2], []], 'the newest one stays')
})

t.test('frames come after the request that they follow, the newest first', async (t) => {
  const items = itemsOf({
    entries: [journalEntry({ id: 5 }), journalEntry({ id: 7 })],
    frames: [journalFrame({ id: 1, follows: 3 }), journalFrame({ id: 2, follows: 5 }), journalFrame({ id: 3, follows: 6 }), journalFrame({ id: 4, follows: 7 }), journalFrame({ id: 5, follows: 8 })]
  })
  t.strictSame(items.map(keyOfItem), ['f5', 'f4', '7', 'f3', 'f2', '5', 'f1'])
  t.strictSame(itemsOf(NOTHING), [])
  t.strictSame(itemsOf(frames(1, 2)).map(keyOfItem), ['f2', 'f1'])
})

t.test('the one before and the one after', async (t) => {
  const is = (wanted: number) => (item: number) => item === wanted
  t.strictSame([neighbourOf([1, 2, 3], is(2), 1), neighbourOf([1, 2, 3], is(2), -1), neighbourOf([1, 2, 3], is(3), 1), neighbourOf([1, 2, 3], is(9), 1), neighbourOf([], is(1), 1)], [3, 1, undefined, 1, undefined])
})
