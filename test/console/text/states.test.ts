import t from 'tap'
import { STATES, stateOf } from '../../../src/console/text/states.ts'

t.test('each state has a shape and a word of its own', async (t) => {
  const shown = Object.values(STATES)
  t.strictSame(shown.map(({ sign }) => sign), ['○', '◐', '●', '⊘'])
  t.strictSame(shown.map(({ word }) => word), ['Not started', 'In progress', 'Achieved', 'Revoked'])
})

t.test('the state follows from how far the user is', async (t) => {
  t.strictSame([{ percent: 0 }, { percent: 1 }, { percent: 99 }, { percent: 100 }, { percent: 0, isUnlocked: true }, { percent: 100, isRevoked: true }].map(stateOf),
    ['notStarted', 'inProgress', 'inProgress', 'achieved', 'achieved', 'revoked'])
})
