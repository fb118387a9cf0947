import t from 'tap'
import { build } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'

const THIRD_SCID = '11111111-2222-3333-4444-cccccccccccc'

const WORLD = {
  titles: [
    title({ titleId: 1, titleHub: { pfn: 'Example.One_8wekyb3d8bbwe' } }),
    title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, generation: 'xbox360', achievements: [achievement()] }),
    title({ titleId: 3, name: 'Three', sandboxes: ['XDKS.1'], serviceConfigId: THIRD_SCID, titleHub: { pfn: 'Example.Three_8wekyb3d8bbwe' } }),
    title({ titleId: 4, name: 'Four', serviceConfigId: THIRD_SCID.replace('c', 'd'), titleHub: { pfn: 'Example.Four_8wekyb3d8bbwe' } })
  ],
  users: [
    user({
      friends: ['2'],
      titles: [{ titleId: 2, lastPlayed: '2015-01-01T00:00:00Z' }, { titleId: 3, lastPlayed: '2021-01-01T00:00:00Z' }],
      achievements: [{ serviceConfigId: SCID, id: 1, timeUnlocked: '2020-01-01T00:00:00Z' }]
    }),
    user({ xuid: '2', gamertag: 'bob smith', privacy: 'friendsOnly', friends: ['1'], titles: [{ titleId: 2, lastPlayed: '2015-01-01T00:00:00Z' }] }),
    user({ xuid: '3', gamertag: 'eve', privacy: 'blocked', titles: [{ titleId: 2, lastPlayed: '2015-01-01T00:00:00Z' }] })
  ],
  sessions: [
    session({ xuid: '1' }),
    session({ token: 'bob', xuid: '2' }),
    session({ token: 'eve', xuid: '3', expires: '2020-01-01T00:00:00Z' }),
    session({ token: 'dev', xuid: '1', sandbox: 'XDKS.1' }),
    session({ token: 'site', xuid: '2', thirdPartySite: true })
  ]
}

interface Sent { token?: string | null, headers?: Record<string, string>, body?: unknown }

/** Sends a request to a fresh emulator with the world of this file. */
function open (t: Parameters<typeof build>[0], options: Parameters<typeof build>[1] = {}) {
  const { app } = build(t, { world: WORLD, ...options })
  const ask = async (url: string, { token = 'hash;token', headers = {}, body }: Sent = {}) => await app.inject({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: { ...token !== null && { authorization: `XBL3.0 x=${token}` }, 'x-xbl-contract-version': '2', ...headers },
    ...body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }
  })
  /** The ids of the titles of an answer, behind its XUID. */
  const ids = async (url: string, sent: Sent = {}): Promise<unknown[]> => {
    const response = await ask(url, sent)
    if (response.statusCode !== 200) return [response.statusCode, response.json().errorMessage]
    return [response.json().xuid, ...response.json().titles.map(({ titleId }: { titleId: string }) => titleId)]
  }
  return { app, ask, ids }
}

const history = (user: string, rest = ''): string => `/users/${user}/titles/titlehistory/decoration/achievement${rest}`

t.test('a history has what was played last first, of both generations, whoever is named how', async (t) => {
  const { ids } = open(t)
  for (const path of [
    history('xuid(1)'), history('xuid(0001)'), history('XUID%281%29'), history('gt(Ann)'), history('GT(ann)'), history('me'), history('ME'),
    '/users/xuid(1)/TITLES/titleHistory/Decoration/Achievement,detail,scid',
    history('xuid(1)', '?maxItems=10000'), history('xuid(1)', '?MAXITEMS=2000'),
    history('xuid(1)', '?maxItems=2147483647&skipItems=1&continuationToken=7&max_items=1&level=x')
  ]) t.strictSame(await ids(path), ['1', '1', '2'], path)
  t.strictSame(await ids(history('xuid(1)', '?maxItems=1')), ['1', '1'])
  t.strictSame(await ids(history('gt(bob%20smith)')), ['2', '2'])
})

