import t from 'tap'
import { bareEntriesOf, isSameProgress, changedBy, deedInWords, entryOf, toggleOf } from '../../../src/console/text/progress-entries.ts'
import { percentAfterKey, percentAt } from '../../../src/console/text/percent-keys.ts'
import { NO_SELECTION, selectRange, toggleRow } from '../../../src/console/text/selection.ts'

const ONE = { serviceConfigId: 's', id: 1, name: 'One', timeUnlocked: '2020-01-01T00:00:00.0000000Z', isRevoked: false }
const TWO = { ...ONE, id: 2, name: 'Two', timeUnlocked: null }
const TAKEN = { ...ONE, id: 3, name: 'Taken', isRevoked: true }
const KEY = { serviceConfigId: 's', id: 1, sandbox: 'RETAIL' }

t.test('what becomes of an achievement', async (t) => {
  t.strictSame(entryOf(ONE, 'unlock', 'RETAIL'), { ...KEY, percentComplete: 100, isRevoked: false })
  t.strictSame(entryOf(ONE, 'lock', 'RETAIL'), { ...KEY, percentComplete: 0, isRevoked: false, requirements: [] })
  t.strictSame(entryOf(ONE, 'revoke', 'RETAIL'), { ...KEY, isRevoked: true })
  t.strictSame(entryOf(ONE, 'unrevoke', 'RETAIL'), { ...KEY, isRevoked: false })
  t.strictSame(entryOf(ONE, { percent: 55 }, 'RETAIL'), { ...KEY, percentComplete: 55 })
  t.strictSame(entryOf(ONE, { percent: 0 }, 'RETAIL'), entryOf(ONE, 'lock', 'RETAIL'))
  t.strictSame(entryOf(ONE, { timeUnlocked: '2020-01-01T00:00:00.000Z' }, 'XDKS.1'), { ...KEY, sandbox: 'XDKS.1', timeUnlocked: '2020-01-01T00:00:00.000Z' })
})

t.test('the same in words', async (t) => {
  t.equal(deedInWords([ONE], 'unlock'), 'Unlocked One')
  t.equal(deedInWords([ONE, TWO], 'lock'), 'Locked 2 achievements')
  t.equal(deedInWords([ONE], 'revoke'), 'Revoked One')
  t.equal(deedInWords([ONE], 'unrevoke'), 'No longer revoked: One')
  t.equal(deedInWords([ONE], { percent: 5 }), '5 %: One')
  t.equal(deedInWords([ONE], { timeUnlocked: '' }), 'Another time of unlock: One')
  t.equal(deedInWords([], 'unlock'), 'Unlocked nothing')
})

t.test('what is changed, and what the key of unlocking does', async (t) => {
  const all = [ONE, TWO, TAKEN]
  t.strictSame(changedBy(all, 'unlock'), [TWO, TAKEN])
  t.strictSame(changedBy(all, 'revoke'), [ONE, TWO])
  t.strictSame(changedBy(all, 'unrevoke'), [TAKEN])
  t.strictSame(changedBy(all, 'lock'), all)
  t.strictSame(changedBy(all, { percent: 5 }), all)
  t.equal(toggleOf([ONE, TWO]), 'unlock')
  t.equal(toggleOf([ONE, TAKEN]), 'lock')
})

t.test('what was there before is named, and compared in any order', async (t) => {
  const [one, two] = [{ serviceConfigId: 'a', id: 1, sandbox: 'RETAIL', percentComplete: 5 }, { serviceConfigId: 'a', id: 2, sandbox: 'RETAIL', percentComplete: 6 }]
  t.strictSame(bareEntriesOf({ achievements: [one], titles: [] }), { achievements: [{ serviceConfigId: 'a', id: 1, sandbox: 'RETAIL' }] })
  t.equal(isSameProgress({ achievements: [one, two], titles: [] }, { achievements: [two, one], titles: [1] }), true)
  t.equal(isSameProgress({ achievements: [one], titles: [] }, { achievements: [{ ...one, percentComplete: 7 } as typeof one], titles: [] }), false)
})

t.test('a percentage is moved by five, to either end, and not beyond', async (t) => {
  t.strictSame(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'a'].map((key) => percentAfterKey(key, 52)), [57, 47, 0, 100, undefined])
  t.strictSame([percentAfterKey('ArrowRight', 98), percentAfterKey('ArrowLeft', 3)], [100, 0])
  t.strictSame([-1, 0, 0.12, 0.13, 0.999, 2].map(percentAt), [0, 0, 10, 15, 100, 100])
})

t.test('rows are chosen one by one, and from one to another', async (t) => {
  const order = ['a', 'b', 'c', 'd']
  const one = toggleRow(NO_SELECTION, 'b')
  t.strictSame(one, { keys: new Set(['b']), anchor: 'b' })
  t.strictSame(toggleRow(one, 'b'), { keys: new Set(), anchor: 'b' })
  t.strictSame(selectRange(one, 'd', order), { keys: new Set(['b', 'c', 'd']), anchor: 'b' })
  t.strictSame(selectRange(one, 'a', order), { keys: new Set(['b', 'a']), anchor: 'b' })
  t.strictSame(selectRange(NO_SELECTION, 'c', order), { keys: new Set(['c']), anchor: 'c' })
  t.strictSame(selectRange({ keys: new Set(['gone']), anchor: 'gone' }, 'c', order), { keys: new Set(['gone', 'c']), anchor: 'c' })
})
