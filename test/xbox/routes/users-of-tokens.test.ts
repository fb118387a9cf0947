import t from 'tap'
import { command, control, refusal } from '../../control/client.ts'
import { build } from '../../helper.ts'
import { SCID } from '../../world-parts.ts'

/** The tokens: `both` has two users; a session of `gone` has expired; `nobody` has no user; `mixed` has sessions with and without a user. */
const SESSIONS = [
  { userHash: 'ann', token: 'both', xuid: '1', titleId: 1, location: 'US' },
  { userHash: 'bob', token: 'both', xuid: '2', titleId: 2, location: 'FR' },
  { userHash: 'ann', token: 'gone', xuid: '1', titleId: 1, expires: '2020-01-01T00:00:00Z' },
  { userHash: 'bob', token: 'gone', xuid: '2', titleId: 1 },
  { userHash: 'ann', token: 'old', xuid: '1', titleId: 1, expires: '2020-01-01T00:00:00Z' },
  { userHash: 'bob', token: 'old', xuid: '2', titleId: 1, expires: '2020-02-01T00:00:00Z' },
  { userHash: 'no', token: 'nobody', titleId: 1 },
  { userHash: 'no', token: 'mixed', titleId: 1, sandbox: 'XDKS.1' },
  { userHash: 'bob', token: 'mixed', xuid: '2', titleId: 1 }
]

const WORLD = {
  titles: [
    { titleId: 1, name: 'One', serviceConfigId: SCID, achievements: [{ id: 1, name: { 'en-US': 'one', 'fr-FR': 'un' } }] },
    { titleId: 2, name: 'Two', serviceConfigId: SCID },
    { titleId: 3, name: 'Old', serviceConfigId: '11111111-2222-3333-4444-cccccccccccc', generation: 'xbox360', achievements: [{ id: 1, name: 'old' }] }
  ],
  users: [
    { xuid: '1', gamertag: 'ann', achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 10 }] },
    { xuid: '2', gamertag: 'bob', achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 20 }] },
    { xuid: '3', gamertag: 'eve', privacy: 'blocked' }
  ],
  sessions: SESSIONS
}

const NO_USER = refusal(4500, 'The token carries no user claim; expected one of a user.')
const MISMATCH = refusal(8377, 'XUID specified in the claim does not match URI XUID.')
const EXPIRED = refusal(4500, 'The token expired at 2020-01-01T00:00:00.0000000Z.')

/** Every route of a user, with its method and contract version. */
const ROUTES = [
  { method: 'GET', path: '/achievements', version: '2' },
  { method: 'GET', path: `/achievements/${SCID}/1`, version: '2' },
  { method: 'GET', path: '/titleachievements?titleId=3', version: '1' },
  { method: 'GET', path: '/history/titles', version: '2' },
  { method: 'POST', path: `/achievements/${SCID}/update`, version: '2' }
] as const

const update = (xuid: string, percentComplete = 50, titleId = 1) =>
  ({ action: 'progressUpdate', serviceConfigId: SCID, titleId, userId: xuid, achievements: [{ id: '1', percentComplete }] })

type Built = ReturnType<typeof build>