t.test('a title is found by id and by package family name, in any letter case', async (t) => {
  const { ids } = open(t)
  for (const [path, found] of [
    ['/users/xuid(1)/titles/titleid(2)/decoration/image', ['1', '2']],
    ['/users/xuid(1)/titles/titleId(0004)/decoration/image', ['1', '4']],
    ['/users/me/titles/pfn(example.one_8WEKYB3D8BBWE)/decoration/scid', ['1', '1']],
    ['/users/xuid(1)/titles/titleid(3)/decoration/image', ['1']],
    ['/users/xuid(1)/titles/titleid(4294967295)/decoration/image?maxItems=1', ['1']],
    ['/titles/titleid(2)/decoration/detail', [null, '2']],
    ['/titles/TITLEID(9)/decoration/detail', [null]],
    ['/Titles/PFN(Example.Four_8wekyb3d8bbwe)/decoration/detail', [null, '4']]
  ] as const) t.strictSame(await ids(path), found, path)
})

t.test('a batch names titles by package family name, by id or both, and leaves out what is not known', async (t) => {
  const { ids } = open(t)
  for (const [body, found] of [
    [{ pfns: ['Example.Four_8wekyb3d8bbwe', 'EXAMPLE.ONE_8wekyb3d8bbwe'], windowsPhoneProductIds: [] }, ['4', '1']],
    [{ Pfns: null, TitleIds: ['2', 1, '0002', '9'] }, ['2', '1']],
    [{ titleIds: [4, 1], PFNS: ['Example.One_8wekyb3d8bbwe', 'Example.Nothing_8wekyb3d8bbwe', 'Example.One_8wekyb3d8bbwe'] }, ['1', '4']],
    [{ pfns: ['Example.Nothing_8wekyb3d8bbwe'], titleIds: [2] }, ['2']],
    [{ pfns: null, titleIds: null }, []],
    [{ pfns: [] }, []],
    [{ titleids: [3] }, []]
  ] as const) {
    t.strictSame(await ids('/users/xuid(1)/titles/batch/decoration/GamePass,Achievement,Stats', { body }), ['1', ...found])
    t.strictSame(await ids('/titles/batch/decoration/scid', { body }), [null, ...found])
  }
  const text = '{"titleIds":["1"]} and more'
  t.strictSame(await ids('/titles/BATCH/decoration/scid', { body: text, headers: { 'content-type': 'text/plain' } }), [null, '1'], 'the first JSON value counts, of any type')
  const many = Array.from({ length: 2000 }, (_, index) => index)
  t.strictSame(await ids('/titles/batch/decoration/scid', { body: { titleIds: many, pfns: many.map((index) => `P${index}`) } }), [null, '1', '2', '4'])
})

t.test('a package family name that no title of the sandbox has is 404', async (t) => {
  const { ids } = open(t)
  const unknown = [404, 'No title that is published in the sandbox of the token has the package family name.']
  for (const url of ['/users/me/titles/pfn(Example.Three_8wekyb3d8bbwe)/decoration/scid', '/titles/pfn(x)/decoration/scid', '/titles/pfn()/decoration/scid']) t.strictSame(await ids(url), unknown, url)
  for (const pfns of [['x'], ['x', 'Example.Three_8wekyb3d8bbwe']]) {
    for (const url of ['/titles/batch/decoration/scid', '/users/xuid(1)/titles/batch/decoration/scid']) t.strictSame(await ids(url, { body: { pfns } }), unknown)
  }
})

t.test('titles and progress are those of the sandbox of the token', async (t) => {
  const { ids, ask } = open(t)
  t.strictSame(await ids(history('me'), { token: 'hash;dev' }), ['1', '3'])
  t.strictSame(await ids('/titles/titleid(1)/decoration/scid', { token: 'hash;dev' }), [null])
  t.strictSame(await ids('/titles/pfn(Example.Three_8wekyb3d8bbwe)/decoration/scid', { token: 'hash;dev' }), [null, '3'])
  const inRetail = (await ask('/users/me/titles/titleid(1)/decoration/achievement')).json().titles[0].achievement
  t.equal(inRetail.currentAchievements, 1)
})

