import t from 'tap'
import { build, FRIEND, GAMER, LARGE_TITLE, listOf, SAMPLE_SCID } from '../../helper.ts'
import { itemV1, pageV1 } from '../../live-service/row.ts'

const XBOX360 = 1297290392
const v1 = { headers: { 'x-xbl-contract-version': undefined } }

/** An Xbox 360 title, and the progress of gamer in it. */
const WORLD = {
  titles: [{
    titleId: 7,
    name: 'Old',
    serviceConfigId: SAMPLE_SCID,
    generation: 'xbox360',
    xbox360: { titleType: 3, platforms: [15, 1] },
    achievements: [
      { id: 1, name: 'Locked', description: 'd', lockedDescription: 'l', rewards: [{ type: 'Gamerscore', value: '5' }] },
      { id: 2, name: 'Earned', description: 'd', lockedDescription: 'l', rewards: [{ type: 'Gamerscore', value: '10' }, { type: 'Gamerscore', value: '2' }], xbox360: { imageId: 12, type: 4 } },
      { id: 3, name: 'Secret', description: 'd', lockedDescription: 'l', isSecret: true },
      { id: 4, name: 'Offline', description: 'd', lockedDescription: 'l' }
    ]
  }],
  users: [{
    xuid: GAMER,
    gamertag: 'gamer',
    achievements: [
      { serviceConfigId: SAMPLE_SCID, id: 1, percentComplete: 50 },
      { serviceConfigId: SAMPLE_SCID, id: 2, percentComplete: 100, timeUnlocked: '2014-04-12T14:05:02.0000000Z', isRevoked: true },
      { serviceConfigId: SAMPLE_SCID, id: 3, percentComplete: 100, timeUnlocked: '2015-04-12T14:05:02Z' },
      { serviceConfigId: SAMPLE_SCID, id: 4, percentComplete: 100 }
    ]
  }],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }]
}

const item = (id: number, name: string, rest: object): object => itemV1({ id, titleId: 7, name, description: 'd', lockedDescription: 'l', ...rest })
const earned = (id: number, name: string, rest: object): object => item(id, name, {
  flags: 3342345, unlockedOnline: true, unlocked: true, platform: 15, timeUnlocked: '1753-01-01T00:00:00.0000000Z', ...rest
})

const EARNED = [
  earned(3, 'Secret', { sequence: 2, flags: 3342337, isSecret: true, timeUnlocked: '2015-04-12T14:05:02.0000000Z' }),
  earned(2, 'Earned', { sequence: 1, flags: 3342348, gamerscore: 12, imageId: 12, type: 4, isRevoked: true, timeUnlocked: '2014-04-12T14:05:02.0000000Z' }),
  earned(4, 'Offline', { flags: 3276809, unlockedOnline: false })
]
const CATALOGUE = [
  item(1, 'Locked', { gamerscore: 5 }),
  item(2, 'Earned', { flags: 12, gamerscore: 12, imageId: 12, type: 4 }),
  item(3, 'Secret', { flags: 1, isSecret: true }),
  item(4, 'Offline', {})
]
const answer = (achievements: object[], totalRecords = achievements.length): string => JSON.stringify(pageV1(achievements, { totalRecords }))

t.test('V1 lists what was earned, the newest of a title first, what was earned offline last', async (t) => {
  const { get } = build(t, { world: WORLD })
  for (const version of [undefined, '1', '0', '3', '4', '4294967295']) {
    const response = await get(listOf(GAMER), { headers: { 'x-xbl-contract-version': version } })
    t.equal(response.body, answer(EARNED), `version ${version}`)
    t.equal(response.headers['content-language'], 'en-US')
  }
  for (const [query, expected] of [
    ['?unlockedOnly=false', EARNED],
    ['?titleId=7&types=Persistent', EARNED],
    ['?types=Challenge', []],
    ['?titleId=8', []],
    ['?orderBy=Unordered', [EARNED[1], EARNED[0], EARNED[2]]],
    ['?possibleOnly=true', CATALOGUE],
    ['?possibleOnly=true&unlockedOnly=true', CATALOGUE]
  ] as const) {
    t.equal((await get(listOf(GAMER, query), v1)).body, answer(expected as object[]), query)
  }
  t.equal((await get(listOf(GAMER))).json().pagingInfo.totalRecords, 0, 'V2 has none of it')
})

