import t from 'tap'
import { PERCENTAGE_REQUIREMENT_ID } from '../../../src/model/achievement-system.ts'
import { LARGE, ids, page } from '../../demo-list.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, SAMPLE_SCID, SAMPLE_TITLE } from '../../helper.ts'

t.test('the answer is the documented sample to the letter', async (t) => {
  const { get } = build(t)
  const response = await get(listOf(GAMER, `?titleId=${SAMPLE_TITLE}`))
  t.equal(response.statusCode, 200)
  t.equal(response.body, JSON.stringify(LIST_SAMPLE))
  const { 'ms-cv': vector, date, ...headers } = response.headers
  t.strictSame(headers, {
    'cache-control': 'no-cache, no-store, must-revalidate',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Language',
    'content-language': 'en-US',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(response.body.length),
    connection: 'keep-alive'
  })
  t.match(vector, /^[A-Za-z0-9]+\.\d+$/)
})

t.test('equivalent spellings of the path and the query have the same answer', async (t) => {
  const { get } = build(t)
  const same = [
    `/users/xuid%28${GAMER}%29/achievements?titleId=${SAMPLE_TITLE}`,
    `/USERS/XUID(${GAMER})/Achievements?TITLEID=${SAMPLE_TITLE}`,
    `/users/xuid(000${GAMER})/achievements/?titleid=0${SAMPLE_TITLE}`,
    listOf(GAMER, `?titleId=${SAMPLE_TITLE}&titleId=1`),
    listOf(GAMER, `?titleId=1,${SAMPLE_TITLE},${SAMPLE_TITLE}&unknown=1&unknown=2&%00=%zz`),
    listOf(GAMER, `?titleId=${SAMPLE_TITLE}&types=challenge`),
    listOf(GAMER, `?titleId=${SAMPLE_TITLE}&types=Persistent,CHALLENGE`),
    listOf(GAMER, `?titleId=${SAMPLE_TITLE}&types=Persistent&types=Challenge`),
    listOf(GAMER, `?titleId=${SAMPLE_TITLE}&unlockedOnly=TRUE&possibleOnly=False`),
    listOf(GAMER, `?titleId=${SAMPLE_TITLE}&orderBy=unlocktime&continuationToken=0&skipItems=0&maxItems=2147483647`),
    listOf(GAMER, `?titleId=${SAMPLE_TITLE}&orderBy=Unlock%54ime`)
  ]
  for (const url of same) {
    const response = await get(url)
    t.equal(response.body, JSON.stringify(LIST_SAMPLE), url)
  }
})

t.test('without titleId all modern titles of the sandbox are listed in the order of definition', async (t) => {
  const { get } = build(t)
  const list = await page(get, '?maxItems=1000')
  const titles = [...new Set(list.achievements.map(({ titleAssociations: [title] }) => title?.id))]
  t.strictSame(titles, [SAMPLE_TITLE, LARGE_TITLE, 1740002817, 1500000001, 1500000002])
  t.equal(list.achievements.length, 1 + LARGE.length + 3 + 2 + 2)
  t.strictSame(list.pagingInfo, { continuationToken: null, totalRecords: list.achievements.length })
})

t.test('each filter lists what matches it', async (t) => {
  const { get } = build(t)
  const cases: Array<[string, (achievement: typeof LARGE[number]) => boolean]> = [
    ['types=Persistent', ({ achievementType }) => achievementType === 'Persistent'],
    ['types=Challenge', ({ achievementType }) => achievementType === 'Challenge'],
    ['unlockedOnly=true', ({ state }) => state === 'Achieved'],
    ['unlockedOnly=true&types=Challenge', ({ state, achievementType }) => state === 'Achieved' && achievementType === 'Challenge'],
    ['unlockedOnly=false', () => true],
    ['possibleOnly=true', () => true],
    ['possibleOnly=true&unlockedOnly=true', () => true],
    ['possibleOnly=true&types=Challenge', ({ achievementType }) => achievementType === 'Challenge']
  ]
  for (const [query, keep] of cases) {
    const list = await page(get, `?titleId=${LARGE_TITLE}&maxItems=1000&${query}`)
    const expected = LARGE.filter(keep).map(({ id }) => id)
    t.strictSame(ids(list), expected, query)
    t.equal(list.pagingInfo.totalRecords, expected.length, query)
  }
  t.strictSame((await page(get, '?titleId=4294967295')), { achievements: [], pagingInfo: { continuationToken: null, totalRecords: 0 } }, 'a title that nobody knows has nothing')
  const empty = await get(listOf(GAMER, '?titleId=4294967295'))
  t.equal(empty.headers['content-language'], undefined, 'nothing was shown in any language')
})

