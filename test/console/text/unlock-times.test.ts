import t from 'tap'
import { fromLocalField, toLocalField, UNKNOWN_TIME, WINDOW_STATES, windowState } from '../../../src/console/text/time-window.ts'
import { unlockLineInWords, unlockLineOf } from '../../../src/console/text/unlock-line.ts'

t.test('a time window is to come, running or over; its end does not belong to it', async (t) => {
  const window = { startDate: '2020-01-01T00:00:00Z', endDate: '2020-02-01T00:00:00Z' }
  const [start, end] = [Date.parse(window.startDate), Date.parse(window.endDate)]
  t.strictSame([start - 1, start, end - 1, end].map((now) => windowState(window, now)), ['toCome', 'running', 'running', 'over'])
  t.strictSame(Object.values(WINDOW_STATES).map(({ word }) => word), ['to come', 'running', 'over'])
})

t.test('a field for local times has the instant of the wire, and gives it back', async (t) => {
  t.equal(toLocalField(null), '')
  t.equal(toLocalField(UNKNOWN_TIME), '')
  const wire = '2020-07-15T12:30:45.678Z'
  t.match(toLocalField(wire), /^2020-07-1\dT\d\d:\d\d:45\.678$/)
  t.equal(fromLocalField(toLocalField(wire)), wire)
  for (const text of ['', 'yesterday', '+012020-01-01T00:00']) t.equal(fromLocalField(text), undefined, text)
  t.equal(fromLocalField('-000001-06-01T00:00:00'), undefined)
  t.equal(fromLocalField('0000-06-01T00:00:00'), undefined)
})

const unlock = (name: string, timeUnlocked: string) => ({ name, timeUnlocked })
const [JANUARY, MARCH] = ['2020-01-01T00:00:00.0000000Z', '2020-03-01T00:00:00.0000000Z']
const showTime = (wire: string): string => wire.slice(0, 7)

t.test('a time line counts unlocks up to each instant', async (t) => {
  t.strictSame(unlockLineOf([]), { x: [], counts: [], unknown: 0 })
  const line = unlockLineOf([unlock('Three', MARCH), unlock('Two', JANUARY), unlock('One', JANUARY), unlock('Zero', UNKNOWN_TIME)])
  t.strictSame(line, { x: [Date.parse(JANUARY) / 1000, Date.parse(MARCH) / 1000], counts: [3, 4], unknown: 1 })
})

t.test('a time line in words', async (t) => {
  const words = (unlocks: Parameters<typeof unlockLineOf>[0], hasMore = false): string => unlockLineInWords(unlocks, unlockLineOf(unlocks), { hasMore, showTime })
  t.equal(words([]), 'Nothing is unlocked.')
  t.equal(words([unlock('A', UNKNOWN_TIME)]), '1 unlocked, nobody knows when.')
  t.equal(words([unlock('A', MARCH)]), '1 unlock, 2020-03: A.')
  t.equal(words([unlock('B', MARCH), unlock('A', JANUARY)]), '2 unlocks, from 2020-01 to 2020-03; the last one: B.')
  t.equal(words([unlock('B', MARCH), unlock('A', JANUARY), unlock('Z', UNKNOWN_TIME)], true), 'The last 2 unlocks, from 2020-01 to 2020-03; the last one: B. 1 more, nobody knows when.')
})
