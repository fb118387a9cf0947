import t, { type Test } from 'tap'
import type { LightMyRequestResponse } from 'fastify'
import type { Dialect } from '../../src/domain.ts'
import { command } from '../control/client.ts'
import { createHttpCache, type Seen } from '../http-cache.ts'
import { build, listOf, NOW, singleOf, type Emulator } from '../helper.ts'

const SCID = 'aaaaaaaa-0000-0000-0000-000000000001'
const OLD = 'aaaaaaaa-0000-0000-0000-000000000002'
const [MOVED, REDIRECTED, RETIRED] = ['aaaaaaaa-0000-0000-0000-000000000003', 'aaaaaaaa-0000-0000-0000-000000000004', 'aaaaaaaa-0000-0000-0000-000000000005'] as const
const marked = (titleId: number, serviceConfigId: string, mark: object): object =>
  ({ titleId, name: 'Marked', serviceConfigId, public: true, ...mark, achievements: [{ id: 1, name: 'n' }] })

const WORLD = {
  titles: [
    { titleId: 1, name: 'One', serviceConfigId: SCID, public: true, achievements: [{ id: 1, name: { 'en-US': 'First', 'fr-FR': 'Premier' } }, { id: 2, name: { 'en-US': 'Second', 'fr-FR': 'Second' } }] },
    { titleId: 2, name: 'Old', serviceConfigId: OLD, public: true, generation: 'xbox360', achievements: [{ id: 1, name: 'old' }] },
    marked(3, MOVED, { status: 'moved', location: '/there' }),
    marked(4, REDIRECTED, { status: 'redirected', location: '/there' }),
    marked(5, RETIRED, { status: 'retired' })
  ],
  users: [
    { xuid: '1', gamertag: 'ann', achievements: [{ serviceConfigId: SCID, id: 2, percentComplete: 100, timeUnlocked: '2014-01-01T00:00:00Z' }, { serviceConfigId: OLD, id: 1, percentComplete: 100, timeUnlocked: '2014-01-01T00:00:00Z' }] },
    { xuid: '2', gamertag: 'bob', privacy: 'blocked' }
  ],
  sessions: [
    { userHash: 'h', token: 'ann', xuid: '1', titleId: 1 },
    { userHash: 'h', token: 'bob', xuid: '2', titleId: 1 },
    { userHash: 'h', token: 'nobody' }
  ],
  userKeys: ['key']
}

const start = (t: Test, dialect: Dialect): Emulator => build(t, { world: WORLD, config: { dialect, signIn: true, igdb: true } })

const report = (percentComplete: number, id = '1'): object =>
  ({ action: 'progressUpdate', serviceConfigId: SCID, titleId: 1, userId: '1', achievements: [{ id, percentComplete }] })

/** For how long an answer may be kept in the live dialect, in s; no: not at all; own: no route of the live service answers. */
type Kept = 15 | 30 | 'no' | 'own'

/** What is asked, in which way, and what comes back. */
const ASKED: Array<[status: number, kept: Kept, url: string, options?: { version?: string, session?: string | null, method?: string, payload?: object | string, headers?: Record<string, string> }]> = [
  [200, 'no', listOf('1')],
  [200, 'no', listOf('1', '?titleId=9')],
  [200, 'no', listOf('1'), { version: '1' }],
  [200, 'no', listOf('1', '?orderBy=EndingSoon'), { method: 'HEAD' }],
  [200, 'no', '/users/xuid(1)/history/titles'],
  [200, 'no', '/users/xuid(1)/history/titles', { version: '1' }],
  [200, 'no', '/users/xuid(1)/history/titles', { method: 'HEAD' }],
  [200, 15, singleOf('1', SCID, 1)],
  [200, 15, `/USERS/xuid%281%29/Achievements/${SCID}/2/?x=1`],
  [200, 15, singleOf('1', OLD, 1), { version: '1' }],
  [200, 15, singleOf('1', SCID, 1), { method: 'HEAD' }],
  [200, 30, '/users/xuid(1)/titleachievements?titleId=2', { version: '1' }],
  [200, 30, '/users/xuid(1)/titleachievements?titleId=9', { version: '1' }],
  [200, 'no', `${listOf('1')}/${SCID}/update`, { method: 'POST', payload: report(10) }],
  [304, 'no', `${listOf('1')}/${SCID}/update`, { method: 'POST', payload: report(10) }],
  [400, 'no', `${listOf('1')}/${SCID}/update`, { method: 'POST', payload: '{' }],
  [404, 'no', `${listOf('1')}/${SCID}/update`, { method: 'POST', payload: report(10, '7') }],
  [413, 'no', `${listOf('1')}/${SCID}/update`, { method: 'POST', payload: ' '.repeat(300_000) }],
  [301, 'no', singleOf('1', MOVED, 1)],
  [307, 'no', singleOf('1', REDIRECTED, 1)],
  [410, 'no', singleOf('1', RETIRED, 1)],
  [400, 'no', listOf('x')],
  [400, 'no', '/users/xuid(%C0)/achievements'],
  [401, 'no', singleOf('1', SCID, 1), { session: null }],
  [401, 'no', '/users/xuid(1)/titleachievements?titleId=2', { session: 'h;other' }],
  [403, 'no', listOf('1'), { session: 'h;nobody' }],
  [403, 'no', singleOf('2', SCID, 1)],
  [403, 'no', listOf('1'), { headers: { host: 'evil.example' } }],
  [404, 'no', singleOf('1', SCID, 7)],
  [404, 'no', '/users/xuid(1)/nothing'],
  [405, 'no', listOf('1'), { method: 'DELETE' }],
  [406, 'no', singleOf('1', SCID, 1), { headers: { 'x-requestedserviceversion': '7' } }],
  [404, 'own', '/nothing'],
  [400, 'own', '/%zz'],
  [200, 'own', '/_emulator/health'],
  [200, 'own', '/_emulator/world'],
  [404, 'own', '/_emulator/users/7', { method: 'DELETE' }],
  [200, 'own', '/achievements/', { headers: { 'user-key': 'key' } }],
  [403, 'own', '/achievements/'],
  [400, 'own', '/user/authenticate', { method: 'POST', payload: '{}' }]
]

