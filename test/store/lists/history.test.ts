import t from 'tap'
import type { Progress } from '../../../src/model/progress.ts'
import { progressStateOf } from '../../../src/rules/progress-state.ts'
import { build } from '../../helper.ts'
import { achievement, SCID, title, user } from '../../world-parts.ts'

const requirements = ['r', 's'].map((id) => ({ id, target: '5' }))
const UNLOCKED = '2020-01-01T00:00:00.0000000Z'

/** Progress that is stored, in each state and at the border of it. */
const PROGRESS: readonly Progress[] = [
  { percentComplete: 0, timeUnlocked: null, isRevoked: true, current: new Map() },
  { percentComplete: 0, timeUnlocked: null, isRevoked: false, current: new Map([['r', '0'], ['s', '0']]) },
  { percentComplete: 0, timeUnlocked: null, isRevoked: false, current: new Map([['r', '0'], ['s', '1']]) },
  ...['', '00', '0.0', ' 0', 'x'].map((current) => ({ percentComplete: 0, timeUnlocked: null, isRevoked: false, current: new Map([['r', current]]) })),
  { percentComplete: 1, timeUnlocked: null, isRevoked: false, current: new Map() },
  { percentComplete: 0, timeUnlocked: UNLOCKED, isRevoked: false, current: new Map() },
  { percentComplete: 100, timeUnlocked: UNLOCKED, isRevoked: true, current: new Map([['r', '0']]) }
]

t.test('a title is begun when one of its achievements is in a state other than NotStarted', async (t) => {
  for (const progress of PROGRESS) {
    const { current, ...members } = progress
    const begun = { serviceConfigId: SCID, id: 1, ...members, requirements: [...current].map(([id, current]) => ({ id, current })) }
    const { store: { history } } = build(t, {
      world: { titles: [title({ achievements: [achievement({ requirements })] })], users: [user({ achievements: [begun] })] }
    })
    const { totalRecords } = history.list({
      person: 1, sandbox: 'RETAIL', generation: 'modern', scope: 'begun', hasRarity: false, titleIds: null, platforms: null, types: null, order: 'Title', after: null, skip: 0, limit: 10
    })
    t.equal(totalRecords === 1, progressStateOf(progress) !== 'NotStarted', JSON.stringify(begun))
  }
})