t.test('a user who is hidden and one who does not exist are the same: nothing', async (t) => {
  for (const [config, xuid, token, found] of [
    [{}, '2', 'hash;token', ['2']], // Friends only, and she has added the caller.
    [{}, '3', 'hash;token', []],
    [{}, '99', 'hash;token', []],
    [{}, '1', 'hash;bob', ['1', '2']],
    [{}, '2', 'hash;site', []], // A web site is nobody's friend.
    [{}, '1', '-;token', []],
    [{}, '1', '*;token', ['1', '2']],
    [{ crossUser: 'strict' }, '2', 'hash;token', []],
    [{ crossUser: 'strict' }, '1', 'hash;token', ['1', '2']]
  ] as const) {
    const { ids } = open(t, { config })
    const what = `${xuid} by ${token} ${JSON.stringify(config)}`
    t.strictSame(await ids(history(`xuid(${xuid})`), { token }), [xuid, ...found], what)
    for (const sent of [{ token, body: { pfns: ['x'] } }, { token, body: { titleIds: [2] } }]) {
      const given = await ids(`/users/xuid(${xuid})/titles/batch/decoration/scid`, sent)
      if (found.length === 0) t.strictSame(given, [xuid], what)
      else t.strictSame(given, sent.body.titleIds === undefined ? [404, 'No title that is published in the sandbox of the token has the package family name.'] : [xuid, '2'])
    }
    if (found.length === 0) {
      for (const moniker of ['titleid(2)', 'pfn(x)']) t.strictSame(await ids(`/users/xuid(${xuid})/titles/${moniker}/decoration/scid`, { token }), [xuid], what)
    }
  }
})

t.test('the journal says why a list is empty', async (t) => {
  const { app, ask } = open(t)
  await ask(history('xuid(3)'))
  const { requests: [entry] } = (await app.inject({ url: '/_emulator/requests' })).json()
  t.equal(entry.hint, 'The list is empty because the user in the path hides its titles from the caller, or there is no such user, or the token carries no user claim.')
})

t.test('both dialects answer alike; the contract version is read and makes no difference', async (t) => {
  const bodies = new Set<string>()
  for (const dialect of ['documented', 'live'] as const) {
    const { ask } = open(t, { config: { dialect } })
    for (const version of ['0', '1', '2', '002', '7', '4294967295']) bodies.add((await ask(history('me'), { headers: { 'x-xbl-contract-version': version, 'accept-language': ';;,q=x' } })).body)
  }
  t.equal(bodies.size, 1)
  const { app } = open(t)
  t.equal((await app.inject({ url: history('me'), headers: { authorization: 'XBL3.0 x=hash;token' } })).statusCode, 200)
})

