import { Writable } from 'node:stream'
import t from 'tap'
import { LIVE_SAMPLE } from '../../documented-samples.ts'
import { build, GAMER, listOf, SAMPLE_SCID, SAMPLE_TITLE, singleOf, STRANGER } from '../../helper.ts'

const live = { dialect: 'live' } as const
/** The GUID of the drawn icon: it is derived from service configuration and achievement id. */
const ICON = '0c0b93d5-cdb7-8871-ad42-4090da75f959'

t.test('the documented sample as the live service has it', async (t) => {
  const { get } = build(t, { config: live })
  const list = await get(listOf(GAMER, `?titleId=${SAMPLE_TITLE}`))
  t.equal(list.body, JSON.stringify(LIVE_SAMPLE))
  const single = await get(singleOf(GAMER, SAMPLE_SCID, 3))
  t.equal(single.body, JSON.stringify(LIVE_SAMPLE), 'the single achievement is a list of one')
})

t.test('the two dialects differ as in the dialect table', async (t) => {
  const world = {
    titles: [{
      titleId: 1,
      name: 'One',
      serviceConfigId: SAMPLE_SCID,
      public: true,
      platforms: ['Durango', 'Scarlett'],
      achievements: [{
        id: 1,
        name: 'n',
        requirements: [{ id: 'r', target: '5' }],
        rewards: [{ type: 'Art', value: 'u', mediaAsset: { url: 'u', type: 'Art', name: 'a' } }]
      }]
    }],
    users: [{ xuid: GAMER, gamertag: 'gamer', achievements: [{ serviceConfigId: SAMPLE_SCID, id: 1, requirements: [{ id: 'r', current: '2' }] }] }],
    sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER }]
  }
  const both = {
    id: '1',
    serviceConfigId: SAMPLE_SCID,
    name: 'n',
    progressState: 'InProgress',
    isSecret: false,
    description: '',
    lockedDescription: '',
    achievementType: 'Persistent',
    participationType: 'Individual',
    timeWindow: null,
    isRevoked: false
  }
  const requirement = { id: 'r', current: '2', target: '5', operationType: 'Sum', ruleParticipationType: 'Individual' }
  const reward = { name: null, description: null, value: 'u', type: 'Art', valueType: 'Uri' }
  const paging = { pagingInfo: { continuationToken: null, totalRecords: 1 } }
  const timeUnlocked = '0001-01-01T00:00:00.0000000Z'
  const documented = {
    ...both,
    titleAssociations: [{ name: 'One', id: 1, version: null }],
    mediaAssets: [],
    platform: 'D',
    productId: null,
    estimatedTime: null,
    deeplink: null,
    rewards: [reward]
  }
  const expected = {
    documented: {
      list: { achievements: [{ ...documented, progression: { achievementState: 'InProgress', requirements: [requirement], timeUnlocked } }], ...paging },
      single: { achievement: { ...documented, progression: { requirements: [requirement], timeUnlocked } } }
    },
    live: {
      achievements: [{
        ...both,
        titleAssociations: [{ name: 'One', id: 1 }],
        mediaAssets: [{ name: ICON, type: 'Icon', url: `http://localhost:80/pictures/${ICON}/n.svg` }],
        platforms: ['Durango', 'Scarlett'],
        productId: SAMPLE_SCID,
        progression: { requirements: [{ ...requirement, operationType: 'SUM', valueType: 'Integer' }], timeUnlocked },
        estimatedTime: '00:00:00',
        deeplink: '',
        rewards: [{ ...reward, mediaAsset: { name: 'a', type: 'Art', url: 'u' } }]
      }],
      ...paging
    }
  }
  const first = build(t, { world })
  t.strictSame((await first.get(listOf(GAMER))).json(), expected.documented.list)
  t.strictSame((await first.get(singleOf(GAMER, SAMPLE_SCID, 1))).json(), expected.documented.single)
  const second = build(t, { world, config: live })
  t.strictSame((await second.get(listOf(GAMER))).json(), expected.live)
  t.strictSame((await second.get(singleOf(GAMER, SAMPLE_SCID, 1))).json(), expected.live)
})

t.test('live: service configuration ids are compared to the letter', async (t) => {
  const { get } = build(t, { config: live })
  const upper = await get(singleOf(GAMER, SAMPLE_SCID.toUpperCase(), 3))
  t.equal(upper.statusCode, 403, 'there is no such service configuration')
  t.equal((await get(singleOf(GAMER, 'x', 3))).statusCode, 400)
})

