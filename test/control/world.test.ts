import t from 'tap'
import { LIST_SAMPLE } from '../documented-samples.ts'
import { build, GAMER, listOf, SAMPLE_SCID, SAMPLE_TITLE } from '../helper.ts'
import { achievement, SCID, title, user } from '../world-parts.ts'
import { command, control, refusal, worldText } from './client.ts'

const twice = [title(), title()]
const unlockedBy = (members: object): object => user({ achievements: [{ serviceConfigId: SCID, id: 1, ...members }] })

/** Documents that are not worlds, and the messages of the importer. */
const WRONG: ReadonlyArray<[document: unknown, message: string]> = [
  [undefined, '/: missing, expected an object with titles, users and sessions'],
  ['null', '/: found null, expected an object with titles, users and sessions'],
  [[], '/: found [], expected an object with titles, users and sessions'],
  ['"x"', '/: found "x", expected an object with titles, users and sessions'],
  [{ titles: {} }, '/titles: found {}, expected a list'],
  [{ users: null }, '/users: found null, expected a list'],
  [{ extra: 1 }, '/extra: unknown member; known are $schema, titles, users, sessions, userKeys'],
  ['{"__proto__":{"titles":[]}}', '/__proto__: unknown member; known are $schema, titles, users, sessions, userKeys'],
  [{ constructor: 1 }, '/constructor: unknown member; known are $schema, titles, users, sessions, userKeys']
]

/** Worlds with an error, and the messages of the importer. */
const WRONG_PUT: typeof WRONG = [
  [{ titles: twice }, '/titles/1/titleId: title 1 is already at world: /titles/0/titleId, expected once (and 1 more)'],
  [{ users: [user(), { xuid: '2' }] }, '/users/1/gamertag: missing, expected a string that is not empty and has no control characters'],
  [{ users: [user(), user({ xuid: '2', gamertag: 'ANN' })] }, '/users/1/gamertag: gamertag "ANN" is already at world: /users/0/gamertag, expected once'],
  ['{"users":[{"xuid":"1","gamertag":"\\ud800"},{"xuid":"2","gamertag":"\\ud801"}]}', '/users/1/gamertag: gamertag "\\ud801" is already at world: /users/0/gamertag, expected once'],
  [{ titles: [title()], users: [unlockedBy({ timeUnlocked: '2020-02-30T00:00:00Z' })] }, '/users/0/achievements/0/timeUnlocked: found "2020-02-30T00:00:00Z", expected a date that exists'],
  [{ sessions: [{ userHash: 'h', token: 't', xuid: '1' }] }, '/sessions/0/xuid: found "1", expected the XUID of a user of this world']
]

/** Parts that make the demo world invalid, and the messages. */
const WRONG_PATCH: typeof WRONG = [
  [{ users: [{ xuid: '1', gamertag: 'Gamer' }] }, '/users/5/gamertag: gamertag "Gamer" is already at merged world: /users/0/gamertag, expected once'],
  [{ users: [{ xuid: '5', gamertag: 'new' }], sessions: [{ userHash: 'h', token: 't', xuid: '6' }] }, '/sessions/7/xuid: found "6", expected the XUID of a user of this world'],
  [{ users: [{ xuid: '5', gamertag: 'new' }, null] }, '/users/6: found null, expected an object'],
  [{ titles: [{ titleId: 9 }] }, '/titles/8/name: missing, expected a string that is not empty (and 1 more)'],
  [{ titles: [{ titleId: SAMPLE_TITLE, achievements: [{ id: 3, timeWindow: { startDate: '2013-02-01T00:00:00Z' } }] }] }, '/titles/0/achievements/0/timeWindow/endDate: missing, expected an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z"'],
  ['{"titles":[{"titleId":3051199919,"__proto__":1,"name":"new"}]}', '/titles/0/__proto__: unknown member; known are titleId, name, version, generation, achievementSystem, refusesUpdates, titleType, platform, platforms, productId, serviceConfigId, public, sandboxes, defaultLocale, xbox360, status, location, clientIds, titleHub, achievements'],
  [{ users: [{ xuid: GAMER, friends: [GAMER] }] }, `/users/0/friends/0: found "${GAMER}", expected another user than the user itself`]
]

