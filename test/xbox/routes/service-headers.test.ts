import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { command } from '../../control/client.ts'
import { listOf, singleOf, type Emulator } from '../../helper.ts'
import { LIST, MOVED, OLD, REDIRECTED, report, RETIRED, SCID, SINGLE, start } from '../../http-cache.ts'

/**
 * The seconds for which an answer may be cached in the live dialect; `no`: not at all; `own`: an answer that is not of the live service; `service`: one
 * that is as the live service's in both dialects.
 */
type Kept = 15 | 30 | 'no' | 'own' | 'service'

/** A request, and its answer. */
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
  [400, 'service', '/user/authenticate', { method: 'POST', payload: '{}' }]
]

function ask ({ app }: Emulator, [, , url, { version = '2', session = 'h;ann', method = 'GET', payload, headers = {} } = {}]: typeof ASKED[number]): Promise<LightMyRequestResponse> {
  const authorization = session === null ? {} : { authorization: `XBL3.0 x=${session}` }
  return app.inject({ method: method as 'GET', url, headers: { ...authorization, 'x-xbl-contract-version': version, ...headers }, ...payload !== undefined && { payload } })
}

const OWN = { 'cache-control': 'no-cache, no-store, must-revalidate' }
const LIVE = { 'cache-control': 'no-cache, no-store', pragma: 'no-cache', expires: '-1' }

/** The headers about caching and content. */
const wordsOf = ({ headers }: LightMyRequestResponse): object => Object.fromEntries(['cache-control', 'pragma', 'expires', 'vary', 'content-type', 'x-content-type-options']
  .flatMap((name) => headers[name] === undefined ? [] : [[name, headers[name]]]))

/** The routes whose answers have localized texts. */
const isOfAchievements = ([status, , url]: typeof ASKED[number]): boolean => status === 200 && /^\/users\/[^/]+\/(title)?achievements/i.test(url) && !url.endsWith('/update')

for (const dialect of ['documented', 'live'] as const) {
  t.test(`the headers of every answer, ${dialect}`, async (t) => {
    const emulator = start(t, dialect)
    for (const asked of ASKED) {
      const [status, kept, url, { method = 'GET' } = {}] = asked
      const response = await ask(emulator, asked)
      const isLive = kept === 'service' || (dialect === 'live' && kept !== 'own')
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

t.test('an answer that a fault changes has the same headers', async (t) => {
  const emulator = start(t, 'live')
  for (const [maxAge, asked] of [[15, SINGLE], [null, LIST]] as const) {
    const [one, other] = [await emulator.app.inject(asked), await command(emulator, 'POST', '/faults', { delay: 1, times: 1 }).then(() => emulator.app.inject(asked))]
    t.strictSame(wordsOf(other), wordsOf(one))
    t.equal(other.headers['cache-control'], maxAge === null ? LIVE['cache-control'] : `max-age=${maxAge}`)
    t.equal(other.body, one.body)
  }
})
