import t from 'tap'
import { ZERO_DATE } from '../../src/base/instant.ts'
import { progressStateOf } from '../../src/rules/progress-state.ts'

t.test('the state of a user\'s progress', async (t) => {
  for (const [percentComplete, timeUnlocked, current, state] of [
    [0, null, {}, 'NotStarted'],
    [0, null, { a: '0', b: '0' }, 'NotStarted'],
    [0, null, { a: '0', b: '1' }, 'InProgress'],
    [1, null, {}, 'InProgress'],
    [99, null, { a: '99' }, 'InProgress'],
    [100, ZERO_DATE, {}, 'Achieved'],
    [0, '2013-01-17T03:19:00.3087016Z', {}, 'Achieved']
  ] as const) {
    t.equal(progressStateOf({ percentComplete, timeUnlocked, isRevoked: false, current: new Map(Object.entries(current)) }), state)
  }
})