t.test('an invalid world, or part of one, is refused with the messages of the importer, and changes nothing', async (t) => {
  const emulator = build(t)
  await command(emulator, 'PUT', `/users/${GAMER}/privacy`, { privacy: 'blocked' })
  const before = await worldText(emulator)
  const cases = [...[...WRONG, ...WRONG_PUT].map((each) => ['PUT', 'world', ...each] as const), ...[...WRONG, ...WRONG_PATCH].map((each) => ['PATCH', 'merged world', ...each] as const)]
  for (const [method, name, document, message] of cases) {
    const { status, body } = await control(emulator, method, '/world', document)
    t.strictSame([status, body], [400, refusal(4000, `${name}: ${message}`)], `${method} ${JSON.stringify(document)}`)
  }
  t.equal(await worldText(emulator), before)
  await command(emulator, 'POST', '/reset')
  t.equal(await worldText(emulator), await worldText(build(t)), 'what a reset goes back to stayed, too')
})

t.test('PUT replaces the world', async (t) => {
  const emulator = build(t)
  const world = { $schema: './world.schema.json', titles: [title()], users: [unlockedBy({ percentComplete: 100 })], sessions: [{ userHash: 'h', token: 't', xuid: '01' }] }
  t.strictSame(await control(emulator, 'PUT', '/world', world).then(({ status, body }) => [status, body]), [200, { world: { titles: 1, achievements: 1, users: 1 } }])
  t.equal((await emulator.get(listOf(GAMER))).statusCode, 401, 'the tokens of the world before are gone')
  const response = await emulator.get(listOf('1'), { session: 'h;t' })
  t.strictSame(response.json().achievements.map(({ id, progressState, progression }: any) => [id, progressState, progression.timeUnlocked]), [['1', 'Achieved', '0001-01-01T00:00:00.0000000Z']])
  t.strictSame((await emulator.get('/_emulator/health')).json().world, { titles: 1, achievements: 1, users: 1 })
})

t.test('PATCH merges a part into the world', async (t) => {
  const emulator = build(t)
  const part = {
    titles: [{ titleId: SAMPLE_TITLE, name: 'Renamed', achievements: [achievement({ id: 4, name: 'Fourth' })] }, title()],
    users: [{ xuid: GAMER, achievements: [{ serviceConfigId: SAMPLE_SCID.toUpperCase(), id: 3, isRevoked: true }] }, user()]
  }
  t.strictSame(await command(emulator, 'PATCH', '/world', part), { world: { titles: 9, achievements: 73, users: 6 } })
  const [sample] = LIST_SAMPLE.achievements
  const associations = [{ ...sample?.titleAssociations[0], name: 'Renamed' }]
  const { achievements } = (await emulator.get(listOf(GAMER, `?titleId=${SAMPLE_TITLE}`))).json()
  t.strictSame(achievements[0], { ...sample, titleAssociations: associations, isRevoked: true })
  t.strictSame([achievements.length, achievements[1].id, achievements[1].name, achievements[1].progressState, achievements[1].titleAssociations], [2, '4', 'Fourth', 'NotStarted', associations])
})

t.test('two parts are merged one after the other, and an empty one changes nothing', async (t) => {
  const [once, both] = [build(t), build(t)]
  await command(once, 'PATCH', '/world', { users: [user()], sessions: [{ userHash: 'h', token: 't', xuid: '1' }] })
  for (const part of [{ users: [user()] }, {}, { sessions: [{ userHash: 'h', token: 't', xuid: '1' }] }, { titles: [], users: [], sessions: [] }]) await command(both, 'PATCH', '/world', part)
  t.equal(await worldText(both), await worldText(once))
})