function ask ({ app }: Emulator, [, , url, { version = '2', session = 'h;ann', method = 'GET', payload, headers = {} } = {}]: typeof ASKED[number]): Promise<LightMyRequestResponse> {
  const authorization = session === null ? {} : { authorization: `XBL3.0 x=${session}` }
  return app.inject({ method: method as 'GET', url, headers: { ...authorization, 'x-xbl-contract-version': version, ...headers }, ...payload !== undefined && { payload } })
}

const OWN = { 'cache-control': 'no-cache, no-store, must-revalidate' }
const LIVE = { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '-1' }

/** Who may keep an answer, what it depends on, and what it is. */
const wordsOf = ({ headers }: LightMyRequestResponse): object => Object.fromEntries(['cache-control', 'pragma', 'expires', 'vary', 'content-type', 'x-content-type-options']
  .flatMap((name) => headers[name] === undefined ? [] : [[name, headers[name]]]))

/** They have texts, and so depend on languages. */
const isOfAchievements = ([status, , url]: typeof ASKED[number]): boolean => status === 200 && /^\/users\/[^/]+\/(title)?achievements/i.test(url) && !url.endsWith('/update')

for (const dialect of ['documented', 'live'] as const) {
  t.test(`the headers of every answer, ${dialect}`, async (t) => {
    const emulator = start(t, dialect)
    for (const asked of ASKED) {
      const [status, kept, url, { method = 'GET' } = {}] = asked
      const response = await ask(emulator, asked)
      const isLive = dialect === 'live' && kept !== 'own'
      const isKept = isLive && typeof kept === 'number'
      const hasBody = status >= 400 || (status !== 304 && !url.endsWith('/update'))
      t.equal(response.statusCode, status, `${method} ${url}`)
      t.strictSame(wordsOf(response), {
        ...isKept ? { 'cache-control': `max-age=${kept}`, expires: String(kept) } : isLive ? LIVE : OWN,
        ...isOfAchievements(asked) && { vary: isKept ? 'Accept-Language, Authorization, X-RequestedServiceVersion, x-xbl-contract-version' : 'Accept-Language' },
        ...hasBody && { 'content-type': isLive ? 'application/json' : 'application/json; charset=utf-8' },
        'x-content-type-options': 'nosniff'
      }, `${status} ${method} ${url}`)
      t.match(response.headers['ms-cv'], /^[\w+/]+\.0$/)
    }
  })
}

