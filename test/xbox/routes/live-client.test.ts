import { readFileSync } from 'node:fs'
import t from 'tap'
import { LIST_SAMPLE, LIVE_SAMPLE, SINGLE_SAMPLE } from '../../documented-samples.ts'
import { build, GAMER, listOf, singleOf } from '../../helper.ts'
import { rejections, rejectionsOfSingle } from '../../live-client.ts'

const live = { dialect: 'live' } as const
const LARGE_SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

/** The smallest world of the README. */
const [, SMALLEST = ''] = /```json\n(\{\n {2}"titles"[^]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []

t.test('published clients accept every answer in the smallest world of the README', async (t) => {
  const { app, get } = build(t, { config: live, world: JSON.parse(SMALLEST) })
  const xuid = '2533274790000001'
  const scid = '00000000-0000-0000-0000-0000000004d2'
  for (const percentComplete of [0, 25, 100]) {
    await app.inject({ method: 'PUT', url: `/_emulator/users/${xuid}/achievements/${scid}/1`, payload: { percentComplete } })
    for (const version of ['2', '4', '5']) {
      const options = { session: 'my;token', headers: { 'x-xbl-contract-version': version } }
      t.strictSame(rejectionsOfSingle((await get(listOf(xuid), options)).json()), [], `list ${version} at ${percentComplete}`)
      t.strictSame(rejectionsOfSingle((await get(singleOf(xuid, scid, 1), options)).json()), [], `single ${version} at ${percentComplete}`)
    }
  }
})

t.test('published clients accept every answer in the demo world', async (t) => {
  const { get } = build(t, { config: live })
  for (const version of ['2', '4', '5']) {
    for (const query of ['?maxItems=1000', '?maxItems=3', '?possibleOnly=true&maxItems=1000', '?unlockedOnly=true', '?titleId=1']) {
      const { body } = await get(listOf(GAMER, query), { headers: { 'x-xbl-contract-version': version } })
      t.strictSame(rejections(JSON.parse(body)), [], `${version} ${query}`)
    }
    for (let id = 1; id <= 48; id++) {
      const { body } = await get(singleOf(GAMER, LARGE_SCID, id), { session: 'demo;titleless', headers: { 'x-xbl-contract-version': version } })
      t.strictSame(rejectionsOfSingle(JSON.parse(body)), [], `${version} single ${id}`)
    }
  }
})

t.test('the check rejects an answer that a published client cannot read', async (t) => {
  t.strictSame(rejections(LIST_SAMPLE), [
    '/achievements/0/platforms: missing',
    '/achievements/0/rewards/0/mediaAsset: missing',
    '/achievements/0/rewards/1/mediaAsset: missing',
    '/achievements/0/progression/requirements: no array'
  ], 'the documented list')
  t.strictSame(rejectionsOfSingle(SINGLE_SAMPLE), ['/achievements: missing', '/pagingInfo: missing'], 'the documented single')
  const [achievement] = LIVE_SAMPLE.achievements
  for (const [change, rejection] of [
    [{ estimatedTime: null }, '/achievements/0/estimatedTime: null'],
    [{ isSecret: 'true' }, '/achievements/0/isSecret: "true"'],
    [{ name: 3 }, '/achievements/0/name: 3'],
    [{ productId: null }, '/achievements/0/productId: null'],
    [{ deeplink: null }, '/achievements/0/deeplink: null'],
    [{ titleAssociations: [{ name: 'x', id: '1' }] }, '/achievements/0/titleAssociations/0/id: "1"'],
    [{ timeWindow: { startDate: 'soon', endDate: '2100-07-01T00:00:00Z' } }, '/achievements/0/timeWindow/startDate: "soon"'],
    [{ progression: null }, '/achievements/0/progression: no object']
  ] as const) {
    t.strictSame(rejections({ ...LIVE_SAMPLE, achievements: [{ ...achievement, ...change }] }), [rejection])
  }
  t.strictSame(rejectionsOfSingle({ ...LIVE_SAMPLE, achievements: [] }), ['0 achievements'])
  t.strictSame(rejections({ ...LIVE_SAMPLE, pagingInfo: { continuationToken: 32 } }), ['/pagingInfo/continuationToken: 32', '/pagingInfo/totalRecords: missing'])
})

t.test('the check rejects requirements at which Microsoft\'s client would crash or mistake the system', async (t) => {
  const [achievement] = LIVE_SAMPLE.achievements
  const percentage = { id: '00000000-0000-0000-0000-000000000000', current: '25', target: '100', operationType: 'Sum', valueType: 'Integer', ruleParticipationType: 'Individual' }
  const at = '/achievements/0/progression/requirements'
  for (const [progressState, requirements, ...expected] of [
    ['NotStarted', [percentage]],
    ['Achieved', []],
    // What earlier versions sent for an achievement without requirements, and for a percentage with other members.
    ['NotStarted', [], `${at}: none while it is NotStarted`],
    ['InProgress', [], `${at}: none while it is InProgress`],
    ['NotStarted', [{ ...percentage, current: null }], `${at}/0/current: null`],
    ['InProgress', [{ ...percentage, current: '2.5' }], `${at}/0/current: "2.5"`],
    ['InProgress', [{ ...percentage, target: '50' }], `${at}/0/target: "50"`],
    ['InProgress', [percentage, { ...percentage, id: 'r' }], `${at}: 2, and the first is the percentage`],
    ['InProgress', [{ ...percentage, operationType: null }], `${at}/0/operationType: null`]
  ] as const) {
    const timeUnlocked = '0001-01-01T00:00:00.0000000Z'
    t.strictSame(rejections({ ...LIVE_SAMPLE, achievements: [{ ...achievement, progressState, progression: { requirements, timeUnlocked } }] }), expected)
  }
})
