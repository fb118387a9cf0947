import t from 'tap'
import { build, type Emulator } from '../helper.ts'
import { ABSENT, FIRST, headersOf, HIDDEN, ONE, SHARED, STATS_WORLD } from './stats-world.ts'

const open = (t: Parameters<typeof build>[0], config = {}): Emulator => build(t, { world: STATS_WORLD, config })

const post = async ({ app }: Emulator, payload: object, { token = 'one', version = '2', url = '/batch' } = {}) =>
  await app.inject({ method: 'POST', url, headers: headersOf(token, version), payload })

/** The statistics of each user in the answer to a batch. */
const read = async (emulator: Emulator, payload: object, options = {}): Promise<any> => {
  const response = await post(emulator, payload, options)
  if (response.statusCode !== 200) throw new Error(response.body)
  return response.json()
}

const minutes = (titleId: string, more = {}): object => ({ name: 'MinutesPlayed', titleid: titleId, ...more })
const list = (xuid: string, stats: object[]): object => ({ arrangebyfield: 'xuid', arrangebyfieldid: xuid, stats })
const stat = (name: string, value: string, { type = 'Integer', scid = FIRST, ...more }: { type?: string, scid?: string, titleid?: string } = {}): object => ({ groupproperties: {}, xuid: ONE, scid, ...more, name, type, value, properties: {} })

t.test('a batch has the statistics that have a value, in the order asked, with the title by which they were asked', async (t) => {
  const emulator = open(t)
  const response = await post(emulator, { arrangebyfield: 'xuid', xuids: [ONE], stats: [minutes('12'), { name: 'kdratio', titleid: '11' }, minutes('11'), minutes('14'), minutes('99'), { name: 'None', titleid: '11' }] })
  t.equal(response.statusCode, 200)
  t.match(response.headers['content-type'], /^application\/json/)
  t.equal(response.headers['cache-control'], 'no-cache, no-store')
  t.equal(response.body, JSON.stringify({
    groups: [],
    statlistscollection: [list(ONE, [
      stat('MinutesPlayed', '99', { scid: SHARED, titleid: '12' }), stat('KDRatio', '2.23', { type: 'Double', titleid: '11' }), stat('MinutesPlayed', '1220', { titleid: '11' })
    ])]
  }))
})

t.test('a statistic that is asked for twice is there once, as it was asked for first', async (t) => {
  const emulator = open(t)
  const stats = [minutes('11'), minutes('11'), minutes('0011'), { name: 'MINUTESPLAYED', titleid: 11 }, { name: 'MinutesPlayed', scid: FIRST.toUpperCase() }]
  t.strictSame((await read(emulator, { xuids: [ONE, ONE, `0${ONE}`], stats })).statlistscollection, [list(ONE, [stat('MinutesPlayed', '1220', { titleid: '11' })])])
  t.strictSame((await read(emulator, { xuids: [ONE], stats: stats.toReversed() })).statlistscollection, [list(ONE, [stat('MinutesPlayed', '1220')])])
})

t.test('of a shared service configuration the first title that has a value answers, without the title', async (t) => {
  const emulator = open(t)
  const ask = async (name: string): Promise<any> => (await read(emulator, { xuids: [ONE], stats: [{ name, scid: SHARED }] })).statlistscollection
  t.strictSame(await ask('MinutesPlayed'), [list(ONE, [stat('MinutesPlayed', '99', { scid: SHARED })])])
  t.strictSame(await ask('deaths'), [list(ONE, [stat('Deaths', '3', { scid: SHARED })])])
  t.strictSame((await read(emulator, { xuids: [ONE], stats: [minutes('13')] })).statlistscollection, [list(ONE, [stat('MinutesPlayed', '0', { scid: SHARED, titleid: '13' })])])
})