const headersOf = (session: string, others: Record<string, string> = {}): Record<string, string> =>
  ({ authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2', ...others })

const SINGLE = { url: singleOf('1', SCID, 1), headers: headersOf('h;ann') }
const LIST = { url: listOf('1', '?titleId=1'), headers: headersOf('h;ann') }
const HISTORY = { url: '/users/xuid(1)/history/titles', headers: headersOf('h;ann') }
const CATALOGUE = { url: '/users/xuid(1)/titleachievements?titleId=2', headers: headersOf('h;ann', { 'x-xbl-contract-version': '1' }) }

t.test('an answer to which a fault happens has the same headers', async (t) => {
  const emulator = start(t, 'live')
  for (const [maxAge, asked] of [[15, SINGLE], [null, LIST]] as const) {
    const [one, other] = [await emulator.app.inject(asked), await command(emulator, 'POST', '/faults', { delay: 1, times: 1 }).then(() => emulator.app.inject(asked))]
    t.strictSame(wordsOf(other), wordsOf(one))
    t.equal(other.headers['cache-control'], maxAge === null ? LIVE['cache-control'] : `max-age=${maxAge}`)
    t.equal(other.body, one.body)
  }
})

/** A client, its cache, and their clock. */
function startCached (t: Test, { dialect = 'live', isShared = false }: { dialect?: Dialect, isShared?: boolean } = {}) {
  let now = NOW
  const emulator = start(t, dialect)
  const get = createHttpCache(emulator, { isShared, now: () => now })
  return {
    get,
    pass: (seconds: number): void => { now += seconds * 1000 },
    unlock: async (): Promise<void> => {
      t.equal((await ask(emulator, [200, 'no', `${listOf('1')}/${SCID}/update`, { method: 'POST', payload: report(100) }])).statusCode, 200)
    }
  }
}

const stateOf = ({ body }: Seen): unknown => {
  const { achievement, achievements } = JSON.parse(body)
  return (achievement ?? achievements[0]).progressState
}

t.test('a single achievement is what it was for 15 s, an unlock or not, to a client that has a cache', async (t) => {
  const { get, pass, unlock } = startCached(t)
  const seen = async (): Promise<unknown[]> => {
    const answer = await get(SINGLE)
    return [answer.isFromCache, stateOf(answer)]
  }
  t.strictSame(await seen(), [false, 'NotStarted'])
  await unlock()
  pass(14)
  t.strictSame(await seen(), [true, 'NotStarted'])
  pass(1)
  t.strictSame(await seen(), [false, 'Achieved'])
  pass(14)
  t.strictSame(await seen(), [true, 'Achieved'])
})

t.test('a list and a history show an unlock at once', async (t) => {
  const { get, unlock } = startCached(t)
  const seen = async (): Promise<unknown[]> => {
    const [list, history] = [await get(LIST), await get(HISTORY)]
    return [list.isFromCache, stateOf(list), history.isFromCache, JSON.parse(history.body).titles.find(({ titleId }: { titleId: number }) => titleId === 1).earnedAchievements]
  }
  for (let count = 0; count < 2; count++) t.strictSame(await seen(), [false, 'NotStarted', false, 1])
  await unlock()
  t.strictSame(await seen(), [false, 'Achieved', false, 2])
})

t.test('a catalogue is what it was for 30 s', async (t) => {
  const { get, pass } = startCached(t)
  t.equal((await get(CATALOGUE)).isFromCache, false)
  pass(29)
  t.equal((await get(CATALOGUE)).isFromCache, true)
  pass(1)
  t.equal((await get(CATALOGUE)).isFromCache, false)
})

t.test('an answer is kept for whom it is, in its language and shape', async (t) => {
  const { get } = startCached(t)
  const nameOf = ({ body }: Seen): string => JSON.parse(body).achievements[0].name
  t.equal(nameOf(await get(SINGLE)), 'First')
  t.equal((await get(SINGLE)).isFromCache, true)
  const french = { ...SINGLE, headers: { ...SINGLE.headers, 'accept-language': 'fr' } }
  t.equal(nameOf(await get(french)), 'Premier')
  t.strictSame([(await get(french)).isFromCache, (await get(SINGLE)).isFromCache], [true, true])
  for (const [status, headers] of [
    [200, { ...SINGLE.headers, 'x-xbl-contract-version': '4' }],
    [404, { ...SINGLE.headers, 'x-xbl-contract-version': '1' }],
    [406, { ...SINGLE.headers, 'x-requestedserviceversion': '7' }],
    [200, headersOf('h;bob')],
    [401, headersOf('h;other')],
    [401, { 'x-xbl-contract-version': '2' }]
  ] as const) {
    const { body, ...seen } = await get({ ...SINGLE, headers })
    t.strictSame(seen, { status, isFromCache: false })
    t.equal((await get({ ...SINGLE, headers })).isFromCache, status === 200, 'no refusal is kept')
  }
})

t.test('a cache that many clients share keeps nothing, nor does one of the documented dialect', async (t) => {
  for (const options of [{ isShared: true }, { dialect: 'documented' }, { dialect: 'documented', isShared: true }] as const) {
    const { get } = startCached(t, options)
    for (const asked of [SINGLE, LIST, HISTORY, CATALOGUE]) {
      for (let count = 0; count < 2; count++) {
        const { status, isFromCache } = await get(asked)
        t.strictSame([status, isFromCache], [200, false], `${JSON.stringify(options)} ${asked.url}`)
      }
    }
  }
})
