import { BOTH, history, list, LIVE, live, page, percentage, played, progress, title, titles, update, version, world, ZERO_DATE, type Row } from './row.ts'

const TITLES = [title({ sandboxes: ['RETAIL', 'XDKS.1'] })]
/** The user has another token, for the sandbox in which the title is developed. */
const TWO = (me: object = {}) => {
  const whole = world({ titles: TITLES, me })
  return { ...whole, sessions: [...whole.sessions, { userHash: 'dev', token: 'token', xuid: '2533274790000001', sandbox: 'XDKS.1' }] }
}
const dev = { authorization: 'XBL3.0 x=dev;token' }
const UNLOCK = { ...update({}, [{ id: '1', percentComplete: 100 }]), headers: dev }
const achieved = live({ progressState: 'Achieved', progression: { requirements: [], timeUnlocked: '2020-06-15T12:00:00.0000000Z' } })

/** What is done in one sandbox does not show in another. */
export const SANDBOXES: readonly Row[] = [
  { says: 'unlocked in a sandbox: achieved there', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: list(), headers: dev }, status: 200, body: page([achieved]) },
  { says: 'and not in retail', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: list() }, status: 200, body: page([live()]) },
  { says: 'nor in its history', source: '[sandboxes]', dialects: BOTH, world: TWO(), before: [UNLOCK], request: { url: history() }, status: 200, body: titles([]) },
  { says: 'the history of the sandbox', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: history(), headers: dev }, status: 200, body: titles([played({ lastUnlock: '2020-06-15T12:00:00.0000000Z' })]) },
  { says: 'nor in the rarity of retail', source: '[sandboxes]', dialects: LIVE, world: TWO(), before: [UNLOCK], request: { url: list(), headers: version('4') }, status: 200, body: page([live({ rarity: { currentCategory: 'Unset', currentPercentage: 0 } })]) },
  { says: 'an update in retail still changes', source: '[sandboxes]', dialects: BOTH, world: TWO(), before: [UNLOCK], request: update(), status: 200, body: undefined },
  {
    says: 'progress of a world holds for every sandbox of the title where it names none',
    source: '[decision]',
    dialects: LIVE,
    world: TWO({ achievements: [progress({ percentComplete: 55, timeUnlocked: null })] }),
    request: { url: list(), headers: dev },
    status: 200,
    body: page([live({ progressState: 'InProgress', progression: { requirements: [percentage('55')], timeUnlocked: ZERO_DATE } })])
  },
  {
    says: 'and for the one that it names alone',
    source: '[decision]',
    dialects: LIVE,
    world: TWO({ achievements: [progress({ percentComplete: 55, timeUnlocked: null, sandbox: 'RETAIL' })] }),
    request: { url: list(), headers: dev },
    status: 200,
    body: page([live()])
  }
]