t.test('members are named in any letter case, ids may be numbers, unknown members and nulls are ignored', async (t) => {
  const emulator = open(t)
  const expected = [list(ONE, [stat('MinutesPlayed', '1220', { titleid: '11' })])]
  for (const body of [
    { ArrangeByField: 'XUID', Xuids: [ONE], Stats: [{ Name: 'MinutesPlayed', TitleId: '11', Scid: null }], Groups: null, more: true },
    { xuids: [Number(ONE)], stats: [{ name: 'MinutesPlayed', titleId: 11 }], groups: [] },
    { xuids: [ONE], stats: [{ name: 'MinutesPlayed', titleid: '11', scid: SHARED }] }
  ]) t.strictSame((await read(emulator, body)).statlistscollection, expected, JSON.stringify(body))
  t.strictSame(await read(emulator, { xuids: [ONE] }), { groups: [], statlistscollection: [list(ONE, [])] })
  t.strictSame(await read(emulator, { xuids: [ONE], stats: null }), { groups: [], statlistscollection: [list(ONE, [])] })
  const text = '{"xuids":[18446744073709551615],"stats":[]}'
  const response = await emulator.app.inject({ method: 'POST', url: '/batch', headers: { ...headersOf('one'), 'content-type': 'text/plain' }, payload: text })
  t.strictSame(response.json().statlistscollection, [list('18446744073709551615', [])], 'a number of 64 bits is not rounded')
})

t.test('the group Hero has what a title shows of itself; another group has nothing', async (t) => {
  const emulator = open(t)
  const { groups, statlistscollection } = await read(emulator, { xuids: [ONE, ABSENT], stats: [], groups: [{ name: 'HERO', titleid: '11' }, { name: 'Hero', scid: SHARED.toUpperCase() }, { name: 'hero', titleid: 11 }, { name: 'Other', titleid: '11' }] })
  const grouped = (place: string, name: string, value: string, { type = 'Integer', scid = FIRST } = {}): object => ({
    groupproperties: { Ordinal: place, SortOrder: 'Descending', DisplayName: name, DisplayFormat: type, DisplaySemantic: 'Best' },
    xuid: ONE,
    scid,
    name,
    type,
    value,
    properties: { DisplayName: name }
  })
  t.equal(JSON.stringify(groups), JSON.stringify([
    { name: 'hero', titleid: '11', statlistscollection: [list(ONE, [grouped('1', 'Kills', '92173'), grouped('2', 'KDRatio', '2.23', { type: 'Double' })]), list(ABSENT, [])] },
    { name: 'Hero', scid: SHARED, statlistscollection: [list(ONE, [grouped('1', 'Deaths', '3', { scid: SHARED })]), list(ABSENT, [])] },
    { name: 'Other', titleid: '11', statlistscollection: [list(ONE, []), list(ABSENT, [])] }
  ]))
  t.strictSame(statlistscollection, [list(ONE, []), list(ABSENT, [])])
})

const ABSENT_SCID = 'ffffffff-0000-0000-0000-000000000009'

t.test('a path has the statistics of a service configuration, under 2 and 3 alike', async (t) => {
  const { app } = open(t)
  const expected = JSON.stringify({
    statlistscollection: [list(ONE, [
      { xuid: ONE, scid: FIRST, name: 'Kills', type: 'Integer', value: '92173', properties: {} }, { xuid: ONE, scid: FIRST, name: 'MinutesPlayed', type: 'Integer', value: '1220', properties: {} }
    ])]
  })
  for (const [user, version, query] of [[`xuid(${ONE})`, '2', ''], ['me', '2', ''], ['gt(ONE)', '2', ''], [`XUID(${ONE})`, '3', '?include=valuemetadata']] as const) {
    const response = await app.inject({ url: `/users/${user}/scids/${FIRST.toUpperCase()}/stats/kills,None,MinutesPlayed,Kills${query}`, headers: headersOf('one', version) })
    t.equal(response.body, expected, user)
  }
  const unknown = await app.inject({ url: `/users/me/scids/${ABSENT_SCID}/stats/MinutesPlayed`, headers: headersOf('one') })
  t.strictSame([unknown.statusCode, unknown.json()], [200, { statlistscollection: [list(ONE, [])] }], 'a service configuration that does not exist has none')
})

