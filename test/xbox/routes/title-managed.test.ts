import t, { type Test } from 'tap'
import { exportTitle } from '../../../src/world/partner-center/export-title.ts'
import { readFolder } from '../../../src/world/partner-center/read-folder.ts'
import { mergeWorlds } from '../../../src/world/read.ts'
import { build, GAMER, listOf, singleOf, type Emulator } from '../../helper.ts'
import { rejections } from '../../live-client.ts'
import { achievements as document, achievement as element, importPair, localization, STRINGS } from '../../world/partner-center/documents.ts'

const SCID = '00000000-0000-0000-0000-00006b2f0d11'
const ICON = 'b1f2c6ee-4b0a-4a51-9a47-5d2f0c7f6e01'
const LOCKED = '0001-01-01T00:00:00.0000000Z'

const one = (id: number) => ({
  id,
  name: `Kite ${id}`,
  description: `Flew kite ${id}`,
  lockedDescription: `Fly kite ${id}`,
  mediaAssets: [{ name: ICON, type: 'Icon', url: `https://images.example.com/${id}` }],
  rewards: [{ type: 'Gamerscore', value: '80' }]
})

/** A title like that of the recorded list: one achievement achieved, one in progress, one not started. */
const WORLD = {
  titles: [{ titleId: 1798245649, name: 'Kites', serviceConfigId: SCID, achievements: [one(1), one(2), one(3)] }],
  users: [{
    xuid: GAMER,
    gamertag: 'gamer',
    achievements: [
      { serviceConfigId: SCID, id: 1, percentComplete: 100, timeUnlocked: '2026-01-18T02:48:21.7071234Z' },
      { serviceConfigId: SCID, id: 2, percentComplete: 55 }
    ]
  }],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1798245649 }]
}

const percentage = (current: string) =>
  ({ id: '00000000-0000-0000-0000-000000000000', current, target: '100', operationType: 'Sum', valueType: 'Integer', ruleParticipationType: 'Individual' })

const withoutValueType = ({ valueType, ...rest }: ReturnType<typeof percentage>) => rest

/** An achievement of the live dialect, with all members in their order. */
const live = (id: number, progressState: string, progression: object, rest = {}) => ({
  id: String(id),
  serviceConfigId: SCID,
  name: `Kite ${id}`,
  titleAssociations: [{ name: 'Kites', id: 1798245649 }],
  progressState,
  progression,
  mediaAssets: [{ name: ICON, type: 'Icon', url: `https://images.example.com/${id}` }],
  platforms: ['XboxOne'],
  isSecret: false,
  description: `Flew kite ${id}`,
  lockedDescription: `Fly kite ${id}`,
  productId: SCID,
  achievementType: 'Persistent',
  participationType: 'Individual',
  timeWindow: null,
  rewards: [{ name: null, description: null, value: '80', type: 'Gamerscore', mediaAsset: null, valueType: 'Int' }],
  estimatedTime: '00:00:00',
  deeplink: '',
  isRevoked: false,
  ...rest
})

/** An achievement of the documented dialect, with all members in their order. */
const documented = (id: number, progressState: string, progression: object) => ({
  id: String(id),
  serviceConfigId: SCID,
  name: `Kite ${id}`,
  titleAssociations: [{ name: 'Kites', id: 1798245649, version: null }],
  progressState,
  progression,
  mediaAssets: [{ name: ICON, type: 'Icon', url: `https://images.example.com/${id}` }],
  platform: 'D',
  isSecret: false,
  description: `Flew kite ${id}`,
  lockedDescription: `Fly kite ${id}`,
  productId: null,
  achievementType: 'Persistent',
  participationType: 'Individual',
  timeWindow: null,
  rewards: [{ name: null, description: null, value: '80', type: 'Gamerscore', valueType: 'Int' }],
  estimatedTime: null,
  deeplink: null,
  isRevoked: false
})

const page = (...achievements: object[]) => ({ achievements, pagingInfo: { continuationToken: null, totalRecords: achievements.length } })

const ACHIEVED = { requirements: [], timeUnlocked: '2026-01-18T02:48:21.7070000Z' }
const at = (current: string) => ({ requirements: [percentage(current)], timeUnlocked: LOCKED })

t.test('live: a list of an achieved one, one at 55 percent and one not started, to the letter', async (t) => {
  const { get } = build(t, { world: WORLD, config: { dialect: 'live' } })
  const expected = [live(1, 'Achieved', ACHIEVED), live(2, 'InProgress', at('55')), live(3, 'NotStarted', at('0'))]
  t.equal((await get(listOf(GAMER))).body, JSON.stringify(page(...expected)))
  for (const [index, achievement] of expected.entries()) {
    t.equal((await get(singleOf(GAMER, SCID, index + 1))).body, JSON.stringify(page(achievement)), achievement.progressState)
  }
  t.equal((await get(listOf(GAMER, '?unlockedOnly=true'))).body, JSON.stringify(page(live(1, 'Achieved', ACHIEVED))))
  t.equal((await get(listOf(GAMER, '?possibleOnly=true'))).body, JSON.stringify(page(...[1, 2, 3].map((id) => live(id, 'NotStarted', at('0'))))))
})

t.test('live: the same list with rarity', async (t) => {
  const { get } = build(t, { world: WORLD, config: { dialect: 'live' } })
  const rare = { rarity: { currentCategory: 'Rare', currentPercentage: 0 } }
  for (const version of ['4', '5']) {
    t.equal((await get(listOf(GAMER), { headers: { 'x-xbl-contract-version': version } })).body, JSON.stringify(page(
      live(1, 'Achieved', ACHIEVED, { rarity: { currentCategory: 'Common', currentPercentage: 100 } }),
      live(2, 'InProgress', at('55'), rare),
      live(3, 'NotStarted', at('0'), rare)
    )))
  }
})

