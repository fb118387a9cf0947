import t from 'tap'
import { formatInstant, cutToMilliseconds } from '../../../src/base/instant.ts'
import { build, GAMER, NOW, SAMPLE_SCID } from '../../helper.ts'

const path = `/users/xuid(${GAMER})/history/titles`
const v1 = { headers: { 'x-xbl-contract-version': '1' } }
const scid = (n: number): string => `aaaaaaaa-0000-0000-0000-00000000000${n}`
const points = (value: number): object => ({ rewards: [{ type: 'Gamerscore', value: String(value) }] })
const modern = (titleId: number, rest = {}): object => ({
  titleId, name: `m${titleId}`, serviceConfigId: scid(titleId), achievements: [{ id: 1, name: 'a', ...points(10) }, { id: 2, name: 'b', ...points(5) }], ...rest
})
const old = (titleId: number, rest = {}): object => ({
  ...modern(titleId), generation: 'xbox360', xbox360: { titleType: titleId, platforms: [1, titleId] }, ...rest
})
const done = (n: number, id: number, time: string): object => ({ serviceConfigId: scid(n), id, percentComplete: 100, timeUnlocked: `${time}T00:00:00.1234567Z` })

const WORLD = {
  titles: [
    modern(3, { version: '7', titleType: 'LiveApp', platforms: ['Scarlett', 'Durango'] }), modern(1, { platforms: [] }), modern(2),
    modern(4, { sandboxes: ['DEV.1'] }),
    old(5), old(6), old(7), old(8, { achievements: [] })
  ],
  users: [{
    xuid: GAMER,
    gamertag: 'gamer',
    titles: [{ titleId: 8, lastPlayed: '2021-01-01T00:00:00Z' }, { titleId: 5, lastPlayed: '2010-01-01T00:00:00Z' }, { titleId: 1, lastPlayed: '2030-01-01T00:00:00Z' }],
    achievements: [
      done(3, 1, '2015-01-01'), done(3, 2, '2016-01-01'), done(1, 2, '2020-01-01'),
      { serviceConfigId: scid(2), id: 1, percentComplete: 99 }, done(4, 1, '2019-01-01'),
      done(5, 1, '2011-01-01'), { serviceConfigId: scid(6), id: 1, percentComplete: 1 }, { serviceConfigId: scid(7), id: 1, percentComplete: 100 }
    ]
  }],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }, { userHash: 'demo', token: 'dev', xuid: GAMER, sandbox: 'DEV.1' }]
}

const playedV2 = (titleId: number, lastUnlock: string, earned: number, score: number, rest = {}): object => ({
  lastUnlock: `${lastUnlock}T00:00:00.1234567Z`,
  titleId,
  titleVersion: null,
  serviceConfigId: scid(titleId),
  titleType: 'DGame',
  platform: 'XboxOne',
  name: `m${titleId}`,
  earnedAchievements: earned,
  currentGamerscore: score,
  maxGamerscore: 15,
  ...rest
})
const ONE = playedV2(1, '2020-01-01', 1, 5, { platform: null })
/** A title with progress and no unlock. */
const TWO = { ...playedV2(2, '', 0, 0), lastUnlock: '0001-01-01T00:00:00.0000000Z' }
const THREE = playedV2(3, '2016-01-01', 2, 15, { titleVersion: '7', titleType: 'LiveApp', platform: 'Scarlett' })

const playedV1 = (titleId: number, lastPlayed: string, earned: number, score: number, rest = {}): object => ({
  lastPlayed,
  currentAchievements: earned,
  currentGamerscore: score,
  sequence: 0,
  titleId,
  titleType: titleId,
  platforms: [1, titleId],
  name: `m${titleId}`,
  totalAchievements: 2,
  totalGamerscore: 15,
  ...rest
})
const NEVER = '0001-01-01T00:00:00.0000000Z'
const FIVE = playedV1(5, '2011-01-01T00:00:00.1230000Z', 1, 10, { sequence: 1 })
const SIX = playedV1(6, NEVER, 0, 0)
const SEVEN = playedV1(7, NEVER, 1, 10, { sequence: 1 })
const EIGHT = playedV1(8, '2021-01-01T00:00:00.0000000Z', 0, 0, { totalAchievements: 0, totalGamerscore: 0 })

