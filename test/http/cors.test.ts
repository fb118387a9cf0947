import t from 'tap'
import { DIALECTS } from '../../src/model/dialect.ts'
import { command, control, listen, refusal, sentBy } from '../control/client.ts'
import { build, GAMER, listOf, SAMPLE_SCID, singleOf, type Emulator } from '../helper.ts'
import { exchange } from '../raw-http.ts'
import { askHttp2, listenSecurely } from '../server/tls/client.ts'

const ORIGIN = 'http://localhost:3000'
const CONFIG = { allowedOrigins: `${ORIGIN},HTTPS://Dev.example,capacitor://localhost` }
const PAGE = { host: 'localhost:5280', origin: ORIGIN, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
const EXPOSED = 'Allow, Date, ETag, Location, MS-CV, Retry-After, WWW-Authenticate, X-Count, X-Next-Page, X-Content-Type-Options, X-Err, X-Heartbeat-After, X-SessionId'
const READABLE = { 'access-control-allow-origin': ORIGIN, 'access-control-allow-credentials': 'true', 'access-control-expose-headers': EXPOSED }
const PREFLIGHT = { 'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE', 'access-control-max-age': '600' }

/** The headers of CORS that an answer has. */
const corsOf = (headers: Readonly<Record<string, unknown>>): object => Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')))

const SIGN_IN = '/oauth20_authorize.srf?client_id=a&response_type=code&redirect_uri=http://localhost/&login_hint=gamer'

t.test('a page of an allowed origin reads every answer of the services', async (t) => {
  for (const dialect of DIALECTS) {
    const { app } = build(t, { config: { ...CONFIG, dialect } })
    for (const [method, url, headers, status, vary] of [
      ['GET', listOf(GAMER), sentBy(), 200, 'Accept-Language, Origin'],
      ['HEAD', listOf(GAMER), sentBy(), 200, 'Accept-Language, Origin'],
      ['GET', singleOf(GAMER, SAMPLE_SCID, 3), sentBy(), 200, dialect === 'live' ? 'Accept-Language, Authorization, X-RequestedServiceVersion, x-xbl-contract-version, Origin' : 'Accept-Language, Origin'],
      ['GET', `/users/xuid(${GAMER})/history/titles`, sentBy(), 200, 'Origin'],
      ['GET', '/achievements/count', { 'user-key': 'demo' }, 200, 'Origin'],
      ['GET', '/pictures/11111111-2222-3333-4444-aaaaaaaaaaaa/A.svg', {}, 200, 'Origin'],
      ['GET', SIGN_IN, {}, 200, 'Origin'],
      ['GET', listOf(GAMER), {}, 401, 'Origin'],
      ['GET', listOf('1'), sentBy('demo;titleless'), 403, 'Origin'],
      ['GET', listOf(GAMER, '?maxItems=0'), sentBy(), 400, 'Origin'],
      ['GET', `${listOf(GAMER)}/nope/nope/nope`, sentBy(), 404, 'Origin'],
      ['GET', '/nope', {}, 404, 'Origin'],
      ['DELETE', listOf(GAMER), sentBy(), 405, 'Origin'],
      ['GET', '/%zz', {}, 400, 'Origin'],
      ['POST', '/user/authenticate', {}, 400, 'Origin'],
      ['GET', listOf(GAMER), { host: 'evil.example' }, 403, 'Origin']
    ] as Array<['GET', string, Record<string, string>, number, string]>) {
      const response = await app.inject({ method, url, headers: { ...PAGE, ...headers } })
      t.equal(response.statusCode, status, `${method} ${url} ${response.body.slice(0, 100)}`)
      t.strictSame(corsOf(response.headers), READABLE, `${method} ${url}`)
      t.equal(response.headers['vary'], vary, `${method} ${url}`)
    }
  }
})

t.test('a page reads the headers by which services tell more than in a body', async (t) => {
  const { app } = build(t, { config: CONFIG })
  const response = await app.inject({ method: 'POST', url: '/users/me/devices/current', headers: { ...PAGE, authorization: 'XBL3.0 x=demo;gamer' } })
  t.strictSame([response.statusCode, corsOf(response.headers), response.headers['x-heartbeat-after']], [200, READABLE, '300'])
  for (const header of ['x-heartbeat-after', 'x-sessionid', 'x-err']) t.ok(EXPOSED.toLowerCase().split(', ').includes(header), header)
})

t.test('a page reads what a fault and a rate limit answer', async (t) => {
  const emulator = build(t, { config: { ...CONFIG, rateLimit: '1,100' } })
  for (const [status, header] of [[503, 'retry-after'], [500, 'ms-cv'], [302, 'location'], [304, 'ms-cv']] as const) {
    await command(emulator, 'POST', '/faults', { status, times: 1, ...status === 302 && { location: 'https://localhost/' } })
    const response = await emulator.app.inject({ url: '/achievements/count', headers: { ...PAGE, 'user-key': 'demo' } })
    t.equal(response.statusCode, status)
    t.strictSame(corsOf(response.headers), READABLE)
    t.ok(response.headers[header] !== undefined && EXPOSED.toLowerCase().includes(header))
  }
  const [first, second] = [await emulator.get(listOf(GAMER), { headers: PAGE }), await emulator.get(listOf(GAMER), { headers: PAGE })]
  t.strictSame([first.statusCode, second.statusCode, corsOf(second.headers)], [200, 429, READABLE])
})

t.test('the preflight', async (t) => {
  const emulator = build(t, { config: CONFIG })
  const { app } = emulator
  const ask = async (url: string, headers: Record<string, string> = {}, method: 'OPTIONS' | 'GET' = 'OPTIONS') => await app.inject({ method, url, headers: { ...PAGE, 'access-control-request-method': 'GET', ...headers } })
  // Of every path, also where there is nothing, so that the page sees the 404.
  for (const url of [listOf(GAMER), singleOf(GAMER, SAMPLE_SCID, 3), '/achievements/', '/xsts/authorize', '/pictures/x/y.svg', '/nope', '/_emulatory']) {
    const response = await ask(url)
    t.strictSame([response.statusCode, response.body, response.headers['vary']], [204, '', 'Origin'], url)
    t.strictSame(corsOf(response.headers), { ...READABLE, ...PREFLIGHT }, url)
  }
  const asked = 'accept-language,authorization,content-type,ms-cv,user-key,x-xbl-contract-version'
  for (const [headers, more] of [
    [{ 'access-control-request-headers': asked }, { 'access-control-allow-headers': asked }],
    [{ 'access-control-request-private-network': 'true' }, { 'access-control-allow-private-network': 'true' }],
    [{ origin: 'https://dev.example' }, { 'access-control-allow-origin': 'https://dev.example' }]
  ] as Array<[Record<string, string>, object]>) {
    t.strictSame(corsOf((await ask(listOf(GAMER), headers)).headers), { ...READABLE, ...PREFLIGHT, ...more })
  }
  // No preflight: it is refused as ever, and the page sees that.
  const options = await app.inject({ method: 'OPTIONS', url: listOf(GAMER), headers: PAGE })
  t.strictSame([options.statusCode, corsOf(options.headers), options.headers['allow']], [405, READABLE, 'GET, HEAD'])
  const get = await ask(listOf(GAMER), sentBy(), 'GET')
  t.strictSame([get.statusCode, corsOf(get.headers)], [200, READABLE])
  // A fault is for the request that follows.
  await command(emulator, 'POST', '/faults', { status: 503, times: 1 })
  t.equal((await ask(listOf(GAMER))).statusCode, 204)
  t.equal((await emulator.get(listOf(GAMER), { headers: PAGE })).statusCode, 503)
  t.strictSame((await command(emulator, 'GET', '/requests')).requests.map(({ method, status }: any) => [method, status]), [['OPTIONS', 405], ['GET', 200], ['GET', 503]])
})

t.test('pages of other origins read nothing', async (t) => {
  for (const config of [CONFIG, {}]) {
    const emulator = build(t, { config })
    for (const origin of ['http://localhost:3001', 'https://localhost:3000', 'null', 'http://localhost:3000.evil.example', ...config === CONFIG ? [] : [ORIGIN]]) {
      for (const [method, more] of [['GET', sentBy()], ['OPTIONS', { 'access-control-request-method': 'GET', 'access-control-request-private-network': 'true' }]] as const) {
        const response = await emulator.app.inject({ method, url: listOf(GAMER), headers: { ...PAGE, origin, ...more } })
        t.strictSame([response.statusCode, response.json()], [403, refusal(4500, `The emulator does not answer pages of another origin, and this one's is ${JSON.stringify(origin)}; allow it with --allowed-origins.`)])
        t.strictSame([corsOf(response.headers), response.headers['vary']], [{}, config === CONFIG ? 'Origin' : undefined])
      }
    }
    for (const headers of [{}, { origin: 'http://localhost:5280' }, { 'access-control-request-method': 'GET' }]) {
      const own = await emulator.app.inject({ method: 'OPTIONS', url: listOf(GAMER), headers: { host: 'localhost:5280', ...headers } })
      t.strictSame([own.statusCode, corsOf(own.headers)], [405, {}])
    }
    const list = await emulator.get(listOf(GAMER))
    t.strictSame([list.statusCode, corsOf(list.headers), list.headers['vary']], [200, {}, config === CONFIG ? 'Accept-Language, Origin' : 'Accept-Language'])
  }
})

t.test('no page of another origin reads the control API, nor is its preflight answered', async (t) => {
  const emulator: Emulator = build(t, { config: CONFIG })
  for (const [path, allow] of [['/world', 'GET, HEAD, PATCH, PUT'], ['/health', 'GET, HEAD'], ['/faults', 'DELETE, GET, HEAD, POST']] as const) {
    for (const url of [`/_emulator${path}`, `/%5FEmulator${path}?x`]) {
      const preflight = await emulator.app.inject({ method: 'OPTIONS', url, headers: { ...PAGE, 'access-control-request-method': 'PUT' } })
      t.strictSame([preflight.statusCode, corsOf(preflight.headers), preflight.headers['vary']], [405, {}, undefined])
      t.strictSame(String(preflight.headers['allow']).split(', ').toSorted().join(', '), allow)
    }
    // It is a development server's that passes the Origin on.
    const { status, headers } = await control(emulator, 'GET', path, undefined, PAGE)
    t.strictSame([status, corsOf(headers), headers['vary']], [200, {}, undefined])
  }
})

t.test('over a connection, in HTTP/1.1 and HTTP/2', async (t) => {
  const { port } = await listen(t, { config: CONFIG })
  const raw = await exchange(t, port, `OPTIONS ${listOf(GAMER)} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${ORIGIN}\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n`)
  t.strictSame([raw.status, raw.body, raw.headers['content-length'], raw.headers['transfer-encoding'], corsOf(raw.headers)], [204, '', undefined, undefined, { ...READABLE, ...PREFLIGHT }])
  const secure = await listenSecurely(t, { config: CONFIG })
  const headers = { origin: ORIGIN, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' }
  const preflight = await askHttp2(t, secure, { method: 'OPTIONS', path: listOf(GAMER), headers })
  t.strictSame([preflight.status, preflight.body, corsOf(preflight.headers)], [204, '', { ...READABLE, ...PREFLIGHT, 'access-control-allow-headers': 'authorization' }])
  const list = await askHttp2(t, secure, { path: listOf(GAMER), headers: { ...sentBy(), origin: ORIGIN } })
  t.strictSame([list.status, corsOf(list.headers), list.headers['vary']], [200, READABLE, 'Accept-Language, Origin'])
})