t.test('contract 1, also when none is sent, has the documented shapes', async (t) => {
  const emulator = open(t)
  for (const version of ['1', undefined]) {
    const headers = headersOf('one', version)
    if (version === undefined) delete headers['x-xbl-contract-version']
    const path = await emulator.app.inject({ url: `/users/xuid(${ONE})/scids/${FIRST}/stats/MinutesPlayed,None`, headers })
    t.equal(path.body, JSON.stringify({ user: { xuid: ONE, gamertag: 'one', stats: [{ statname: 'MinutesPlayed', type: 'Integer', value: '1220' }] } }))
    const batch = await emulator.app.inject({
      method: 'POST',
      url: '/batch?operation=read',
      headers,
      payload: { requestedusers: [Number(ONE), HIDDEN, ABSENT], requestedscids: [{ scid: FIRST.toUpperCase(), requestedstats: ['Kills', 'kdratio', 'Kills'] }, { scid: SHARED, requestedstats: ['Deaths'] }] }
    })
    const nothing = [{ scid: FIRST, stats: [] }, { scid: SHARED, stats: [] }]
    t.equal(batch.body, JSON.stringify({
      users: [
        {
          gamertag: 'one',
          xuid: ONE,
          scids: [
            { scid: FIRST, stats: [{ statname: 'Kills', type: 'Integer', value: '92173' }, { statname: 'KDRatio', type: 'Double', value: '2.23' }] },
            { scid: SHARED, stats: [{ statname: 'Deaths', type: 'Integer', value: '3' }] }
          ]
        },
        { gamertag: '', xuid: HIDDEN, scids: nothing },
        { gamertag: '', xuid: ABSENT, scids: nothing }
      ]
    }))
  }
})

t.test('statistics are those of the sandbox of the token, of titles that are published there', async (t) => {
  const emulator = open(t)
  const body = { xuids: [ONE], stats: [minutes('11'), minutes('14')] }
  t.strictSame((await read(emulator, body)).statlistscollection, [list(ONE, [stat('MinutesPlayed', '1220', { titleid: '11' })])])
  t.strictSame((await read(emulator, body, { token: 'one-in-xdks' })).statlistscollection, [list(ONE, [stat('MinutesPlayed', '7', { titleid: '11' }), stat('MinutesPlayed', '5', { titleid: '14' })])])
})

t.test('nothing is told of a user whom the caller may not look at, nor of one who does not exist', async (t) => {
  const body = { xuids: [ONE, HIDDEN, ABSENT], stats: [minutes('11')], groups: [{ name: 'Hero', titleid: '11' }] }
  const seenBy = async (token: string, config = {}): Promise<string[]> => {
    const emulator = open(t, config)
    const answer = await read(emulator, body, { token })
    const path = await Promise.all([ONE, HIDDEN].map(async (xuid) => (await emulator.app.inject({ url: `/users/xuid(${xuid})/scids/${FIRST}/stats/MinutesPlayed`, headers: headersOf(token) })).json()))
    const inPaths = path.flatMap(({ statlistscollection }) => statlistscollection)
    return [...answer.statlistscollection, ...answer.groups[0].statlistscollection, ...inPaths].flatMap(({ arrangebyfieldid, stats }: any) => stats.map(() => arrangebyfieldid))
  }
  // One in the batch, two in its group, one in the path.
  const all = (xuid: string): string[] => Array.from({ length: 4 }, () => xuid)
  t.strictSame(await seenBy('friend'), all(ONE), 'a friend')
  t.strictSame(await seenBy('site'), [], 'a site of a friend')
  t.strictSame(await seenBy('hidden'), all(HIDDEN), 'oneself')
  t.strictSame(await seenBy('friend', { crossUser: 'strict' }), [], 'nobody but oneself')
})