t.test('V2 lists titles with an unlock or progress, by title id or the newest unlock first', async (t) => {
  const { get } = build(t, { world: WORLD })
  for (const [query, titles] of [['', [ONE, TWO, THREE]], ['?orderBy=Title', [ONE, TWO, THREE]], ['?orderBy=unlockTime', [ONE, THREE, TWO]], ['?orderBy=LastPlayed', [ONE, THREE, TWO]]] as const) {
    const response = await get(path + query)
    t.equal(response.body, JSON.stringify({ titles, pagingInfo: { continuationToken: null, totalRecords: 3 } }), query)
  }
  const later = structuredClone(WORLD)
  later.users[0]?.achievements.push(done(2, 2, '2022-01-01'))
  const second = build(t, { world: later })
  const ids = (body: { titles: Array<{ titleId: number }> }): number[] => body.titles.map(({ titleId }) => titleId)
  t.strictSame(ids((await second.get(path)).json()), [1, 2, 3])
  t.strictSame(ids((await second.get(`${path}?orderBy=UnlockTime`)).json()), [2, 1, 3])
  t.strictSame(ids((await second.get(path, { session: 'demo;dev' })).json()), [4], 'what the sandbox has')
})

t.test('V2 in the live dialect lists titles with an unlock alone, without their version', async (t) => {
  const { get } = build(t, { world: WORLD, config: { dialect: 'live' } })
  const [one, three] = [ONE, THREE].map(({ titleVersion, lastUnlock, ...rest }: { titleVersion?: string, lastUnlock?: string }) => ({ lastUnlock: lastUnlock && cutToMilliseconds(lastUnlock), ...rest }))
  const common = (numUnlocks: number): object => ({ rareUnlocks: [{ rarityCategory: 'Common', numUnlocks, isRarestCategory: true }] })
  const pagingInfo = { continuationToken: null, totalRecords: 2 }
  t.equal((await get(path)).body, JSON.stringify({ titles: [one, three], pagingInfo }))
  for (const version of ['4', '5']) {
    t.equal((await get(path, { headers: { 'x-xbl-contract-version': version } })).body, JSON.stringify({ titles: [{ ...one, ...common(1) }, { ...three, ...common(2) }], pagingInfo }), version)
  }
})

t.test('V1 lists every title that was played, the last one first', async (t) => {
  const { get } = build(t, { world: WORLD })
  for (const [query, titles] of [
    ['', [EIGHT, FIVE, SIX, SEVEN]],
    ['?orderBy=lastplayed', [EIGHT, FIVE, SIX, SEVEN]],
    ['?orderBy=UnlockTime', [FIVE, SIX, SEVEN, EIGHT]],
    ['?orderBy=Title', [FIVE, SIX, SEVEN, EIGHT]]
  ] as const) {
    const response = await get(path + query, v1)
    t.equal(response.body, JSON.stringify({ titles, pagingInfo: { continuationToken: null, totalRecords: 4 }, version: formatInstant(NOW) }), query)
  }
})

t.test('a history is read page by page', async (t) => {
  const { get } = build(t, { world: WORLD })
  for (const order of ['LastPlayed', 'UnlockTime', 'Title']) {
    const { titles: whole } = (await get(`${path}?orderBy=${order}`, v1)).json()
    for (const size of [1, 3, 4]) {
      const seen = []
      let token: string | null = '0'
      while (token !== null) {
        const part: Record<string, any> = (await get(`${path}?orderBy=${order}&maxItems=${size}&continuationToken=${token}`, v1)).json()
        seen.push(...part['titles'])
        t.not(part['titles'].length, 0, 'no token leads to a page without titles')
        token = part['pagingInfo'].continuationToken
        t.equal(part['pagingInfo'].totalRecords, 4)
      }
      t.strictSame(seen, whole, `${order} ${size}`)
    }
    t.strictSame((await get(`${path}?orderBy=${order}&skipItems=2&maxItems=1`, v1)).json().titles, [whole[2]])
  }
  const many = Array.from({ length: 33 }, (_, index) => ({ ...modern(1), titleId: index, name: 'n', serviceConfigId: SAMPLE_SCID.replace(/0{4}$/, String(1000 + index)) }))
  const second = build(t, {
    world: {
      ...WORLD,
      titles: many,
      users: [{ xuid: GAMER, gamertag: 'gamer', achievements: many.map(({ serviceConfigId }) => ({ serviceConfigId, id: 1, percentComplete: 100 })) }]
    }
  })
  const first = (await second.get(path)).json()
  t.equal(first.titles.length, 32, 'by default')
  t.equal(first.titles[0].titleId, 0)
  t.equal((await second.get(`${path}?continuationToken=${first.pagingInfo.continuationToken}`)).json().titles[0].titleId, 32)
})

