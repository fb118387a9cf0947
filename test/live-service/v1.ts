import { achievement, BOTH, catalogue, itemV1, LIVE, list, live, page, pageV1, progress, scidOf, title, version, world, type Row } from './row.ts'

const old = (members: object = {}, achievements: object[] = [achievement()]) => title({ generation: 'xbox360', achievements, ...members })
const OLD = world({ titles: [old()], me: { achievements: [progress()] } })
const SECRET = achievement({ isSecret: true, description: 'You did it', lockedDescription: 'Do it' })
const earned = (members: object = {}) =>
  itemV1({ flags: 0x130009, unlockedOnline: true, unlocked: true, platform: 1, timeUnlocked: '2020-01-01T00:00:00.1230000Z', ...members })
const flagged = (says: string, { type = 1, platform = 1 }: { type?: number, platform?: number }, members: object): Row => ({
  says,
  source: '[topcyber]',
  dialects: BOTH,
  world: world({ titles: [old({ xbox360: { platforms: [platform] } }, [achievement({ xbox360: { type } })])], me: { achievements: [progress()] } }),
  request: { url: list(), headers: version('1') },
  status: 200,
  body: pageV1([earned({ type, platform, ...members })])
})
const TITLES = world({
  titles: [1, 2].map((titleId) => old({ titleId, serviceConfigId: scidOf(titleId) }, [1, 2, 3].map((id) => achievement({ id })))),
  me: {
    achievements: [
      progress({ serviceConfigId: scidOf(1), id: 1, timeUnlocked: '2020-03-01T00:00:00Z' }),
      progress({ serviceConfigId: scidOf(2), id: 1, timeUnlocked: '2020-01-01T00:00:00Z' }),
      progress({ serviceConfigId: scidOf(2), id: 2, timeUnlocked: '2020-02-01T00:00:00Z' }),
      progress({ serviceConfigId: scidOf(2), id: 3, timeUnlocked: null })
    ]
  }
})
const of = (titleId: number, id: number, members: object) => earned({ id, titleId, ...members })
const unset = { currentCategory: 'Unset', currentPercentage: 0 }
const players = (count: number) => Array.from({ length: count }, (_, index) => ({ xuid: String(index + 10), gamertag: `u${index}`, titles: [{ titleId: 1234, lastPlayed: '2020-01-01T00:00:00Z' }] }))

/** Xbox 360 titles, and rarity. */
export const V1: readonly Row[] = [
  { says: 'everything in the catalogue is locked, with a date of 2002', source: '[recorded][oakesja]', dialects: BOTH, world: OLD, request: { url: catalogue(), headers: version('1') }, status: 200, body: pageV1([itemV1()]) },
  {
    says: 'a secret achievement has its locked description and lacks a flag',
    source: '[oakesja]',
    dialects: BOTH,
    world: world({ titles: [old({}, [SECRET])] }),
    request: { url: catalogue(), headers: version('1') },
    status: 200,
    body: pageV1([itemV1({ flags: 1, isSecret: true, description: 'You did it', lockedDescription: 'Do it' })])
  },
  {
    says: 'a secret achievement that is earned lacks the flag, too',
    source: '[oakesja]',
    dialects: BOTH,
    world: world({ titles: [old({}, [SECRET])], me: { achievements: [progress()] } }),
    request: { url: list(), headers: version('1') },
    status: 200,
    body: pageV1([earned({ flags: 0x130001, isSecret: true, description: 'You did it', lockedDescription: 'Do it' })])
  },
  { says: 'the catalogue is ordered by achievement id', source: '[recorded]', dialects: BOTH, world: world({ titles: [old({}, [3, 1, 2].map((id) => achievement({ id })))] }), request: { url: catalogue(), headers: version('1') }, status: 200, body: pageV1([1, 2, 3].map((id) => itemV1({ id }))) },
  flagged('flags of type 1 on platform 1', {}, { flags: 1245193 }),
  flagged('flags of type 7 on platform 1', { type: 7 }, { flags: 1245199 }),
  flagged('flags of type 4 on platform 2, where the sequence is the largest number', { type: 4, platform: 2 }, { flags: 2293772, sequence: 4294967295 }),
  flagged('flags of type 1 on platform 15', { platform: 15 }, { flags: 3342345 }),
  {
    says: 'what was earned is ordered by title id, descending, then the newest first, an unknown time last; sequence counts up by time',
    source: '[topcyber]',
    dialects: BOTH,
    world: TITLES,
    request: { url: list(), headers: version('1') },
    status: 200,
    body: pageV1([
      of(2, 2, { sequence: 2, timeUnlocked: '2020-02-01T00:00:00.0000000Z' }),
      of(2, 1, { sequence: 1, timeUnlocked: '2020-01-01T00:00:00.0000000Z' }),
      of(2, 3, { sequence: 0, flags: 0x120009, unlockedOnline: false, timeUnlocked: '1753-01-01T00:00:00.0000000Z' }),
      of(1, 1, { sequence: 0, timeUnlocked: '2020-03-01T00:00:00.0000000Z' })
    ])
  },
  {
    says: 'contract version 3 is the catalogue with rarity',
    source: '[bot][oxbl-x360]',
    dialects: LIVE,
    world: OLD,
    request: { url: list('?titleId=1234'), headers: version('3') },
    status: 200,
    body: pageV1([itemV1({ rarity: { currentCategory: 'Common', currentPercentage: 100 } })])
  },
  ...['undefined', 'vnext', ''].map((value): Row => ({
    says: `a contract version that is not a number (${JSON.stringify(value)}) is treated as 1`,
    source: '[aw-48]',
    dialects: LIVE,
    world: OLD,
    request: { url: list(), headers: version(value) },
    status: 200,
    body: pageV1([earned()])
  })),
  { says: 'rarity is Unset while nobody has played', source: '[xsapi]', dialects: LIVE, world: world(), request: { url: list(), headers: version('4') }, status: 200, body: page([live({ rarity: unset })]) },
  {
    says: 'ten percent is Common',
    source: '[mercenary][gowon]',
    dialects: LIVE,
    world: world({ me: { achievements: [progress()] }, others: players(9) }),
    request: { url: list(), headers: version('4') },
    status: 200,
    body: page([live({
      progressState: 'Achieved',
      progression: { requirements: [], timeUnlocked: '2020-01-01T00:00:00.1230000Z' },
      rarity: { currentCategory: 'Common', currentPercentage: 10 }
    })])
  },
  {
    says: 'below ten percent is Rare',
    source: '[mercenary][gowon]',
    dialects: LIVE,
    world: world({ me: { achievements: [progress()] }, others: players(10) }),
    request: { url: list(), headers: version('4') },
    status: 200,
    body: page([live({
      progressState: 'Achieved',
      progression: { requirements: [], timeUnlocked: '2020-01-01T00:00:00.1230000Z' },
      rarity: { currentCategory: 'Rare', currentPercentage: 9.09 }
    })])
  }
]