t.test('each contract version has its format and titles', async (t) => {
  const { get } = build(t, { config: live })
  const rarity = { currentCategory: 'Common', currentPercentage: 100 }
  for (const [version, status, first, hasRarity] of [
    [undefined, 200, 11, false], ['1', 200, 11, false], ['3', 200, 1, true],
    ['2', 200, '3', false], ['4', 200, '3', true], ['5', 200, '3', true],
    ['0', 406], ['6', 406], ['4294967295', 406], ['4294967296', 406], ['x', 200, 11, false]
  ] as const) {
    const response = await get(listOf(GAMER), { headers: { 'x-xbl-contract-version': version } })
    t.equal(response.statusCode, status, `version ${version}`)
    if (status !== 200) {
      t.match(response.json(), { code: 406, source: 'Progress', description: String(version) })
      continue
    }
    const [achievement] = response.json().achievements
    t.equal(achievement.id, first)
    t.strictSame(Object.entries(achievement).at(-1), hasRarity
      ? ['rarity', version === '3' ? { currentCategory: 'Common', currentPercentage: 66.67 } : rarity]
      : version === '2' ? ['isRevoked', false] : ['timeUnlocked', '2014-04-12T14:05:02.1230000Z'])
  }
})

t.test('live: a single achievement has the format of the contract version, too', async (t) => {
  const { get } = build(t, { config: live })
  const xbox360 = '2f9a60d8-41b7-4c35-9d0e-e8723fb51a96'
  for (const [version, scid, status] of [['1', SAMPLE_SCID, 404], ['2', SAMPLE_SCID, 200], ['4', xbox360, 404], ['1', xbox360, 200], ['3', xbox360, 200], ['9', xbox360, 406]] as const) {
    const response = await get(singleOf(GAMER, scid, 3), { session: 'demo;titleless', headers: { 'x-xbl-contract-version': version } })
    t.equal(response.statusCode, status, `${version} ${scid}`)
  }
  for (const [id, unlocked] of [[11, true], [5, false]] as const) {
    const { body } = await get(singleOf(GAMER, xbox360, id), { session: 'demo;titleless', headers: { 'x-xbl-contract-version': '1' } })
    const { achievements: [item], ...envelope } = JSON.parse(body)
    t.match(item, { id, unlocked })
    t.strictSame(envelope, { pagingInfo: { continuationToken: null, totalRecords: 1 }, version: '0001-01-01T00:00:00.0000000Z' })
  }
})

t.test('live: an error body has a number, a source, a sentence and the trace of the log line', async (t) => {
  const lines: string[] = []
  const logTo = new Writable({ write: (chunk, _encoding, done) => { lines.push(String(chunk)); done() } })
  const { get } = build(t, { config: live, logTo })
  const traces = new Set<string>()
  for (const [url, session, status, code, description] of [
    [listOf(GAMER), null, 401, 23, 'No valid claims were found on the request.'],
    [listOf(GAMER), 'demo;expired', 401, 23, 'No valid claims were found on the request.'],
    [listOf(GAMER), 'demo;anonymous', 403, 4500, 'The token carries no user claim; expected one of a user.'],
    [listOf(STRANGER), 'demo;gamer', 403, 4500, 'The privacy setting of the user in the path does not let the caller see its achievements.'],
    [listOf(GAMER, '?maxItems=0'), 'demo;gamer', 400, 4000, 'maxItems is "0"; expected an integer from 1 to 2147483647.'],
    [singleOf(GAMER, SAMPLE_SCID, 4), 'demo;gamer', 404, 404, 'The service configuration has no achievement 4.'],
    ['/nope', 'demo;gamer', 404, 404, '/nope is not a path of this service.'],
    ['/%zz', 'demo;gamer', 400, 4000, '/%zz cannot be decoded; expected percent-encoded UTF-8.']
  ] as const) {
    const response = await get(url, { session })
    t.equal(response.statusCode, status)
    const { traceInformation, ...body } = response.json()
    t.strictSame(body, { code, source: 'Progress', description })
    t.match(traceInformation, /^[0-9a-f-]{36}$/)
    t.match(JSON.parse(lines.at(-1) ?? ''), { status, trace: traceInformation })
    traces.add(traceInformation)
  }
  t.equal(traces.size, 8, 'a fresh one each time')
  t.match(JSON.parse(lines[1] ?? ''), { reason: 'The token expired at 2013-03-01T00:00:00.0000000Z.' }, 'the log says what the body does not')
})