function ask ({ app }: Built, session: string, { method, path, version }: typeof ROUTES[number], { segment = 'xuid(1)', xuid = '1', headers = {} } = {}) {
  return app.inject({
    method, url: `/users/${segment}${path}`, headers: { authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': version, ...headers }, ...method === 'POST' && { payload: update(xuid) }
  })
}

const withoutTrace = (body: string): unknown => {
  const { traceInformation, ...rest } = JSON.parse(body)
  return rest
}

t.test('x=-: no user acts on any route', async (t) => {
  for (const dialect of ['documented', 'live'] as const) {
    const emulator = build(t, { world: WORLD, config: { dialect } })
    const before = emulator.store.world.export()
    for (const token of ['both', 'gone', 'nobody', 'mixed']) {
      for (const route of ROUTES) {
        for (const segment of dialect === 'live' ? ['xuid(1)', 'xuid(2)', 'xuid(3)', 'xuid(4)', 'me'] : ['xuid(1)', 'xuid(2)', 'xuid(3)', 'xuid(4)']) {
          const xuid = /\d/.exec(segment)?.[0] ?? '1'
          const { statusCode, body } = await ask(emulator, `-;${token}`, route, { segment, xuid })
          const refused = dialect === 'documented' ? NO_USER : { code: 4500, source: 'Progress', description: 'The token carries no user claim; expected one of a user.' }
          t.strictSame([statusCode, withoutTrace(body)], [403, refused], `${token} ${segment}${route.path}`)
        }
      }
    }
    t.strictSame(emulator.store.world.export(), before)
  }
})

t.test('x=-: the claims other than the user stay', async (t) => {
  const emulator = build(t, { world: WORLD })
  for (const token of ['both', 'gone', 'mixed']) await ask(emulator, `-;${token}`, ROUTES[0])
  const { requests } = await command(emulator, 'GET', '/requests')
  const claims = { xuid: null, titleId: 1, sandbox: null, location: null, thirdPartySite: false }
  // Those of the first session that has not expired.
  t.strictSame(requests.map((request: { claims: unknown }) => request.claims), [{ ...claims, location: 'US' }, claims, { ...claims, sandbox: 'XDKS.1' }])
  t.notOk(JSON.stringify(requests).includes('both'))
})

t.test('x=*: the user in the path acts if the token has a session of it', async (t) => {
  const emulator = build(t, { world: WORLD, config: { crossUser: 'strict' } })
  const current = async (session: string, xuid: string): Promise<unknown> => {
    const response = await ask(emulator, session, ROUTES[0], { segment: `xuid(${xuid})` })
    return response.statusCode === 200 ? response.headers['content-language'] : [response.statusCode, response.json()]
  }
  // The location claim of the session decides the language.
  t.strictSame([await current('*;both', '1'), await current('*;both', '2'), await current('*;both', '002')], ['en-US', 'fr-FR', 'fr-FR'])
  t.strictSame([await current('ann;both', '1'), await current('bob;both', '2')], ['en-US', 'fr-FR'])
  for (const xuid of ['3', '4']) t.strictSame(await current('*;both', xuid), [403, MISMATCH], xuid)
  t.strictSame(await current('ann;both', '2'), [403, MISMATCH], 'a user hash names one user')
  t.strictSame(await current('*;both', 'x'), [400, refusal(4000, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.')])
  // Expired sessions, and those without a user, do not count.
  t.strictSame([await current('*;gone', '1'), await current('*;gone', '2')], [[403, MISMATCH], 'en-US'])
  t.strictSame([await current('*;mixed', '1'), await current('*;mixed', '2')], [[403, MISMATCH], 'en-US'])
  t.strictSame(await current('*;nobody', '1'), [403, NO_USER])
  for (const userHash of ['ann', '-', '*']) t.strictSame(await current(`${userHash};old`, '1'), [401, EXPIRED], userHash)
})

t.test('x=*: every route acts as the user in the path', async (t) => {
  const emulator = build(t, { world: WORLD })
  for (const xuid of ['1', '2']) {
    for (const route of ROUTES) {
      const segment = `xuid(${xuid})`
      // The body names title 1, which is the title of the first session alone.
      const expected = await ask(emulator, xuid === '1' ? 'ann;both' : 'bob;both', route, { segment, xuid })
      if (route.method === 'POST') await command(emulator, 'POST', '/reset')
      const response = await ask(emulator, '*;both', route, { segment, xuid })
      t.strictSame([response.statusCode, response.body], [expected.statusCode, expected.body], `${segment}${route.path}`)
    }
    const done = emulator.store.world.export().users.map(({ achievements }) => achievements.map(({ percentComplete }) => percentComplete))
    t.strictSame(done, xuid === '1' ? [[50], [20], []] : [[10], [20], []])
  }
})

t.test('rate limits and faults are those of the user who acts', async (t) => {
  const emulator = build(t, { world: WORLD, config: { rateLimit: '2,100' } })
  const status = async (session: string, xuid: string): Promise<number> => (await ask(emulator, session, ROUTES[0], { segment: `xuid(${xuid})` })).statusCode
  t.strictSame([await status('*;both', '1'), await status('ann;both', '1'), await status('*;both', '1'), await status('ann;both', '1')], [200, 200, 429, 429])
  t.strictSame([await status('*;both', '2'), await status('*;both', '2'), await status('bob;both', '2')], [200, 200, 429])
  t.strictSame([await status('-;both', '1'), await status('-;both', '2'), await status('-;both', '1')], [403, 403, 429], 'requests without a user are counted together')
  const other = build(t, { world: WORLD })
  await command(other, 'POST', '/faults', { xuid: '2', status: 503 })
  const faulty = async (session: string, xuid: string): Promise<number> => (await ask(other, session, ROUTES[0], { segment: `xuid(${xuid})` })).statusCode
  t.strictSame([await faulty('*;both', '2'), await faulty('*;both', '1'), await faulty('-;both', '2')], [503, 200, 403])
})

t.test('the next request after a session is created, added to or deleted sees it, with every user hash', async (t) => {
  const emulator = build(t, { world: WORLD })
  const status = async (userHash: string, xuid: string): Promise<number> => (await ask(emulator, `${userHash};new`, ROUTES[0], { segment: `xuid(${xuid})` })).statusCode
  const statuses = async () => [await status('-', '1'), await status('*', '1'), await status('*', '2'), await status('a', '1'), await status('b', '2')]
  t.strictSame(await statuses(), [401, 401, 401, 401, 401])
  await command(emulator, 'POST', '/sessions', { userHash: 'a', token: 'new', xuid: '1' })
  t.strictSame(await statuses(), [403, 200, 403, 200, 401])
  await command(emulator, 'POST', '/sessions', { userHash: 'b', token: 'new', xuid: '2' })
  t.strictSame(await statuses(), [403, 200, 200, 200, 200])
  t.equal((await control(emulator, 'DELETE', '/sessions/*/new')).status, 404, 'no session has this user hash')
  await command(emulator, 'DELETE', '/sessions/a/new')
  t.strictSame(await statuses(), [403, 403, 200, 401, 200])
  await command(emulator, 'POST', '/reset')
  t.strictSame(await statuses(), [401, 401, 401, 401, 401])
})

t.test('users/me is the caller on every route of the live dialect', async (t) => {
  const emulator = build(t, { world: WORLD, config: { dialect: 'live' } })
  const segments = ['me', 'ME', 'mE', '%6d%65', '%6D%45', 'm%65']
  for (const [session, xuid] of [['ann;both', '1'], ['bob;gone', '2'], ['*;both', '1']] as const) {
    for (const route of ROUTES) {
      const expected = await ask(emulator, session, route, { segment: `xuid(${xuid})`, xuid })
      t.equal(expected.statusCode, 200, route.path)
      for (const segment of segments) {
        if (route.method === 'POST') await command(emulator, 'POST', '/reset')
        const { statusCode, headers, body } = await ask(emulator, session, route, { segment, xuid })
        t.strictSame([statusCode, headers['content-language'], body], [200, expected.headers['content-language'], expected.body], `${session} ${segment}${route.path}`)
        if (route.method === 'POST') t.equal(emulator.store.world.export().users.find((user) => user.xuid === xuid)?.achievements[0]?.percentComplete, 50)
      }
    }
  }
  const wrong = await ask(emulator, 'ann;both', ROUTES[4], { segment: 'me', xuid: '2' })
  t.strictSame([wrong.statusCode, withoutTrace(wrong.body)], [400, { code: 4000, source: 'Progress', description: 'The body, at /userId: found "2", expected the XUID of the path.' }])
  const nobody = await ask(emulator, 'no;nobody', ROUTES[0], { segment: 'me' })
  t.strictSame([nobody.statusCode, withoutTrace(nobody.body)], [403, { code: 4500, source: 'Progress', description: 'The token carries no user claim; expected one of a user.' }])
})

t.test('users/me is 404 in the documented dialect; any other word is 404 in both', async (t) => {
  for (const [dialect, segments] of [['documented', ['me', 'ME', '%6D%65', 'mee', 'm', 'xuid1']], ['live', ['mee', 'm', 'me()', 'xuid(1)me', '%256de', 'me%2F', 'xuid1', '(me)']]] as const) {
    const emulator = build(t, { world: WORLD, config: { dialect } })
    for (const segment of segments) {
      for (const route of ROUTES) {
        const { statusCode, body } = await ask(emulator, 'ann;both', route, { segment })
        const path = `/users/${segment === '%6D%65' ? 'me' : segment}${route.path.replace(/\?.*/, '')}`
        const message = `${path} is not a path of this service.`
        t.strictSame([statusCode, withoutTrace(body)], [404, dialect === 'documented' ? refusal(null, message) : { code: 404, source: 'Progress', description: message }], path)
      }
    }
  }
  const inside = build(t, { world: WORLD, config: { dialect: 'live' } })
  const { statusCode, body } = await ask(inside, 'ann;both', ROUTES[0], { segment: 'xuid(me)' })
  t.strictSame([statusCode, withoutTrace(body)], [400, { code: 4000, source: 'Progress', description: 'The XUID is "me"; expected an unsigned 64-bit integer in decimal.' }])
})

t.test('a continuation token of users/me is accepted with the XUID, and the other way round', async (t) => {
  const achievements = [{ id: 1, name: 'a' }, { id: 2, name: 'b' }, { id: 3, name: 'c' }]
  const world = { ...WORLD, titles: [{ ...WORLD.titles[0], achievements }, WORLD.titles[1]] }
  const emulator = build(t, { world, config: { dialect: 'live' } })
  const page = async (segment: string, query: string) => (await ask(emulator, 'ann;both', { ...ROUTES[0], path: `/achievements?maxItems=1${query}` as '/achievements' }, { segment })).json()
  for (const [first, second] of [['me', 'xuid(1)'], ['xuid(1)', 'me']] as const) {
    const { pagingInfo } = await page(first, '&orderBy=UnlockTime')
    const next = await page(second, `&orderBy=UnlockTime&continuationToken=${pagingInfo.continuationToken}`)
    t.strictSame(next.achievements.map(({ id }: { id: string }) => id), ['2'])
    t.strictSame(next, await page(first, `&orderBy=UnlockTime&continuationToken=${pagingInfo.continuationToken}`))
  }
})

t.test('faults and rate limits treat users/me as the caller', async (t) => {
  const emulator = build(t, { world: WORLD, config: { dialect: 'live', rateLimit: '3,100' } })
  const status = async (session: string, segment: string): Promise<number> => (await ask(emulator, session, ROUTES[0], { segment })).statusCode
  for (const [hour, path] of ['/users/xuid(1)/achievements', '/users/me/achievements', '/USERS/%6De/ACHIEVEMENTS', '*/ME/*'].entries()) {
    await command(emulator, 'DELETE', '/faults')
    await command(emulator, 'POST', '/faults', { path, status: 404 })
    await command(emulator, 'PUT', '/clock', { offset: `PT${hour}H` })
    const named = path.includes('xuid')
    t.strictSame([await status('ann;both', 'me'), await status('bob;both', 'me'), await status('ann;both', 'xuid(1)'), await status('no;nobody', 'me')], named ? [404, 200, 404, 403] : [404, 404, 200, 404], path)
    t.strictSame([await status('ann;both', 'me'), await status('ann;both', 'xuid(1)')], [404, 429], 'the third, and one too many')
  }
  const { requests } = await command(emulator, 'GET', '/requests?xuid=1&path=/users/me')
  t.ok(requests.length > 0)
  for (const { path, claims } of requests) t.strictSame([path, claims.xuid], ['/users/me/achievements', '1'])
})