t.test('titleachievements lists the whole catalogue, in which everything is locked', async (t) => {
  const { get } = build(t, { world: WORLD })
  const path = `/users/xuid(${GAMER})/titleachievements`
  t.equal((await get(`${path}?titleId=7`, v1)).body, answer(CATALOGUE))
  t.equal((await get(`${path}?titleId=7&unlockedOnly=true&possibleOnly=false`, v1)).body, answer(CATALOGUE))
  t.equal((await get(`${path}?titleId=8`, v1)).body, answer([]))
  t.strictSame((await get(`${path}?titleId=7&skipItems=1&maxItems=1`, v1)).json().achievements, [CATALOGUE[1]])
  for (const [url, version, status, errorMessage] of [
    [path, '1', 400, 'titleId is missing; expected the decimal title id whose achievements to list.'],
    [`${path}?titleId=`, '1', 400, 'titleId is ""; expected comma-delimited decimal title ids from 0 to 4294967295.'],
    [`${path}?titleId=7`, '2', 406, 'The contract version asks for V2, which has no title achievements; expected x-xbl-contract-version 1.'],
    ['/users/xuid(1)/titleachievements?titleId=7', '1', 403, 'XUID specified in the claim does not match URI XUID.']
  ] as const) {
    const response = await get(url, { headers: { 'x-xbl-contract-version': version } })
    t.equal(response.statusCode, status)
    t.equal(response.json().errorMessage, errorMessage)
  }
})

t.test('V1 lists pages by token and by skipItems', async (t) => {
  const { get } = build(t)
  for (const path of [listOf(GAMER, '?'), `/users/xuid(${GAMER})/titleachievements?titleId=${XBOX360}&`]) {
    const whole = (await get(`${path}maxItems=1000`, v1)).json()
    for (const size of [1, 3, 5]) {
      const byToken = []
      let token: string | null = '0'
      while (token !== null) {
        const part: Record<string, any> = (await get(`${path}maxItems=${size}&continuationToken=${token}`, v1)).json()
        byToken.push(...part['achievements'])
        token = part['pagingInfo'].continuationToken
        t.equal(part['pagingInfo'].totalRecords, whole.achievements.length)
      }
      t.strictSame(byToken, whole.achievements, `${path} ${size}`)
      const second = (await get(`${path}maxItems=${size}&skipItems=${size}`, v1)).json().achievements
      t.strictSame(second, whole.achievements.slice(size, 2 * size))
    }
  }
  const { pagingInfo } = (await get(listOf(GAMER, '?maxItems=1'), v1)).json()
  const elsewhere = await get(listOf(GAMER, `?maxItems=1&orderBy=UnlockTime&unlockedOnly=true&continuationToken=${pagingInfo.continuationToken}`))
  t.equal(elsewhere.statusCode, 400, 'a token of V1 is none of V2')
})

t.test('the demo world has titles for both lists of V1', async (t) => {
  const { get } = build(t)
  t.equal((await get(listOf(GAMER), v1)).json().achievements.length, 7)
  t.equal((await get(listOf(FRIEND), { ...v1, session: 'demo;friend' })).json().achievements.length, 3)
  t.equal((await get(listOf(GAMER, `?titleId=${LARGE_TITLE}`), v1)).json().achievements.length, 0)
  const catalogue = (await get(`/users/xuid(${GAMER})/titleachievements?titleId=${XBOX360}`, { headers: { 'x-xbl-contract-version': '1', 'accept-language': 'fr' } })).json()
  t.equal(catalogue.achievements[0].name, 'Drapeau vert')
  t.equal(catalogue.achievements.length, 14)
})

t.test('a continuation token is refused by another resource than the one that issued it, even if both list the same', async (t) => {
  const { get } = build(t)
  const headers = { 'x-xbl-contract-version': '1' }
  const path = { achievements: '&possibleOnly=true&orderBy=Unordered', titleachievements: '' }
  const ask = (resource: keyof typeof path, more: string) => get(`/users/xuid(${GAMER})/${resource}?titleId=${XBOX360}${path[resource]}${more}`, { headers })
  for (const [resource, other] of [['achievements', 'titleachievements'], ['titleachievements', 'achievements']] as const) {
    const first = await ask(resource, '&maxItems=1')
    const { continuationToken: token } = first.json().pagingInfo
    t.equal((await ask(resource, `&continuationToken=${token}`)).statusCode, 200)
    const refused = await ask(other, `&continuationToken=${token}`)
    t.strictSame([refused.statusCode, refused.json()], [400, {
      errorCode: 4000, errorMessage: `continuationToken is "${token}"; expected a token that was issued for this user, these filters and this order.`
    }])
  }
})
