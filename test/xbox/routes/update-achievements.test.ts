import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { build, FRIEND, GAMER, listOf, NOW, SAMPLE_SCID, singleOf, type Emulator } from '../../helper.ts'

const SHARED = 'aaaaaaaa-0000-0000-0000-000000000001'
const OTHER = 'bbbbbbbb-0000-0000-0000-000000000002'
const requirement = [{ id: 'r', target: '100' }]

const WORLD = {
  titles: [
    {
      titleId: 1,
      name: 'One',
      serviceConfigId: SHARED,
      achievements: [
        { id: 1, name: 'a', requirements: requirement, rewards: [{ type: 'Gamerscore', value: '10' }] },
        { id: 2, name: 'b', requirements: requirement },
        { id: 3, name: 'over', achievementType: 'Challenge', timeWindow: { startDate: '2013-02-01T00:00:00Z', endDate: '2013-03-01T00:00:00Z' } }
      ]
    },
    { titleId: 2, name: 'Two', serviceConfigId: SHARED },
    { titleId: 3, name: 'Old', serviceConfigId: SHARED, generation: 'xbox360', achievements: [{ id: 4, name: 'old' }] },
    { titleId: 9, name: 'Other', serviceConfigId: OTHER, public: true, achievements: [{ id: 1, name: 'c' }] },
    { titleId: 10, name: 'Gone', serviceConfigId: SAMPLE_SCID, public: true, status: 'retired', achievements: [{ id: 1, name: 'd' }] }
  ],
  users: [{ xuid: GAMER, gamertag: 'gamer' }, { xuid: FRIEND, gamertag: 'friend' }],
  sessions: [
    { userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1 },
    { userHash: 'demo', token: 'titleless', xuid: GAMER },
    { userHash: 'demo', token: 'anonymous' }
  ]
}

const body = (achievements: unknown = [{ id: '1', percentComplete: 100 }], rest = {}): object =>
  ({ action: 'progressUpdate', serviceConfigId: SHARED, titleId: 1, userId: GAMER, achievements, ...rest })

