import { achievement, BOTH, DOCUMENTED, history, LIVE, NOW, played, playedV1, progress, scidOf, title, titles, version, world, type Row } from './row.ts'

const TWO = world({
  titles: [1, 2].map((titleId) => title({ titleId, name: `T${titleId}`, serviceConfigId: scidOf(titleId) })),
  me: { achievements: [1, 2].map((titleId) => progress({ serviceConfigId: scidOf(titleId) })) }
})
const of = (titleId: number, members: object = {}) => played({ titleId, name: `T${titleId}`, serviceConfigId: scidOf(titleId), ...members })
const xbox360 = (titleId: number, titleType: number, platforms = [1]) =>
  title({ titleId, name: `T${titleId}`, serviceConfigId: scidOf(titleId), generation: 'xbox360', xbox360: { titleType, platforms } })
const OLD = world({
  titles: [xbox360(1, 1), xbox360(3, 3, [1, 2]), xbox360(5, 5, [15])],
  me: { titles: [1, 3, 5].map((titleId) => ({ titleId, lastPlayed: `2020-01-0${titleId}T00:00:00Z` })) }
})
const old = (titleId: number, members: object = {}) => playedV1({ titleId, name: `T${titleId}`, titleType: titleId, lastPlayed: `2020-01-0${titleId}T00:00:00.0000000Z`, ...members })
const v1 = (all: object[], { version = NOW, ...paging }: { version?: string, continuationToken?: string, totalRecords?: number } = {}) => ({ ...titles(all, paging), version })
const FIVE = old(5, { platforms: [15] })
const THREE = old(3, { platforms: [1, 2] })
const BEGUN = world({ me: { achievements: [progress({ percentComplete: 50, timeUnlocked: null })] } })
const EARLIER = '2020-06-15T11:00:00.0000000Z'

const others = ['2533274790000002', '2533274790000003'].map((xuid, index) => ({ xuid, gamertag: `u${index}`, titles: [{ titleId: 1234, lastPlayed: '2020-01-01T00:00:00Z' }] }))
/** One of twelve players has unlocked the first achievement, all of them the second. */
const RARE = world({
  titles: [title({ achievements: [1, 2].map((id) => achievement({ id })) })],
  me: { achievements: [1, 2].map((id) => progress({ id })) },
  others: Array.from({ length: 11 }, (_, index) => ({ ...others[0], xuid: `253327479000001${index}`, gamertag: `u${index}`, achievements: [progress({ id: 2 })] }))
})
const rare = [{ rarityCategory: 'Rare', numUnlocks: 1, isRarestCategory: true }, { rarityCategory: 'Common', numUnlocks: 1, isRarestCategory: false }]

/** The title history. */
export const HISTORY: readonly Row[] = [
  { says: 'the history is filtered by titleId', source: '[2015]', dialects: LIVE, world: TWO, request: { url: history('?titleId=2') }, status: 200, body: titles([of(2)]) },
  { says: 'the history is filtered by titleId', source: '[decision]', dialects: DOCUMENTED, world: TWO, request: { url: history('?titleId=2') }, status: 200, body: titles([documented(2)]) },
  { says: 'a slash at the end of the path is accepted', source: '[2015]', dialects: LIVE, world: TWO, request: { url: history('/?titleId=2') }, status: 200, body: titles([of(2)]) },
  {
    says: 'the unlock time of an event-based achievement has all seven digits',
    source: '[recorded]',
    dialects: LIVE,
    world: world({ titles: [title({ achievementSystem: 'eventBased' })], me: { achievements: [progress()] } }),
    request: { url: history() },
    status: 200,
    body: titles([played({ lastUnlock: '2020-01-01T00:00:00.1234567Z' })])
  },
  { says: 'the history is filtered by several titles', source: '[2015]', dialects: LIVE, world: TWO, request: { url: history('?titleId=2,1') }, status: 200, body: titles([of(1), of(2)]) },
  { says: 'the history of a title that was not played is empty', source: '[2015]', dialects: BOTH, world: TWO, request: { url: history('?titleId=3') }, status: 200, body: titles([]) },
  { says: 'the history of V1 is filtered by titleId', source: '[2015]', dialects: BOTH, world: OLD, request: { url: history('?titleId=3'), headers: version('1') }, status: 200, body: v1([THREE]) },
  { says: 'the history of V1 is filtered by type', source: '[2015]', dialects: BOTH, world: OLD, request: { url: history('?types=1,3'), headers: version('1') }, status: 200, body: v1([THREE, old(1)]) },
  { says: 'the history of V1 is filtered by platform', source: '[2015]', dialects: BOTH, world: OLD, request: { url: history('?platforms=2,15'), headers: version('1') }, status: 200, body: v1([FIVE, THREE]) },
  {
    says: 'a token of V1 contains the offset and the version of the list',
    source: '[recorded]',
    dialects: LIVE,
    world: OLD,
    request: { url: history('?maxItems=2'), headers: version('1') },
    status: 200,
    body: v1([FIVE, THREE], { continuationToken: `2,${NOW}`, totalRecords: 3 })
  },
  {
    says: 'the later pages of V1 have the version of their token',
    source: '[decision]',
    dialects: LIVE,
    world: OLD,
    request: { url: history(`?maxItems=1&continuationToken=1,${EARLIER}`), headers: version('1') },
    status: 200,
    body: v1([THREE], { continuationToken: `2,${EARLIER}`, totalRecords: 3, version: EARLIER })
  },
  { says: 'a token of V2 is an offset', source: '[recorded]', dialects: LIVE, world: TWO, request: { url: history('?maxItems=1') }, status: 200, body: titles([of(1)], { continuationToken: '1', totalRecords: 2 }) },
  {
    says: 'the history of V1 has the sequence that the world gives',
    source: '[recorded]',
    dialects: BOTH,
    world: world({ titles: [xbox360(1, 1)], me: { titles: [{ titleId: 1, lastPlayed: '2020-01-01T00:00:00Z', sequence: 141 }] } }),
    request: { url: history(), headers: version('1') },
    status: 200,
    body: v1([old(1, { sequence: 141 })])
  },
  {
    says: 'a title with progress and no unlock is listed',
    source: '[history]',
    dialects: DOCUMENTED,
    world: BEGUN,
    request: { url: history() },
    status: 200,
    body: titles([documented(1234, { name: 'T', serviceConfigId: scidOf(1234), earnedAchievements: 0, lastUnlock: '0001-01-01T00:00:00.0000000Z' })])
  },
  { says: 'a title with progress and no unlock is not listed', source: '[recorded]', dialects: LIVE, world: BEGUN, request: { url: history() }, status: 200, body: titles([]) },
  {
    says: 'the history counts unlocks by rarity',
    source: '[rare-unlocks]',
    dialects: LIVE,
    world: RARE,
    request: { url: history(), headers: version('4') },
    status: 200,
    body: titles([played({ earnedAchievements: 2, rareUnlocks: rare })])
  },
  {
    says: 'the history of an Xbox 360 title without unlocks has no rarity',
    source: '[rare-unlocks]',
    dialects: LIVE,
    world: OLD,
    request: { url: history('?titleId=1'), headers: version('3') },
    status: 200,
    body: v1([old(1, { rareUnlocks: [] })])
  }
]

function documented (titleId: number, members: { lastUnlock?: string, [member: string]: unknown } = {}) {
  const { lastUnlock: _live, titleId: id, ...rest } = of(titleId, members) as Record<string, unknown>
  return { lastUnlock: members.lastUnlock ?? '2020-01-01T00:00:00.1234567Z', titleId: id, titleVersion: null, ...rest }
}
