import { BOTH, history, list, LIVE, live, page, percentage, played, progress, title, titles, update, version, world, ZERO_DATE, type Row } from './row.ts'

const TITLES = [title({ sandboxes: ['RETAIL', 'XDKS.1'] })]
/** A world in which the user has a second token, for the sandbox XDKS.1. */
const TWO = (me: object = {}) => {
  const whole = world({ titles: TITLES, me })
  return { ...whole, sessions: [...whole.sessions, { userHash: 'dev', token: 'token', xuid: '2533274790000001', sandbox: 'XDKS.1' }] }
}
const dev = { authorization: 'XBL3.0 x=dev;token' }
const UNLOCK = { ...update({}, [{ id: '1', percentComplete: 100 }]), headers: dev }
const achieved = live({ progressState: 'Achieved', progression: { requirements: [], timeUnlocked: '2020-06-15T12:00:00.0000000Z' } })

/** Progress in one sandbox is not visible in another. */
export const SANDBOXES: readonly Row[] = [
  { says: 'an achievement that is unlocked in a sandbox is achieved there', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: list(), headers: dev }, status: 200, body: page([achieved]) },
  { says: 'an achievement that is unlocked in another sandbox is not started in RETAIL', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: list() }, status: 200, body: page([live()]) },
  { says: 'an unlock in another sandbox is not in the history of RETAIL', source: '[sandboxes]', dialects: BOTH, world: TWO(), before: [UNLOCK], request: { url: history() }, status: 200, body: titles([]) },
  { says: 'an unlock in a sandbox is in its history', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: history(), headers: dev }, status: 200, body: titles([played({ lastUnlock: '2020-06-15T12:00:00.0000000Z' })]) },
  { says: 'an unlock in another sandbox does not count for the rarity in RETAIL', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: list(), headers: version('4') }, status: 200, body: page([live({ rarity: { currentCategory: 'Unset', currentPercentage: 0 } })]) },
  { says: 'an achievement that is unlocked in another sandbox can be updated in RETAIL', source: '[sandboxes]', dialects: BOTH, world: TWO(), before: [UNLOCK], request: update(), status: 200, body: undefined },
  {
    says: 'progress of a world that names no sandbox is in every sandbox of the title',
    source: '[decision]',
    dialects: LIVE,
    world: TWO({ achievements: [progress({ percentComplete: 55, timeUnlocked: null })] }),
    request: { url: list(), headers: dev },
    status: 200,
    body: page([live({ progressState: 'InProgress', progression: { requirements: [percentage('55')], timeUnlocked: ZERO_DATE } })])
  },
  {
    says: 'progress of a world that names a sandbox is in no other',
    source: '[decision]',
    dialects: LIVE,
    world: TWO({ achievements: [progress({ percentComplete: 55, timeUnlocked: null, sandbox: 'RETAIL' })] }),
    request: { url: list(), headers: dev },
    status: 200,
    body: page([live()])
  }
]
