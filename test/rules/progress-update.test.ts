import t from 'tap'
import type { Achievement } from '../../src/model/achievement.ts'
import type { Progress } from '../../src/model/progress.ts'
import { advanceProgress } from '../../src/rules/progress-update.ts'

const NOW = '2013-02-15T00:00:00.0000000Z'
const UNTOUCHED: Progress = { percentComplete: 0, timeUnlocked: null, isRevoked: false, current: new Map() }

function achievement (rest: Partial<Achievement>): Achievement {
  return { id: 3, achievementType: 'Persistent', timeWindow: null, requirements: [], progress: UNTOUCHED, ...rest } as Achievement
}

t.test('progress only grows, and 100 unlocks', async (t) => {
  for (const [before, percent, after] of [
    [UNTOUCHED, 0, null],
    [UNTOUCHED, 1, { percentComplete: 1, timeUnlocked: null }],
    [{ ...UNTOUCHED, percentComplete: 75 }, 50, null],
    [{ ...UNTOUCHED, percentComplete: 75 }, 75, null],
    [{ ...UNTOUCHED, percentComplete: 75 }, 76, { percentComplete: 76, timeUnlocked: null }],
    [{ ...UNTOUCHED, percentComplete: 75 }, 100, { percentComplete: 100, timeUnlocked: NOW }],
    [UNTOUCHED, 101, { percentComplete: 100, timeUnlocked: NOW }],
    [UNTOUCHED, 4294967295, { percentComplete: 100, timeUnlocked: NOW }],
    [{ ...UNTOUCHED, percentComplete: 100, timeUnlocked: '2012-01-01T00:00:00.0000000Z' }, 100, null],
    [{ ...UNTOUCHED, timeUnlocked: '2012-01-01T00:00:00.0000000Z' }, 50, null],
    [{ ...UNTOUCHED, isRevoked: true }, 5, { percentComplete: 5, timeUnlocked: null, isRevoked: true }]
  ] as const) {
    t.strictSame(advanceProgress(achievement({ progress: before }), percent, NOW), after && { ...UNTOUCHED, ...after })
  }
})

t.test('requirements that are whole numbers grow with the percentage', async (t) => {
  const requirement = { operationType: 'Sum', valueType: 'Integer', ruleParticipationType: 'Individual' }
  const requirements = [
    { ...requirement, id: 'hundred', target: '100' },
    { ...requirement, id: 'three', target: '3' },
    { ...requirement, id: 'ahead', target: '10' },
    { ...requirement, id: 'odd', target: '10' },
    { ...requirement, id: 'text', target: 'x' },
    { ...requirement, id: 'date', target: '20130215', valueType: 'DateTime' },
    { ...requirement, id: 'huge', target: '99999999999999' }
  ]
  const current = new Map([['ahead', '9'], ['odd', '-'], ['date', '1'], ['text', 'y']])
  const progress = { ...UNTOUCHED, current }
  t.strictSame([...advanceProgress(achievement({ requirements, progress }), 75, NOW)?.current ?? []], [
    ['hundred', '75'], ['three', '2'], ['ahead', '9'], ['odd', '7'], ['text', 'y'], ['date', '1']
  ])
  t.strictSame([...advanceProgress(achievement({ requirements, progress }), 100, NOW)?.current ?? []], [
    ['hundred', '100'], ['three', '3'], ['ahead', '10'], ['odd', '10'], ['text', 'y'], ['date', '1']
  ])
})

t.test('a challenge advances only in its time window', async (t) => {
  const timeWindow = { startDate: '2013-02-01T00:00:00Z', endDate: '2013-03-01T00:00:00.5Z' }
  const challenge = achievement({ achievementType: 'Challenge', timeWindow })
  for (const [now, isOpen] of [
    ['2013-01-31T23:59:59.9999999Z', false],
    ['2013-02-01T00:00:00.0000000Z', true],
    ['2013-03-01T00:00:00.4999999Z', true],
    ['2013-03-01T00:00:00.5000000Z', false],
    ['2101-01-01T00:00:00.0000000Z', false]
  ] as const) {
    if (isOpen) {
      t.equal(advanceProgress(challenge, 100, now)?.timeUnlocked, now)
      continue
    }
    t.throws(() => advanceProgress(challenge, 100, now), {
      status: 400,
      message: `Achievement 3 is a challenge from 2013-02-01T00:00:00Z to 2013-03-01T00:00:00.5Z; it is ${now}, expected an instant in this window.`
    })
    t.equal(advanceProgress(challenge, 0, now), null, 'what changes nothing is not refused')
    t.equal(advanceProgress(achievement({ timeWindow }), 100, now)?.timeUnlocked, now, 'a persistent one has no window')
    t.equal(advanceProgress(achievement({ achievementType: 'Challenge' }), 100, now)?.timeUnlocked, now, 'nor has a challenge that names none')
  }
})
