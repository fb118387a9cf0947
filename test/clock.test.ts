import t from 'tap'
import { createClock, systemClock } from '../src/clock.ts'

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

t.test('two clocks that follow the same one are adjusted apart', async (t) => {
  const followed = { now: () => 10 }
  const [one, other] = [createClock(followed), createClock(followed)]
  one.freeze(1)
  other.shift(5)
  t.strictSame([one.now(), other.now(), createClock(followed).now()], [1, 15, 10])
})

t.test('the machine\'s own clock', async (t) => {
  t.intercept(Date, 'now', { value: () => 42, configurable: true })
  t.equal(systemClock.now(), 42)
})
