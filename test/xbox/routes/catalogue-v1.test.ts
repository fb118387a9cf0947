import t from 'tap'
import { build } from '../../helper.ts'
import { itemV1, pageV1 } from '../../live-service/row.ts'
import { session, user } from '../../world-parts.ts'

const scid = (n: number): string => `aaaaaaaa-0000-0000-0000-00000000000${n}`
const old = (titleId: number, achievements: object[]): object =>
  ({ titleId, name: `t${titleId}`, serviceConfigId: scid(titleId), public: true, generation: 'xbox360', achievements })
const did = (n: number, id: number, percentComplete = 100): object => ({ serviceConfigId: scid(n), id, percentComplete })

/** Of title 8, one of two players has earned 2 and another has earned 9; nobody plays title 7. */
const WORLD = {
  titles: [
    old(8, [{ id: 9, name: 'n9', description: 'done', lockedDescription: 'to do', isSecret: true }, { id: 2, name: 'n2', rewards: [{ type: 'Gamerscore', value: '5' }], xbox360: { imageId: 3, type: 7 } }]),
    old(7, [{ id: 1, name: 'n1', achievementType: 'Challenge' }])
  ],
  users: [
    user({ achievements: [{ ...did(8, 2), timeUnlocked: '2014-04-12T14:05:02Z', isRevoked: true }] }),
    user({ xuid: '2', gamertag: 'bob', achievements: [did(8, 9)] }), user({ xuid: '3', gamertag: 'cy', achievements: [did(8, 9, 1)] })
  ],
  sessions: [session({ xuid: '1' })]
}

const item = (titleId: number, id: number, [currentCategory, currentPercentage]: readonly [string, number], rest = {}): object =>
  itemV1({ titleId, id, name: `n${id}`, ...rest, rarity: { currentCategory, currentPercentage } })
const TWO = item(8, 2, ['Common', 33.33], { flags: 15, gamerscore: 5, imageId: 3, type: 7 })
const NINE = item(8, 9, ['Common', 33.33], { flags: 1, isSecret: true, description: 'done', lockedDescription: 'to do' })
const ONE = item(7, 1, ['Unset', 0])
const bodyOf = (achievements: object[], continuationToken: string | null = null, totalRecords = achievements.length): string =>
  JSON.stringify(pageV1(achievements, { continuationToken, totalRecords }))

t.test('under contract version 3 every list is the catalogue with its rarity, without what the user has earned', async (t) => {
  const { get } = build(t, { world: WORLD, config: { dialect: 'live' } })
  const ask = async (path: string): Promise<string> => (await get(`/users/xuid(1)/${path}`, { session: 'hash;token', headers: { 'x-xbl-contract-version': '3' } })).body
  for (const [path, expected] of [
    ['achievements', bodyOf([TWO, NINE, ONE])],
    ['achievements?unlockedOnly=true', bodyOf([TWO, NINE, ONE])],
    ['achievements?possibleOnly=false', bodyOf([TWO, NINE, ONE])],
    ['achievements?titleId=7', bodyOf([ONE])],
    ['achievements?types=Challenge', bodyOf([ONE])],
    ['achievements?titleId=6', bodyOf([])],
    ['achievements?orderBy=Title', bodyOf([ONE, NINE, TWO])],
    ['achievements?orderBy=UnlockTime', bodyOf([NINE, TWO, ONE])],
    ['achievements?maxItems=2', bodyOf([TWO, NINE], '2', 3)],
    ['achievements?maxItems=2&continuationToken=2', bodyOf([ONE], null, 3)],
    ['titleachievements?titleId=8,7', bodyOf([TWO, NINE, ONE])],
    [`achievements/${scid(8)}/2`, bodyOf([TWO])],
    [`achievements/${scid(8)}/9`, bodyOf([NINE])],
    [`achievements/${scid(7)}/1`, bodyOf([ONE])]
  ] as const) {
    t.equal(await ask(path), expected, path)
  }
})

t.test('under contract version 1, and in the documented dialect also 3, a list shows what the user has earned', async (t) => {
  for (const [dialect, version] of [['live', '1'], ['documented', '1'], ['documented', '3']] as const) {
    const { get } = build(t, { world: WORLD, config: { dialect } })
    const { achievements } = (await get('/users/xuid(1)/achievements', { session: 'hash;token', headers: { 'x-xbl-contract-version': version } })).json()
    t.strictSame(achievements, [{
      ...TWO, flags: 0x13000f, unlockedOnline: true, unlocked: true, platform: 1, isRevoked: true, timeUnlocked: '2014-04-12T14:05:02.0000000Z', rarity: undefined
    }].map((each) => JSON.parse(JSON.stringify(each))), `${dialect} ${version}`)
  }
})