t.test('what is wrong is refused, and the answer says what was expected', async (t) => {
  const { ids } = open(t)
  const named = 'titleid(…) or pfn(…)'
  const list = 'null or a list of at most 2000'
  const id = 'a title id, an unsigned 32-bit integer'
  const batch = '/users/me/titles/batch/decoration/scid'
  const expected = 'an object with pfns, titleIds or both'
  for (const [url, sent, status, message] of [
    [history('xuid(1)'), { headers: { 'x-xbl-contract-version': 'undefined' } }, 400, 'x-xbl-contract-version is "undefined"; expected an unsigned 32-bit integer.'],
    ['/titles/batch/decoration/scid', { headers: { 'x-xbl-contract-version': '-2' }, body: 'x' }, 400, 'x-xbl-contract-version is "-2"; expected an unsigned 32-bit integer.'],
    ['/users/me/titles/history/decoration/x', {}, 400, `Moniker not valid: found "history", expected titlehistory, ${named}.`],
    ['/users/me/titles/batch/decoration/x', {}, 400, `Moniker not valid: found "batch", expected titlehistory, ${named}.`],
    ['/users/me/titles/titleid(1/decoration/x', {}, 400, `Moniker not valid: found "titleid(1", expected titlehistory, ${named}.`],
    ['/titles/titlehistory/decoration/x', {}, 400, `Moniker not valid: found "titlehistory", expected ${named}.`],
    ['/titles/%00/decoration/x', {}, 400, `Moniker not valid: found "\\u0000", expected ${named}.`],
    ['/titles/titleid()/decoration/x', {}, 400, 'The title id is ""; expected an unsigned 32-bit integer in decimal.'],
    ['/titles/titleid(4294967296)/decoration/x', {}, 400, 'The title id is "4294967296"; expected an unsigned 32-bit integer in decimal.'],
    ['/users/me/titles/titleid(-1)/decoration/x', {}, 400, 'The title id is "-1"; expected an unsigned 32-bit integer in decimal.'],
    ['/users/me/titles/titleid(%2531)/decoration/x', {}, 400, 'The title id is "%31"; expected an unsigned 32-bit integer in decimal.'],
    [history('xuid(x)'), {}, 400, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'],
    [history('gt(nobody)'), {}, 404, 'No user has the gamertag "nobody".'],
    [history('me'), { token: '-;token' }, 403, 'The token carries no user claim; expected one of a user.'],
    [history('me'), { token: null }, 401, 'The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".'],
    [history('me'), { token: 'hash;eve' }, 401, 'The token expired at 2020-01-01T00:00:00.0000000Z.'],
    ...['0', '-1', '', '1.5', '2147483648', 'all'].map((value) =>
      [history('me', `?maxItems=${value}`), {}, 400, `maxItems is "${value}"; expected an integer from 1 to 2147483647.`] as const),
    [history('me', '?maxItems=1&MaxItems=2'), {}, 400, 'maxItems was given 2 times; expected once.'],
    [batch, { body: {} }, 400, 'The body: has neither pfns nor titleIds, expected at least one of them.'],
    [batch, { body: '' }, 400, `The body: missing, expected ${expected}.`],
    [batch, { body: [] }, 400, `The body: found [], expected ${expected}.`],
    [batch, { body: 'null' }, 400, `The body: missing, expected ${expected}.`],
    [batch, { body: '7' }, 400, `The body: found "7", expected ${expected}.`],
    [batch, { body: 'x' }, 400, 'The body is not JSON: Unexpected token \'x\'.'],
    [batch, { body: { titleIds: '1' } }, 400, `The body, at /titleids: found "1", expected ${list}.`],
    [batch, { body: { pfns: {} } }, 400, `The body, at /pfns: found {}, expected ${list}.`],
    [batch, { body: { pfns: ['x', true] } }, 400, 'The body, at /pfns/1: found true, expected a package family name.'],
    [batch, { body: { titleIds: [1.5] } }, 400, `The body, at /titleids/0: found "1.5", expected ${id}.`],
    [batch, { body: { titleIds: [null] } }, 400, 'The body, at /titleids/0: found null, expected a title id.'],
    [batch, { body: { titleIds: ['1', '4294967296'] } }, 400, `The body, at /titleids/1: found "4294967296", expected ${id}.`],
    [batch, { body: '{"titleIds":[18446744073709551616]}' }, 400, `The body, at /titleids/0: found "18446744073709551616", expected ${id}.`],
    [batch, { body: { titleIds: Array(2001).fill('1') } }, 400, `The body, at /titleids: found [${'"1",'.repeat(19)}"1…, expected ${list}.`]
  ] as const) t.strictSame(await ids(url, sent), [status, message], `${url} ${JSON.stringify(sent).slice(0, 100)}`)
})

t.test('a path that is not served is 404, a method that is not supported 405', async (t) => {
  const { app } = open(t)
  for (const [method, url, status, allow] of [
    ['POST', history('me'), 405, 'GET, HEAD'],
    ['PUT', '/titles/batch/decoration/scid', 405, 'POST'],
    ['GET', '/users/me/titles/titlehistory', 404, undefined],
    ['GET', '/titles/titleid(1)', 404, undefined]
  ] as const) {
    const response = await app.inject({ method, url, headers: { authorization: 'XBL3.0 x=hash;token' } })
    t.equal(response.statusCode, status, url)
    t.equal(response.headers.allow, allow, url)
  }
})

t.test('a fault reaches it, by user and by path', async (t) => {
  const { app, ask } = open(t)
  const created = await app.inject({ method: 'POST', url: '/_emulator/faults', payload: { status: 503, xuid: '1', path: '/users/*/titles/*', times: 1 } })
  t.equal(created.statusCode, 201, created.body)
  const statuses = []
  for (const sent of [{ token: 'hash;bob' }, {}, {}]) statuses.push((await ask(history('xuid(1)'), sent)).statusCode)
  t.strictSame(statuses, [200, 503, 200])
})