t.test('what is refused', async (t) => {
  const emulator = open(t)
  const refused = async (payload: unknown, options: { version?: string, token?: string } = {}): Promise<[number, string]> => {
    const response = await emulator.app.inject({ method: 'POST', url: '/batch', headers: { ...headersOf(options.token ?? 'one', options.version), 'content-type': 'application/json' }, payload: payload as object })
    return [response.statusCode, response.json().errorMessage]
  }
  const id = [minutes('11')]
  for (const [payload, message, options] of [
    ['', 'The body: missing, expected an object with xuids and stats.'],
    ['[]', 'The body: found [], expected an object with xuids and stats.'],
    [{ xuids: [] }, 'The body, at /xuids: found [], expected a list of 1 to 100 XUIDs.'],
    [{ xuids: Array.from({ length: 101 }, (_, n) => String(n)) }, 'The body, at /xuids: found 101 elements, expected a list of 1 to 100 XUIDs.'],
    [{ xuids: ['x'] }, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'],
    [{ xuids: [-1] }, 'The XUID is "-1"; expected an unsigned 64-bit integer in decimal.'],
    [{ xuids: ['18446744073709551616'] }, 'The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal.'],
    [{ xuids: [ONE], arrangebyfield: 'scid' }, 'The body, at /arrangebyfield: found "scid", expected "xuid".'],
    [{ xuids: [ONE], stats: [{ titleid: '11' }] }, 'The body, at /stats/0/name: missing, expected the name of a statistic.'],
    [{ xuids: [ONE], stats: [{ name: '', titleid: '11' }] }, 'The body, at /stats/0/name: found "", expected the name of a statistic.'],
    [{ xuids: [ONE], stats: [{ name: 'a' }] }, 'The body, at /stats/0: found neither titleid nor scid, expected one of them.'],
    [{ xuids: [ONE], groups: [{ name: 'Hero' }] }, 'The body, at /groups/0: found neither titleid nor scid, expected one of them.'],
    [{ xuids: [ONE], stats: [{ name: 'a', titleid: 'x' }] }, 'The body, at /stats/0/titleid: found "x", expected a title id, an unsigned 32-bit integer.'],
    [{ xuids: [ONE], stats: [{ name: 'a', titleid: '4294967296' }] }, 'The body, at /stats/0/titleid: found "4294967296", expected a title id, an unsigned 32-bit integer.'],
    [{ xuids: [ONE], stats: [{ name: 'a', scid: 'x' }] }, 'The body, at /stats/0/scid: found "x", expected a service configuration id, a GUID, or null.'],
    [{ xuids: [ONE], stats: 5 }, 'The body, at /stats: found "5", expected a list of statistics.'],
    [{ xuids: [ONE, HIDDEN], stats: Array.from({ length: 5000 }, () => ({ name: 'a', titleid: '1' })), groups: [{ name: 'a', titleid: '1' }] }, 'The body asks for 5000 statistics and 1 groups of 2 users, which is 10002 in all; expected 10000 at most.'],
    [{ xuids: [ONE], stats: id }, 'The body, at /requestedusers: missing, expected a list of 1 to 100 XUIDs.', { version: '1' }],
    [{ requestedusers: [ONE], requestedscids: [{ scid: 'x', requestedstats: [] }] }, 'The body, at /requestedscids/0/scid: found "x", expected a service configuration id, a GUID.', { version: '1' }],
    [{ requestedusers: [ONE], requestedscids: [{ scid: FIRST }] }, 'The body, at /requestedscids/0/requestedstats: missing, expected a list of names of statistics.', { version: '1' }],
    [{ xuids: [ONE], stats: id }, 'x-xbl-contract-version is "x"; expected an unsigned 32-bit integer.', { version: 'x' }]
  ] as const) t.strictSame(await refused(payload, options), [400, message])
  t.strictSame(await refused({ xuids: [ONE], stats: id }, { version: '4' }), [406, 'x-xbl-contract-version is 4; served are 1 to 3.'])
  t.strictSame(await refused({ xuids: [ONE], stats: id }, { token: 'nobody' }), [401, 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.'])
})

t.test('what is refused of a path, and a token without a user', async (t) => {
  const { app } = open(t)
  const get = async (path: string, headers = headersOf('one')): Promise<[number, string]> => {
    const response = await app.inject({ url: path, headers })
    return [response.statusCode, response.json().errorMessage]
  }
  t.strictSame(await get(`/users/xuid(x)/scids/${FIRST}/stats/a`), [400, 'The XUID is "x"; expected an unsigned 64-bit integer in decimal.'])
  t.strictSame(await get(`/users/gt(nobody)/scids/${FIRST}/stats/a`), [404, 'No user has the gamertag "nobody".'])
  t.strictSame(await get('/users/me/scids/x/stats/a'), [400, 'The service configuration id is "x"; expected a GUID.'])
  t.strictSame(await get(`/users/me/scids/${FIRST}/stats/a,,b`), [400, 'The names of the statistics are "a,,b"; expected 1 to 10000 names, comma-delimited.'])
  t.strictSame(await get(`/users/me/scids/${FIRST}/stats/a`, headersOf('one', '4')), [406, 'x-xbl-contract-version is 4; served are 1 to 3.'])
  const noUser = { ...headersOf('one'), authorization: 'XBL3.0 x=-;one' }
  const message = 'The token carries no user claim; expected one of a user.'
  t.strictSame(await get(`/users/xuid(${ONE})/scids/${FIRST}/stats/a`, noUser), [403, message])
  const batch = await app.inject({ method: 'POST', url: '/batch', headers: noUser, payload: { xuids: [ONE], stats: [] } })
  t.strictSame([batch.statusCode, batch.json().errorMessage], [403, message])
  t.equal((await app.inject({ url: '/batch', headers: headersOf('one') })).statusCode, 405)
})