function post ({ app }: Emulator, payload: object | string, { scid = SHARED, xuid = GAMER, session = 'demo;gamer', headers = {} } = {}): Promise<LightMyRequestResponse> {
  return app.inject({
    method: 'POST',
    url: `/users/xuid(${xuid})/achievements/${scid}/update`,
    headers: { authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2', 'content-type': 'application/json', ...headers },
    payload
  })
}

async function shown (emulator: Emulator, id: string): Promise<[string, string | null, string]> {
  const { progressState, progression } = (await emulator.get(singleOf(GAMER, SHARED, id))).json().achievement
  return [progressState, progression.requirements[0].current, progression.timeUnlocked]
}

const LOCKED = '0001-01-01T00:00:00.0000000Z'

t.test('an update raises progress, and the next answer shows it', async (t) => {
  let now = NOW
  const emulator = build(t, { world: WORLD, now: () => now })
  for (const [percentComplete, status, expected] of [
    [0, 304, ['NotStarted', null, LOCKED]],
    [1, 200, ['InProgress', '1', LOCKED]],
    [25, 200, ['InProgress', '25', LOCKED]],
    [75, 200, ['InProgress', '75', LOCKED]],
    [50, 304, ['InProgress', '75', LOCKED]],
    [75, 304, ['InProgress', '75', LOCKED]],
    [100, 200, ['Achieved', '100', '2020-06-15T12:00:06.0000000Z']],
    [100, 304, ['Achieved', '100', '2020-06-15T12:00:06.0000000Z']],
    [1, 304, ['Achieved', '100', '2020-06-15T12:00:06.0000000Z']]
  ] as const) {
    const response = await post(emulator, body([{ id: '1', percentComplete }]))
    t.equal(response.statusCode, status, `${percentComplete}`)
    t.equal(response.body, '')
    t.equal(response.headers['content-type'], undefined)
    t.strictSame(await shown(emulator, '1'), expected)
    now += 1000
  }
  t.equal((await post(emulator, body([{ id: '2', percentComplete: 101 }]))).statusCode, 200)
  t.equal((await shown(emulator, '2'))[0], 'Achieved', '101 unlocks, too')
})

t.test('an update may have several achievements, and one of them twice', async (t) => {
  const emulator = build(t, { world: WORLD })
  t.equal((await post(emulator, body([{ id: '1', percentComplete: 0 }, { id: '2', percentComplete: 30 }, { id: '2', percentComplete: 20 }, { id: '02', percentComplete: 40 }]))).statusCode, 200)
  t.strictSame(await shown(emulator, '1'), ['NotStarted', null, LOCKED])
  t.strictSame(await shown(emulator, '2'), ['InProgress', '40', LOCKED])
})

t.test('an update may have 100 achievements', async (t) => {
  const emulator = build(t, { world: WORLD })
  t.equal((await post(emulator, body(Array.from({ length: 100 }, (_none, n) => ({ id: '2', percentComplete: n % 50 }))))).statusCode, 200)
  t.strictSame(await shown(emulator, '2'), ['InProgress', '49', LOCKED])
})

t.test('equivalent spellings of the path and the body are accepted', async (t) => {
  for (const [payload, options] of [
    [body(undefined, { serviceConfigId: SHARED.toUpperCase() }), {}],
    [body(), { scid: SHARED.toUpperCase() }],
    [body(undefined, { userId: `0${GAMER}` }), { xuid: `0${GAMER}` }],
    [body(undefined, { unknown: 1 }), {}],
    [body([{ id: '1', percentComplete: 100, unknown: 1 }]), {}],
    [JSON.stringify(body()), { headers: { 'content-type': 'text/plain' } }],
    [JSON.stringify(body()), { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    [JSON.stringify(body()), { headers: { 'content-type': 'application/json; charset=utf-8' } }],
    ...['', ';;;', 'json', 'application/json, text/plain'].map((type) => [JSON.stringify(body()), { headers: { 'content-type': type } }] as const),
    [`\uFEFF${JSON.stringify(body())}`, {}],
    [JSON.stringify(body(undefined, { padding: 'x'.repeat(255 * 1024) })), {}]
  ] as const) {
    t.equal((await post(build(t, { world: WORLD }), payload, options)).statusCode, 200, JSON.stringify(options))
  }
})

const large = JSON.stringify(body(undefined, { padding: 'x'.repeat(256 * 1024) }))
const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`
const B = 'The body'

t.test('a wrong update is refused and changes nothing', async (t) => {
  const emulator = build(t, { world: WORLD })
  const before = (await emulator.get(listOf(GAMER))).body
  const both = (wrong: object): object => body([{ id: '1', percentComplete: 100 }, wrong])
  for (const [payload, options, status, message] of [
    ['', {}, 400, `${B}: missing, expected an object with action, serviceConfigId, titleId, userId and achievements.`],
    ['null', {}, 400, `${B}: found null, expected an object with action, serviceConfigId, titleId, userId and achievements.`],
    ['[]', {}, 400, `${B}: found [], expected an object with action, serviceConfigId, titleId, userId and achievements.`],
    [body(undefined, { action: undefined }), {}, 400, `${B}, at /action: missing, expected "progressUpdate".`],
    [body(undefined, { action: 'ProgressUpdate' }), {}, 400, `${B}, at /action: found "ProgressUpdate", expected "progressUpdate".`],
    [body(undefined, { serviceConfigId: OTHER }), {}, 400, `${B}, at /serviceConfigId: found "${OTHER}", expected the service configuration id of the path.`],
    [body(undefined, { serviceConfigId: 1 }), {}, 400, `${B}, at /serviceConfigId: found 1, expected the service configuration id of the path.`],
    [body(undefined, { userId: FRIEND }), {}, 400, `${B}, at /userId: found "${FRIEND}", expected the XUID of the path.`],
    [body(undefined, { titleId: -1 }), {}, 400, `${B}, at /titleId: found -1, expected an integer from 0 to 4294967295.`],
    [deep, {}, 400, `${B}: nested more than 32 levels deep; expected 32 at most.`],
    [JSON.stringify(body(undefined, { action: 0 })).replace('"action":0', `"action":${deep}`), {}, 400, `${B}: nested more than 32 levels deep; expected 32 at most.`],
    [body(Array.from({ length: 101 }, () => ({ id: '1', percentComplete: 1 }))), {}, 400, `${B}, at /achievements: found 101 elements, expected a list of 1 to 100 achievements.`],
    [body(null), {}, 400, `${B}, at /achievements: found null, expected a list of 1 to 100 achievements.`],
    [body([]), {}, 400, `${B}, at /achievements: found [], expected a list of 1 to 100 achievements.`],
    [both({ id: '2' }), {}, 400, `${B}, at /achievements/1/percentComplete: missing, expected an integer from 0 to 4294967295.`],
    [both({ id: '3', percentComplete: 5 }), {}, 400, 'Achievement 3 is a challenge from 2013-02-01T00:00:00Z to 2013-03-01T00:00:00Z; it is 2020-06-15T12:00:00.0000000Z, expected an instant in this window.'],
    [both({ id: '99', percentComplete: 5 }), {}, 404, 'The service configuration has no achievement 99.'],
    [both({ id: '4', percentComplete: 5 }), {}, 404, 'The service configuration has no achievement 4.'],
    [large, {}, 413, 'Request body is too large'],
    [body(), { xuid: FRIEND }, 400, `${B}, at /userId: found "${GAMER}", expected the XUID of the path.`],
    [body(undefined, { userId: FRIEND }), { xuid: FRIEND }, 403, 'XUID specified in the claim does not match URI XUID.'],
    [body(undefined, { titleId: 2 }), {}, 403, 'The body names title 2, the token is one of title 1.'],
    [body(undefined, { titleId: 9 }), {}, 403, 'The service configuration does not belong to title 9, which the body names.'],
    [body(undefined, { titleId: 9, serviceConfigId: OTHER }), { scid: OTHER }, 403, 'The body names title 9, the token is one of title 1.'],
    [body(), { session: 'demo;titleless' }, 403, 'The service configuration is not public and the token carries no title claim: those have one that name a title, come of a TitleToken, or of a client id that a title has in clientIds.'],
    [body(), { session: 'demo;anonymous' }, 403, 'The token carries no user claim; expected one of a user.'],
    [body(), { session: 'demo;nobody' }, 401, 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.'],
    [body(undefined, { titleId: 10, serviceConfigId: SAMPLE_SCID }), { scid: SAMPLE_SCID, session: 'demo;titleless' }, 410, 'The service configuration is retired.'],
    [body(), { scid: 'x' }, 400, 'The service configuration id is "x"; expected a GUID.'],
    [body(), { xuid: 'x' }, 400, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'],
    [body(), { headers: { 'x-xbl-contract-version': '1' } }, 406, 'The contract version is 1; progress is updated under x-xbl-contract-version 2.'],
    ['{', { headers: { 'x-xbl-contract-version': '1' } }, 406, 'The contract version is 1; progress is updated under x-xbl-contract-version 2.'],
    ['{', { xuid: 'x' }, 400, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'],
    [body(), { headers: { 'x-xbl-contract-version': '4' } }, 406, 'The contract version is 4; progress is updated under x-xbl-contract-version 2.'],
    [body(), { headers: { 'x-xbl-contract-version': 'x' } }, 400, 'x-xbl-contract-version is "x"; expected an unsigned 32-bit integer.']
  ] as const) {
    const response = await post(emulator, payload, options)
    t.equal(response.statusCode, status, message)
    t.equal(response.json().errorMessage, message)
    t.equal((await emulator.get(listOf(GAMER))).body, before)
  }
  const broken = await post(emulator, '{"action":')
  t.match(broken.json(), { errorCode: 4000, errorMessage: /^The body is not JSON: / })
  t.equal((await emulator.get(listOf(GAMER))).body, before)
})

t.test('a token without a title may update a public service configuration', async (t) => {
  const emulator = build(t, { world: WORLD })
  t.equal((await post(emulator, body(undefined, { titleId: 9, serviceConfigId: OTHER }), { scid: OTHER, session: 'demo;titleless' })).statusCode, 200)
})

t.test('an update of a service configuration that has moved is answered with the location of updates', async (t) => {
  const world = structuredClone(WORLD)
  Object.assign(world.titles[4] as object, { status: 'redirected', location: `/users/xuid({xuid})/achievements/${OTHER}/{achievementid}` })
  const response = await post(build(t, { world }), body([{ id: '1', percentComplete: 5 }], { titleId: 10, serviceConfigId: SAMPLE_SCID }), { scid: SAMPLE_SCID, session: 'demo;titleless' })
  t.equal(response.statusCode, 307)
  t.equal(response.headers.location, `/users/xuid(${GAMER})/achievements/${OTHER}/update`)
})

t.test('live: the service configuration id of an update is compared to the letter', async (t) => {
  const emulator = build(t, { world: WORLD, config: { dialect: 'live' } })
  t.equal((await post(emulator, body(undefined, { serviceConfigId: SHARED.toUpperCase() }))).statusCode, 400)
  t.equal((await post(emulator, body())).statusCode, 200)
})

t.test('the path of updates has POST alone', async (t) => {
  const { app } = build(t, { world: WORLD })
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'] as const) {
    for (const last of ['update', 'UPDATE', 'Update/']) {
      const response = await app.inject({ method, url: `/users/xuid(${GAMER})/achievements/${SHARED}/${last}` })
      t.equal(response.statusCode, 405)
      t.equal(response.headers.allow, 'POST')
    }
  }
  const headers = { authorization: 'XBL3.0 x=demo;gamer' }
  for (const id of ['updates', 'xupdate', 'up']) {
    const response = await app.inject({ url: `/users/xuid(${GAMER})/achievements/${SHARED}/${id}`, headers })
    t.strictSame([response.statusCode, response.json().errorMessage], [400, `The achievement id is "${id}"; expected an unsigned 32-bit integer in decimal.`])
  }
})

t.test('200 updates at once leave the highest values', async (t) => {
  const emulator = build(t, { world: WORLD })
  await emulator.app.listen({ host: '127.0.0.1', port: 0 })
  const sent = Array.from({ length: 200 }, (_, index) => [{ id: String(1 + index % 2), percentComplete: (index * 37) % 99 }])
  const highest = (id: string): string => String(Math.max(...sent.flat().filter((each) => each.id === id).map(({ percentComplete }) => percentComplete)))
  const address = emulator.app.server.address() as { port: number }
  const statuses = await Promise.all(sent.map(async (achievements) => {
    const response = await fetch(`http://127.0.0.1:${address.port}/users/xuid(${GAMER})/achievements/${SHARED}/update`, {
      method: 'POST',
      headers: { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' },
      body: JSON.stringify(body(achievements))
    })
    await response.text()
    return response.status
  }))
  t.strictSame(new Set(statuses), new Set([200, 304]))
  t.strictSame(await shown(emulator, '1'), ['InProgress', highest('1'), LOCKED])
  t.strictSame(await shown(emulator, '2'), ['InProgress', highest('2'), LOCKED])
})
