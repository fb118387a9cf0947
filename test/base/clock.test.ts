import t from 'tap'
import { createClock, systemClock } from '../../src/base/clock.ts'

t.test('a clock follows another until it is adjusted', async (t) => {
  let followed = 1000
  const clock = createClock({ now: () => followed })
  const steps: Array<[what: string, change: () => void, now: number, later: number, state: object]> = [
    ['at first', () => {}, 1000, 1500, { frozen: null, offset: 0 }],
    ['frozen', () => clock.freeze(7), 7, 7, { frozen: 7, offset: 0 }],
    ['frozen at 1970', () => clock.freeze(0), 0, 0, { frozen: 0, offset: 0 }],
    ['frozen before 1970', () => clock.freeze(-5), -5, -5, { frozen: -5, offset: 0 }],
    ['shifted', () => clock.shift(50), 1050, 1550, { frozen: null, offset: 50 }],
    ['shifted again: from the followed clock, not from before', () => clock.shift(-50), 950, 1450, { frozen: null, offset: -50 }],
    ['back', () => clock.shift(0), 1000, 1500, { frozen: null, offset: 0 }]
  ]
  for (const [what, change, now, later, state] of steps) {
    followed = 1000
    change()
    t.equal(clock.now(), now, what)
    t.strictSame(clock.state(), state, what)
    followed = 1500
    t.equal(clock.now(), later, what)
  }
})

t.test('two clocks that follow the same one are adjusted independently', async (t) => {
  const followed = { now: () => 10 }
  const [one, other] = [createClock(followed), createClock(followed)]
  one.freeze(1)
  other.shift(5)
  t.strictSame([one.now(), other.now(), createClock(followed).now()], [1, 15, 10])
})

t.test('the system clock is Date.now', async (t) => {
  t.intercept(Date, 'now', { value: () => 42, configurable: true })
  t.equal(systemClock.now(), 42)
})

t.test('a clock stands still at the ends of the years 1 to 9999, and can be set back', async (t) => {
  const day = 86_400_000
  for (const [end, further] of [['9999-12-31T23:59:59.999Z', 1], ['0001-01-01T00:00:00.000Z', -1]] as const) {
    const last = Date.parse(end)
    let followed = 0
    const clock = createClock({ now: () => followed })
    t.equal(clock.shift(last - further * day), true)
    for (const [after, expected] of [[day - 1, last - further], [day, last], [day + 1, last], [10_000 * day, last]] as const) {
      followed = further * after
      t.equal(clock.now(), expected, `${end} ${after}`)
    }
    const state = clock.state()
    t.equal(clock.shift(last - followed + further), false, 'a millisecond too far')
    t.strictSame(clock.state(), state, 'and nothing has changed')
    t.equal(clock.shift(last - followed), true)
    t.equal(clock.now(), last)
    followed = 0
    t.equal(clock.shift(0), true)
    t.equal(clock.now(), 0)
    clock.freeze(last)
    followed = further * day
    t.equal(clock.now(), last, 'frozen')
  }
})

t.test('a clock that follows one outside of the years 1 to 9999 is at their end', async (t) => {
  t.equal(createClock({ now: () => 8.64e15 }).now(), Date.parse('9999-12-31T23:59:59.999Z'))
  t.equal(createClock({ now: () => -8.64e15 }).now(), Date.parse('0001-01-01T00:00:00Z'))
})
