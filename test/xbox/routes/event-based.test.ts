import t from 'tap'
import { build, GAMER, listOf, type Emulator } from '../../helper.ts'
import { rejections } from '../../live-client.ts'

const SCID = '11111111-2222-3333-4444-dddddddddddd'
const LOCKED = '0001-01-01T00:00:00.0000000Z'
const NAMES = ['sum', 'least', 'most', 'double', 'zero'] as const

/** Requirements like the recorded ones: each operation, a target of 0, values far above the target, a Double. */
const REQUIREMENTS: Readonly<Record<typeof NAMES[number], object>> = {
  sum: { id: 'sum', target: '25' },
  least: { id: 'least', target: '3', operationType: 'MINIMUM' },
  most: { id: 'most', target: '10', operationType: 'Maximum' },
  double: { id: 'double', target: '2.5', operationType: 'SUM', valueType: 'Double' },
  zero: { id: 'zero', target: '0', operationType: 'MINIMUM' }
}

/** The requirements as they are sent, without the progress of a user. */
const SENT: Readonly<Record<typeof NAMES[number], [target: string, operation: string, valueType: string]>> = {
  sum: ['25', 'SUM', 'Integer'],
  least: ['3', 'MINIMUM', 'Integer'],
  most: ['10', 'Maximum', 'Integer'],
  double: ['2.5', 'SUM', 'Double'],
  zero: ['0', 'MINIMUM', 'Integer']
}

const DONE = { sum: '43579', least: '3', most: '100', double: '2.5', zero: '0' }

const world = (rest: object = {}) => ({
  titles: [{
    titleId: 5,
    name: 'Gears',
    serviceConfigId: SCID,
    ...rest,
    achievements: [
      { id: 1, name: 'All', requirements: Object.values(REQUIREMENTS) },
      { id: 2, name: 'None' },
      { id: 3, name: 'Begun', requirements: Object.values(REQUIREMENTS) },
      { id: 4, name: 'New', requirements: Object.values(REQUIREMENTS) },
      { id: 5, name: 'Nothing done of none' },
      { id: 6, name: 'Half of none' }
    ]
  }],
  users: [{
    xuid: GAMER,
    gamertag: 'gamer',
    achievements: [
      { serviceConfigId: SCID, id: 1, percentComplete: 100, timeUnlocked: '2016-10-11T01:15:03.9212769Z', requirements: Object.entries(DONE).map(([id, current]) => ({ id, current })) },
      { serviceConfigId: SCID, id: 2, percentComplete: 100, timeUnlocked: '2016-10-11T10:10:13.0443245Z' },
      { serviceConfigId: SCID, id: 3, requirements: [{ id: 'sum', current: '7' }] },
      { serviceConfigId: SCID, id: 6, percentComplete: 50 }
    ]
  }],
  sessions: [{ userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 5 }]
})

/** The requirements as they are sent to a user with this progress. */
const requirements = (current: Partial<typeof DONE>, dialect: 'live' | 'documented') => NAMES.map((id) => {
  const [target, operationType, valueType] = SENT[id]
  const what = { id, current: current[id] ?? null, target }
  return dialect === 'live'
    ? { ...what, operationType, valueType, ruleParticipationType: 'Individual' }
    : { ...what, operationType: id === 'sum' ? 'Sum' : operationType, ruleParticipationType: 'Individual' }
})

/** The requirement of an achievement that has none in the world. Its id is derived from service configuration and achievement. */
const none = (id: string, current: string | null) => [{ id, current, target: '100', operationType: 'SUM', valueType: 'Integer', ruleParticipationType: 'Individual' }]
const OWN = { 2: 'f248f87c-7169-83fb-a4be-82683df5a674', 5: '60b6bb74-48dc-8656-abbd-7524792806a6', 6: 'b5cfabf6-5ee1-81bb-a8c7-944a56d5fb51' }

const progressions = async ({ get }: Emulator, query = ''): Promise<unknown[]> =>
  (await get(listOf(GAMER, query))).json().achievements.map(({ progressState, progression: { requirements, timeUnlocked } }: any) => [progressState, requirements, timeUnlocked])

t.test('live: an achieved one keeps its requirements, current is null before progress, and there is always a requirement', async (t) => {
  const emulator = build(t, { world: world(), config: { dialect: 'live' } })
  t.strictSame(await progressions(emulator), [
    ['Achieved', requirements(DONE, 'live'), '2016-10-11T01:15:03.9212769Z'],
    ['Achieved', none(OWN[2], '100'), '2016-10-11T10:10:13.0443245Z'],
    ['InProgress', requirements({ sum: '7' }, 'live'), LOCKED],
    ['NotStarted', requirements({}, 'live'), LOCKED],
    ['NotStarted', none(OWN[5], null), LOCKED],
    ['InProgress', none(OWN[6], '50'), LOCKED]
  ])
  t.strictSame(rejections((await emulator.get(listOf(GAMER))).json()), [])
  const untouched = [requirements({}, 'live'), none(OWN[2], null), requirements({}, 'live'), requirements({}, 'live'), none(OWN[5], null), none(OWN[6], null)]
  t.strictSame(await progressions(emulator, '?possibleOnly=true'), untouched.map((each) => ['NotStarted', each, LOCKED]))
})