t.test('a title counts the achievements of its service configuration that the sandbox has', async (t) => {
  const { get } = build(t, {
    world: {
      titles: [modern(1), { ...modern(1), titleId: 2, sandboxes: ['DEV.1'], achievements: [{ id: 3, name: 'c', ...points(7) }] }],
      users: [{ xuid: GAMER, gamertag: 'gamer', achievements: [done(1, 1, '2015-01-01'), done(1, 3, '2016-01-01')] }],
      sessions: WORLD.sessions
    }
  })
  const [title] = (await get(path)).json().titles
  t.match(title, { lastUnlock: '2015-01-01T00:00:00.1234567Z', earnedAchievements: 1, currentGamerscore: 10, maxGamerscore: 15 })
  const [other] = (await get(path, { session: 'demo;dev' })).json().titles
  t.match(other, { titleId: 2, lastUnlock: '2016-01-01T00:00:00.1234567Z', earnedAchievements: 1, currentGamerscore: 7, maxGamerscore: 7 })
})

t.test('progress of 0 percent does not list a title as played', async (t) => {
  const { get } = build(t, { world: { ...WORLD, users: [{ xuid: GAMER, gamertag: 'gamer', achievements: [{ serviceConfigId: scid(6), id: 1 }] }] } })
  t.strictSame((await get(path, v1)).json().titles, [])
})

t.test('a wrong request is refused', async (t) => {
  const { get } = build(t)
  const { pagingInfo: { continuationToken } } = (await get(`${path}?maxItems=1`)).json()
  for (const [url, options, status, errorMessage] of [
    [path, { session: null }, 401, 'The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".'],
    [path, { session: 'demo;anonymous' }, 403, 'The token carries no user claim; expected one of a user.'],
    [path, { session: 'demo;stranger' }, 403, 'The privacy setting of the user in the path does not let the caller see its achievements.'],
    [`${path}?titleId=`, {}, 400, 'titleId is ""; expected comma-delimited decimal title ids from 0 to 4294967295.'],
    [`${path}?titleId=1,x`, v1, 400, 'titleId is "x"; expected comma-delimited decimal title ids from 0 to 4294967295.'],
    [`${path}?platforms=1,,2`, v1, 400, 'platforms is ""; expected comma-delimited decimal platforms from 0 to 4294967295.'],
    [`${path}?platforms=1&platforms=-1`, v1, 400, 'platforms is "-1"; expected comma-delimited decimal platforms from 0 to 4294967295.'],
    [`${path}?types=DGame`, v1, 400, 'types is "DGame"; expected comma-delimited decimal title types from 0 to 4294967295.'],
    [`${path}?types=4294967296`, v1, 400, 'types is "4294967296"; expected comma-delimited decimal title types from 0 to 4294967295.'],
    [`${path}?titleId=1&continuationToken=${continuationToken}`, {}, 400, `continuationToken is "${continuationToken}"; expected a token that was issued for this user, these filters and this order.`],
    [`${path}?orderBy=EndingSoon`, {}, 400, 'orderBy is "EndingSoon"; expected "Title", "UnlockTime" or "LastPlayed".'],
    [`${path}?maxItems=0`, {}, 400, 'maxItems is "0"; expected an integer from 1 to 2147483647.'],
    [`${path}?orderBy=UnlockTime&continuationToken=${continuationToken}`, {}, 400, `continuationToken is "${continuationToken}"; expected a token that was issued for this user, these filters and this order.`],
    [`${path}?orderBy=Title&continuationToken=${continuationToken}`, v1, 400, `continuationToken is "${continuationToken}"; expected a token that was issued for this user, these filters and this order.`]
  ] as const) {
    const response = await get(url, options)
    t.equal(response.statusCode, status, url)
    t.equal(response.json().errorMessage, errorMessage)
  }
})
