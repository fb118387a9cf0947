import t from 'tap'
import { build, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'

const PUBLIC_SCID = '11111111-2222-3333-4444-cccccccccccc'
const GUID = /^"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"$/

const unlocks = [SCID, OTHER_SCID, PUBLIC_SCID].map((serviceConfigId) => ({ serviceConfigId, id: 1, sandbox: 'RETAIL', timeUnlocked: '2020-01-01T00:00:00Z' }))

const WORLD = {
  titles: [
    title({ sandboxes: ['RETAIL', 'XDKS.1'] }),
    title({ titleId: 2, serviceConfigId: OTHER_SCID, achievements: [achievement()] }),
    title({ titleId: 3, serviceConfigId: PUBLIC_SCID, public: true, achievements: [achievement()] }),
    title({ titleId: 4, serviceConfigId: SCID, sandboxes: ['XDKS.2'], achievements: [] })
  ],
  users: [
    user({ achievements: [...unlocks, { ...unlocks[0], sandbox: 'XDKS.1' }], titles: [{ titleId: 1, sandbox: 'RETAIL', lastPlayed: '2020-01-01T00:00:00Z', minutesPlayed: 5, stats: [{ name: 'Kills', value: '7' }] }] }),
    user({ xuid: '2', gamertag: 'bob', privacy: 'blocked', achievements: unlocks })
  ],
  sessions: [
    session({ xuid: '1', titleId: 1 }),
    session({ token: 'developer', titleId: 1 }),
    session({ token: 'elsewhere', titleId: 1, sandbox: 'XDKS.1' }),
    session({ token: 'unpublished', titleId: 1, sandbox: 'XDKS.9' }),
    session({ token: 'titleless', xuid: '1' })
  ]
}

function open (t: Parameters<typeof build>[0], options: Parameters<typeof build>[1] = {}) {
  const emulator = build(t, { world: WORLD, ...options })
  const submit = async (body: unknown, token = '-;developer', headers = {}) => await emulator.app.inject({
    method: 'POST',
    url: '/submitJob',
    headers: { host: 'eraser.xboxlive.com', authorization: `XBL3.0 x=${token}`, 'x-xbl-contract-version': '100', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body)
  })
  const readJob = async (id: string) => await emulator.app.inject({ url: `/jobs/${id}`, headers: { authorization: 'XBL3.0 x=-;developer', 'x-xbl-contract-version': '100' } })
  return { ...emulator, submit, readJob }
}

/** In how many service configurations a user has unlocked something, and what it has played, in any sandbox. */
function doneBy ({ database }: Emulator, xuid: string): { progress: string[], plays: number } {
  const progress = database.prepare(`SELECT scid || ' ' || sandbox FROM progress JOIN person ON person.row = person JOIN achievement ON achievement.row = achievement
    JOIN service_configuration c ON c.row = achievement.service_configuration WHERE xuid = ? ORDER BY 1`).pluck().all(xuid) as string[]
  return { progress, plays: database.prepare('SELECT count(*) FROM play JOIN person ON person.row = person WHERE xuid = ?').pluck().get(xuid) as number }
}

t.test('a developer of a title resets what a user has done in it, in the sandbox of the token', async (t) => {
  const emulator = open(t)
  const { submit, readJob } = emulator
  t.strictSame(doneBy(emulator, '1'), { progress: [`${SCID} RETAIL`, `${SCID} XDKS.1`, `${OTHER_SCID} RETAIL`, `${PUBLIC_SCID} RETAIL`], plays: 1 })

  const submitted = await submit({ userId: '1', Scid: SCID.toUpperCase() })
  t.equal(submitted.statusCode, 200)
  t.match(submitted.body, GUID)
  t.match(submitted.headers['content-type'], /^application\/json/)
  t.strictSame(doneBy(emulator, '1'), { progress: [`${SCID} XDKS.1`, `${OTHER_SCID} RETAIL`, `${PUBLIC_SCID} RETAIL`], plays: 0 })

  const jobId = submitted.json()
  for (const id of [jobId, jobId.toUpperCase()]) {
    const job = await readJob(id)
    t.equal(job.statusCode, 200)
    t.strictSame(job.json(), {
      jobId,
      overallStatus: 'CompletedSuccess',
      providerStatus: ['StatsDelete', 'TitleHistoryDelete', 'AchievementsDelete', 'GoalEngineDelete', 'Leaderboards'].map((provider) => ({ provider, status: 'CompletedSuccess' }))
    })
  }
  t.equal((await submit('{"userid":2,"SCID":"' + SCID + '"} and more', 'hash;elsewhere')).statusCode, 200, 'a user who has done nothing there; a token without a user needs no x=-')
  t.equal((await submit({ userId: 1, scid: SCID }, '-;elsewhere')).statusCode, 200)
  t.strictSame(doneBy(emulator, '1').progress, [`${OTHER_SCID} RETAIL`, `${PUBLIC_SCID} RETAIL`])
  t.strictSame(doneBy(emulator, '2').progress, [`${SCID} RETAIL`, `${OTHER_SCID} RETAIL`, `${PUBLIC_SCID} RETAIL`])
  t.equal((await submit({ userId: '99', scid: SCID })).statusCode, 200, 'one who does not exist is like one who has done nothing')
})

t.test('who may reset what', async (t) => {
  const title = 'The service configuration is not public and does not belong to the title of the token.'
  const foreign = 'The service configuration does not belong to the title of the token; without a user claim it has to.'
  for (const [token, xuid, scid, status, message] of [
    ['hash;token', '1', SCID, 200],
    ['hash;token', '2', SCID, 403, 'XUID specified in the claim does not match URI XUID.'],
    ['*;token', '2', SCID, 403, 'XUID specified in the claim does not match URI XUID.'],
    ['-;token', '2', SCID, 200],
    ['-;developer', '1', OTHER_SCID, 403, title],
    ['-;developer', '1', SCID.replace('1', '9'), 403, title],
    ['-;developer', '1', PUBLIC_SCID, 403, foreign],
    ['hash;token', '1', PUBLIC_SCID, 403, foreign],
    ['hash;titleless', '1', PUBLIC_SCID, 200],
    ['hash;titleless', '1', SCID, 403, 'The service configuration is not public and the token carries no title claim: those have one that name a title, come of a TitleToken, or of a client id that a title has in clientIds.'],
    ['-;titleless', '1', PUBLIC_SCID, 403, foreign],
    ['-;unpublished', '1', SCID, 404, 'The service configuration is not published in the sandbox of the token.'],
    ['-;nobody', '1', SCID, 401, 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.']
  ] as const) {
    const emulator = open(t)
    const before = [doneBy(emulator, '1'), doneBy(emulator, '2')]
    const response = await emulator.submit({ userId: xuid, scid }, token)
    t.equal(response.statusCode, status, `${token} ${xuid} ${scid}`)
    const after = [doneBy(emulator, '1'), doneBy(emulator, '2')]
    if (status === 200) t.notSame(after, before)
    else {
      t.equal(response.json().errorMessage, message)
      t.strictSame(after, before)
    }
  }
})

t.test('a token that was not made here may be any title\'s', async (t) => {
  const emulator = open(t, { config: { unknownTokens: '1' } })
  t.equal((await emulator.submit({ userId: '2', scid: OTHER_SCID }, '-;eyJ')).statusCode, 200)
  t.strictSame(doneBy(emulator, '2').progress, [`${SCID} RETAIL`, `${PUBLIC_SCID} RETAIL`])
})

t.test('what is wrong is refused, and the answer says what was expected', async (t) => {
  const { submit, app } = open(t)
  const expected = 'an object with userId and scid'
  for (const [body, message] of [
    ['', `The body: missing, expected ${expected}.`],
    ['[]', `The body: found [], expected ${expected}.`],
    ['null', `The body: missing, expected ${expected}.`],
    ['"1"', `The body: found "1", expected ${expected}.`],
    [{ scid: SCID }, 'The body, at /userid: missing, expected a XUID.'],
    [{ userId: null, scid: SCID }, 'The body, at /userid: found null, expected a XUID.'],
    [{ userId: '1' }, 'The body, at /scid: missing, expected a GUID.'],
    [{ userId: '1', scid: 7 }, 'The service configuration id is "7"; expected a GUID.'],
    [{ userId: 'ann', scid: SCID }, 'The XUID is "ann"; expected an unsigned 64-bit integer in decimal.'],
    [{ userId: -1, scid: SCID }, 'The XUID is "-1"; expected an unsigned 64-bit integer in decimal.'],
    ['{"userId":18446744073709551616,"scid":""}', 'The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal.'],
    [{ userId: '1', scid: 'x' }, 'The service configuration id is "x"; expected a GUID.']
  ] as const) {
    const response = await submit(body)
    t.equal(response.statusCode, 400)
    t.equal(response.json().errorMessage, message)
  }
  const version = 'x-xbl-contract-version is "one"; expected an unsigned 32-bit integer.'
  t.equal((await submit('x', '-;developer', { 'x-xbl-contract-version': 'one' })).json().errorMessage, version)
  t.equal((await app.inject({ url: '/jobs/1', headers: { authorization: 'XBL3.0 x=hash;token', 'x-xbl-contract-version': 'one' } })).json().errorMessage, version)
  t.equal((await app.inject({ method: 'GET', url: '/submitJob', headers: { authorization: 'XBL3.0 x=hash;token' } })).statusCode, 405)
})

t.test('the newest 1000 jobs are remembered, until everything is reset', async (t) => {
  const { submit, readJob, emulator } = open(t)
  const ids: string[] = []
  for (let index = 0; index < 1001; index++) ids.push((await submit({ userId: '99', scid: SCID })).json())
  const statuses = await Promise.all([0, 1, 1000].map(async (index) => (await readJob(ids[index] as string)).statusCode))
  t.strictSame(statuses, [404, 200, 200])
  const forgotten = await readJob(ids[0] as string)
  t.equal(forgotten.json().errorMessage, `There is no job "${ids[0]}"; the newest 1000 are known, until the emulator is reset.`)
  emulator.resetEverything()
  t.equal((await readJob(ids[1000] as string)).statusCode, 404)
})