t.test('documented: requirements are those of the world, and null where there are none', async (t) => {
  t.strictSame(await progressions(build(t, { world: world() })), [
    ['Achieved', requirements(DONE, 'documented'), '2016-10-11T01:15:03.9212769Z'],
    ['Achieved', null, '2016-10-11T10:10:13.0443245Z'],
    ['InProgress', requirements({ sum: '7' }, 'documented'), LOCKED],
    ['NotStarted', requirements({}, 'documented'), LOCKED],
    ['NotStarted', null, LOCKED],
    ['InProgress', null, LOCKED]
  ])
})

t.test('a challenge, or a requirement other than the percentage, makes all achievements of a title event-based', async (t) => {
  const challenge = { achievementType: 'Challenge', timeWindow: { startDate: '2020-01-01T00:00:00.5Z', endDate: '2021-01-01T00:00:00Z' } }
  const { get } = build(t, { world: { ...world(), titles: [{ titleId: 5, name: 'Gears', serviceConfigId: SCID, achievements: [{ id: 1, name: 'a' }, { id: 2, name: 'b', ...challenge }, { id: 3, name: 'c' }, { id: 6, name: 'd' }] }], users: [{ xuid: GAMER, gamertag: 'gamer' }] }, config: { dialect: 'live' } })
  const { achievements } = (await get(listOf(GAMER))).json()
  t.strictSame(achievements.map(({ progression }: any) => [progression.requirements.length, progression.requirements[0].current, progression.requirements[0].operationType]), Array(4).fill([1, null, 'SUM']))
  t.equal(new Set(achievements.map(({ progression }: any) => progression.requirements[0].id)).size, 4)
  t.strictSame(achievements[1].timeWindow, { startDate: '2020-01-01T00:00:00.5000000Z', endDate: '2021-01-01T00:00:00.0000000Z' }, 'seven digits')
})

const report = ({ app }: Emulator, achievements: ReadonlyArray<readonly [id: number, percent: number]>, scid = SCID) => app.inject({
  method: 'POST',
  url: `/users/xuid(${GAMER})/achievements/${scid}/update`,
  headers: { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' },
  payload: { action: 'progressUpdate', serviceConfigId: scid, titleId: 5, userId: GAMER, achievements: achievements.map(([id, percentComplete]) => ({ id: String(id), percentComplete })) }
})

t.test('updates are accepted unless the world says that they are refused', async (t) => {
  const emulator = build(t, { world: world(), config: { dialect: 'live' } })
  t.equal((await report(emulator, [[4, 40], [5, 40]])).statusCode, 200)
  const [, , , counted, percentage] = await progressions(emulator) as Array<[string, unknown, string]>
  t.strictSame(counted, ['InProgress', requirements({ sum: '10', least: '1', most: '4', zero: '0' }, 'live'), LOCKED])
  t.strictSame(percentage, ['InProgress', none(OWN[5], '40'), LOCKED])
})

t.test('an update of a title that refuses updates is answered 400 and changes nothing', async (t) => {
  for (const dialect of ['live', 'documented'] as const) {
    const titles = [...world({ refusesUpdates: true }).titles, { titleId: 6, name: 'Other', serviceConfigId: SCID, achievements: [{ id: 7, name: 'g' }] }]
    const emulator = build(t, { world: { ...world(), titles }, config: { dialect } })
    const before = emulator.store.world.export()
    const refused = 'Achievement 4 is event-based, and title 5 refuses updates of those; expected a title-managed one.'
    for (const [achievements, status, message] of [
      [[[4, 40]], 400, refused],
      // An update that would change nothing is refused, too.
      [[[4, 0]], 400, refused],
      [[[7, 40], [4, 40]], 400, refused],
      [[[4, 40], [9, 40]], 404, 'The service configuration has no achievement 9.']
    ] as const) {
      const response = await report(emulator, achievements)
      t.equal(response.statusCode, status)
      t.equal(response.json()[dialect === 'live' ? 'description' : 'errorMessage'], message)
      t.strictSame(emulator.store.world.export(), before)
    }
    t.equal((await report(emulator, [[7, 40]])).statusCode, 200, 'the system goes by the title that defines an achievement')
  }
})
