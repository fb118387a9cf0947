import { command, NEUTRAL, update, type Reading, type Sent, type Sequence, type Step } from './steps.ts'
import { CONFIGURATIONS, INSTANTS, XUIDS } from './world.ts'

/**
 * For each value that answers depend on, two requests that differ in it alone. Random sequences contain few such
 * pairs. A new query parameter needs a line here.
 */

const read = (variant: number, times = 1): Step => ({ kind: 'read', variant, times })
const next = (back: number, times = 1): Step => ({ kind: 'next', back, times })
const write = (sent: Sent): Step => ({ kind: 'write', write: sent })

/** Two readings, in both orders, each often enough to be cached. */
const turn = (first: Partial<Reading>, variant: Partial<Reading>): Sequence =>
  ({ first: { ...NEUTRAL, ...first }, variants: [variant], steps: [read(0, 2), read(1, 3), read(0)] })

const RETAIL = { userHash: 'h1', token: 't1' }
const DEV = { userHash: 'h1', token: 't2' }
const CATALOGUE = { resource: 'titleachievements', version: '1', titleId: '40' } as const
const NEWEST = { orderBy: 'UnlockTime', maxItems: 2 }

const unlock = (id: number, timeUnlocked: string, sandbox: string | null = null): Step =>
  write(command('PUT', `/users/${XUIDS[0]}/achievements/${CONFIGURATIONS[0]}/${id}`, { percentComplete: 100, timeUnlocked, sandbox }))

/** Reads the second pages of two lists, those of the older one first. */
const BOTH_PAGES = [next(1, 2), next(1, 2), next(3)]

export const EXAMPLES: readonly Sequence[] = [
  // First, because the page of a larger limit contains that of a smaller one.
  ...[{}, CATALOGUE].map((resource) => turn({ ...resource, maxItems: 1 }, { maxItems: 1000 })),
  turn({}, { titleId: '10' }),
  ...[{}, CATALOGUE].map((resource) => turn(resource, { types: 'Challenge' })),
  turn({ ...DEV, resource: 'achievement', id: 5 }, RETAIL),
  turn({ ...DEV }, RETAIL),
  turn({ ...DEV, ...CATALOGUE }, RETAIL),
  turn({ ...DEV, ...CATALOGUE, orderBy: 'Title' }, { orderBy: 'Unordered' }),
  turn({ ...CATALOGUE, orderBy: 'EndingSoon' }, { orderBy: 'Title' }),
  turn({ ...CATALOGUE }, { version: '3' }),
  // The continuation token alone says whose list it is.
  turn({ ...CATALOGUE, maxItems: 1 }, { xuid: XUIDS[1] }),
  turn(CATALOGUE, { titleId: '10' }),
  turn({ resource: 'achievement' }, { id: 2 }),
  turn({ version: '1', possibleOnly: 'true', orderBy: 'Unordered' }, { version: '2' }),
  turn({ version: '1' }, { possibleOnly: 'true' }),
  turn({}, { possibleOnly: 'true' }),
  // A user who has made progress.
  turn({ userHash: 'h1', token: 't3', xuid: XUIDS[2] }, { possibleOnly: 'true' }),
  turn({}, { unlockedOnly: 'true' }),
  turn({}, { version: '4' }),
  turn({ resource: 'achievement' }, { version: '4' }),
  turn({ resource: 'achievement' }, { version: '1' }),
  turn({ resource: 'achievement', scid: CONFIGURATIONS[2], version: '1' }, { scid: CONFIGURATIONS[0] }),
  turn({ resource: 'achievement', id: 2 }, { xuid: XUIDS[2] }),
  turn({}, { xuid: XUIDS[2] }),
  turn({ resource: 'achievement', scid: CONFIGURATIONS[1], userHash: 'h2', token: 't2' }, { userHash: 'h1', token: 't4' }),
  turn({ orderBy: 'Title' }, { orderBy: 'Unordered' }),
  ...[{}, CATALOGUE, { resource: 'achievement' as const }].flatMap((resource) => [turn(resource, { language: 'fr-FR' }), turn({ ...resource, userHash: 'h2', token: 't2' }, RETAIL)]),
  ...[{}, { resource: 'achievement' as const }].map((resource) => turn(resource, { host: '127.0.0.1:5280' })),
  ...[{}, CATALOGUE].map((resource) => turn(resource, { skipItems: 1 })),
  // A single achievement can be read in every generation, but updated in one only.
  {
    first: { ...NEUTRAL, resource: 'achievement', scid: CONFIGURATIONS[2] },
    variants: [],
    steps: [read(0), write(update({ xuid: XUIDS[1], userHash: 'h2', token: 't1', titleId: 40, scid: CONFIGURATIONS[2], id: 1, percentComplete: 50 }))]
  },
  // Pages one after the other.
  ...[{}, CATALOGUE].map((resource): Sequence => ({ first: { ...NEUTRAL, ...resource, maxItems: 1 }, variants: [], steps: [read(0), next(0, 2), next(0, 2)] })),
  // Challenges end, and nothing else changes.
  ...[{}, CATALOGUE].map((resource): Sequence => ({
    first: { ...NEUTRAL, ...resource, orderBy: 'EndingSoon', maxItems: 2 },
    variants: [],
    steps: [...INSTANTS, ...INSTANTS].flatMap((now) => [write(command('PUT', '/clock', { now })), read(0, 3), next(0, 2), next(1, 2), next(2, 2)])
  })),
  // An achievement is unlocked between two first pages whose last item is the same.
  ...[{ ...NEWEST }, { ...CATALOGUE, orderBy: 'UnlockTime', maxItems: 1 }].map((resource): Sequence => ({
    first: { ...NEUTRAL, ...resource },
    variants: [],
    steps: [unlock(1, '2020-05-01T00:00:00Z'), unlock(2, '2020-04-01T00:00:00Z'), read(0), unlock(3, '2020-03-01T00:00:00Z'), read(0), ...BOTH_PAGES]
  })),
  // Progress in one sandbox, read in both.
  ...[{}, { unlockedOnly: 'true' }, NEWEST, { resource: 'achievement' as const }, { resource: 'history/titles' as const }, { version: '4' }].map((resource): Sequence => ({
    first: { ...NEUTRAL, ...DEV, ...resource },
    variants: [RETAIL],
    steps: [unlock(1, '2020-05-01T00:00:00Z', 'DEV.1'), read(0, 2), read(1, 2), next(0), unlock(2, '2020-04-01T00:00:00Z', 'RETAIL'), read(1, 2), read(0, 2), next(0)]
  })),
  // The time of an unlock is changed between two first pages whose last item is the same.
  {
    first: { ...NEUTRAL, ...NEWEST },
    variants: [],
    steps: [
      unlock(1, '2020-05-01T00:00:00Z'), unlock(2, '2020-04-01T00:00:00Z'), unlock(3, '2020-02-01T00:00:00Z'), read(0),
      unlock(2, '2020-01-01T00:00:00Z'), unlock(3, '2019-12-01T00:00:00Z'), read(0), ...BOTH_PAGES
    ]
  }
]