t.test('the list shows the progress of the user', async (t) => {
  const { get } = build(t)
  const list = await page(get, `?titleId=${LARGE_TITLE}&maxItems=1000`)
  for (const [index, { state, progression, progressState, isRevoked }] of list.achievements.map((item, index) => [index, { ...item, state: LARGE[index]?.state }] as const)) {
    const progress = LARGE[index]?.progress
    t.equal(progressState, state)
    t.equal(progression.achievementState, state)
    t.equal(progression.timeUnlocked, progress?.timeUnlocked ?? '0001-01-01T00:00:00.0000000Z')
    t.equal(isRevoked, progress?.isRevoked ?? false)
    t.strictSame(progression.requirements, LARGE[index]?.requirements)
  }
  t.strictSame(new Set(list.achievements.map(({ progressState }) => progressState)), new Set(['Achieved', 'InProgress', 'NotStarted']), 'every state occurs')
})

t.test('possibleOnly lists achievements without progress', async (t) => {
  const { get } = build(t)
  const mine = await page(get, '?possibleOnly=true&maxItems=1000')
  for (const { progressState, progression, isRevoked } of mine.achievements) {
    t.equal(progressState, 'NotStarted')
    t.equal(progression.achievementState, 'NotStarted')
    t.equal(progression.timeUnlocked, '0001-01-01T00:00:00.0000000Z')
    t.equal(isRevoked, false)
    for (const { id, current } of progression.requirements ?? []) t.equal(current, id === PERCENTAGE_REQUIREMENT_ID ? '0' : null)
  }
  const friends = await get(listOf(FRIEND, '?possibleOnly=true&maxItems=1000'), { session: 'demo;friend', headers: { 'accept-language': 'en-US' } })
  t.strictSame(friends.json().achievements, mine.achievements, 'the same for everybody')
})

t.test('a page holds 32 items by default and 1000 at most', async (t) => {
  const achievements = Array.from({ length: 1001 }, (_, id) => ({ id, name: `n${id}` }))
  const { get } = build(t, {
    world: {
      titles: [{ titleId: 1, name: 'Many', serviceConfigId: SAMPLE_SCID, achievements }],
      users: [{ xuid: GAMER, gamertag: 'gamer' }],
      sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }]
    }
  })
  t.equal((await page(get, '')).achievements.length, 32)
  t.equal((await page(get, '?maxItems=1000')).achievements.length, 1000)
  const largest = await page(get, '?maxItems=2147483647')
  t.equal(largest.achievements.length, 1000)
  t.equal(largest.pagingInfo.totalRecords, 1001)
  t.strictSame(ids(await page(get, `?continuationToken=${largest.pagingInfo.continuationToken}`)), ['1000'])
  t.strictSame(ids(await page(get, '?skipItems=1000')), ['1000'])
  t.strictSame(await page(get, '?skipItems=2147483647'), { achievements: [], pagingInfo: { continuationToken: null, totalRecords: 1001 } })
})

t.test('the list of another user is refused', async (t) => {
  const { get } = build(t)
  for (const session of ['demo;friend', 'demo;stranger', 'demo;site']) {
    const response = await get(listOf(GAMER), { session })
    t.equal(response.statusCode, 403)
    t.strictSame(response.json(), { errorCode: 8377, errorMessage: 'XUID specified in the claim does not match URI XUID.' })
  }
  const unknown = await get(listOf('1'))
  t.strictSame(unknown.json(), { errorCode: 8377, errorMessage: 'XUID specified in the claim does not match URI XUID.' })
  t.equal((await get(listOf(FRIEND), { session: 'demo;friend' })).statusCode, 200)
})