t.test('documented: an achieved one keeps its percentage, and times have seven digits', async (t) => {
  const { get } = build(t, { world: WORLD })
  const progression = (current: string, timeUnlocked = LOCKED) => ({ requirements: [withoutValueType(percentage(current))], timeUnlocked })
  const rows = [['Achieved', progression('100', '2026-01-18T02:48:21.7071234Z')], ['InProgress', progression('55')], ['NotStarted', progression('0')]] as const
  t.equal((await get(listOf(GAMER))).body, JSON.stringify(page(...rows.map(([state, how], index) => documented(index + 1, state, { achievementState: state, ...how })))))
  for (const [index, [state, how]] of rows.entries()) {
    t.equal((await get(singleOf(GAMER, SCID, index + 1))).body, JSON.stringify({ achievement: documented(index + 1, state, how) }), state)
  }
})

const report = ({ app }: Emulator, { scid = SCID, titleId = 1798245649, id = 3, percent = 0, session = 'demo;gamer', xuid = GAMER }) => app.inject({
  method: 'POST',
  url: `/users/xuid(${xuid})/achievements/${scid}/update`,
  headers: { authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2' },
  payload: { action: 'progressUpdate', serviceConfigId: scid, titleId, userId: xuid, achievements: [{ id: String(id), percentComplete: percent }] }
})

t.test('a list shows the percentage of an update', async (t) => {
  for (const dialect of ['live', 'documented'] as const) {
    const emulator = build(t, { world: WORLD, config: { dialect }, now: () => Date.UTC(2026, 0, 1, 0, 0, 0, 7) })
    const shown = async () => {
      const body = (await emulator.get(singleOf(GAMER, SCID, 3))).json()
      const { progressState, progression } = dialect === 'live' ? body.achievements[0] : body.achievement
      return [progressState, progression.requirements, progression.timeUnlocked]
    }
    const requirement = (current: string) => dialect === 'live' ? percentage(current) : withoutValueType(percentage(current))
    for (const [percent, status, state, current] of [[1, 200, 'InProgress', '1'], [25, 200, 'InProgress', '25'], [25, 304, 'InProgress', '25'], [20, 304, 'InProgress', '25'], [99, 200, 'InProgress', '99']] as const) {
      t.equal((await report(emulator, { percent })).statusCode, status)
      t.strictSame(await shown(), [state, [requirement(current)], LOCKED], `${dialect} ${percent}`)
    }
    t.equal((await report(emulator, { percent: 101 })).statusCode, 200)
    t.strictSame(await shown(), ['Achieved', dialect === 'live' ? [] : [requirement('100')], '2026-01-01T00:00:00.0070000Z'])
  }
})

/** The answer with one achievement of an imported title. */
async function servedAfterUpdate (t: Test, world: object): Promise<unknown[]> {
  const emulator = build(t, { world, config: { dialect: 'live' } })
  const xuid = '2533274790000001'
  const whose = { scid: '8a1d7c40-52f6-4f0e-9c35-0d2f4b4e01a7', titleId: 1, id: 1, session: 'my;token', xuid }
  const list = async () => (await emulator.get(listOf(xuid), { session: 'my;token' })).json()
  const before = await list()
  t.equal((await report(emulator, { ...whose, percent: 25 })).statusCode, 200)
  const after = await list()
  for (const body of [before, after]) t.strictSame(rejections(body), [])
  return [before, after].map(({ achievements: [{ progressState, progression }] }) => [progressState, progression])
}

t.test('a title that is imported from Partner Center, exported and imported again has the same answers', async (t) => {
  const expected = [['NotStarted', at('0')], ['InProgress', at('25')]]
  const { document: world } = importPair(t, { achievements: document(element()), localization: localization(...STRINGS), title: { user: 'me' } })
  t.strictSame(await servedAfterUpdate(t, world), expected)
  const [title] = mergeWorlds([{ file: 'world', document: structuredClone(world) }]).titles
  const { files, warnings } = exportTitle(title as NonNullable<typeof title>)
  t.strictSame(warnings, ['a world does not say which achievements came with the base game; every <BaseAchievement> is true'])
  t.notMatch(Object.values(files).join(), '00000000-0000-0000')
  const again = readFolder(t.testdir({ ...files, 'title.json': JSON.stringify({ ...JSON.parse(files['title.json'] as string), user: 'me' }) }), () => {})
  t.strictSame(again.titles, [title])
  t.strictSame(await servedAfterUpdate(t, again), expected)
})

t.test('a requirement of a world with the zero GUID is the percentage', async (t) => {
  const written = { ...WORLD, titles: WORLD.titles.map((title) => ({ ...title, achievements: title.achievements.map((achievement) => ({ ...achievement, requirements: [{ id: percentage('').id, target: '100' }] })) })) }
  const users = [{ ...WORLD.users[0], achievements: [WORLD.users[0]?.achievements[0], { serviceConfigId: SCID, id: 2, requirements: [{ id: percentage('').id, current: '55' }] }] }]
  const [plain, byHand] = [build(t, { world: WORLD, config: { dialect: 'live' } }), build(t, { world: { ...written, users }, config: { dialect: 'live' } })]
  t.equal((await byHand.get(listOf(GAMER))).body, (await plain.get(listOf(GAMER))).body)
  t.strictSame(byHand.store.world.export(), plain.store.world.export())
})
