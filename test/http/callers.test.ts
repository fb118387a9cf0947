import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import type { Config } from '../../src/config/config.ts'
import { XBOX_HOSTS } from '../../src/http/hosts.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { control, listen, refusal, sentBy } from '../control/client.ts'
import { build, GAMER, listOf, type Emulator } from '../helper.ts'
import { session, user } from '../world-parts.ts'

const LIST = listOf(GAMER)
const SMALL = { users: [user({ xuid: GAMER, gamertag: 'gamer' })], sessions: [session({ userHash: 'demo', token: 'gamer', xuid: GAMER })] }
/** A route of every room, an unknown path and an unknown method, each with its status when it is not refused. */
const ROUTES: ReadonlyArray<[method: 'GET' | 'POST', url: string, answered: number]> = [
  ['GET', LIST, 200], ['GET', '/achievements/', 200], ['GET', '/oauth20_authorize.srf', 400], ['POST', '/oauth20_token.srf', 400], ['POST', '/user/authenticate', 400], ['POST', '/xsts/authorize', 400],
  ['GET', '/_emulator/world', 200], ['GET', '/_emulator/openapi.json', 200], ['GET', '/_emulator/docs', 200], ['GET', '/nope', 404], ['POST', LIST, 405]
]

const unknown = (name: string, what = 'The emulator'): string => `${what} does not answer under the name ${JSON.stringify(name)}; allow it with --allowed-hosts.`
const malformed = (host: string): string => `The Host is ${JSON.stringify(host)}; expected a name or an address and, after a colon, a port up to 65535, if any.`
const foreign = (origin: string): string => `The emulator does not answer pages of another origin, and this one's is ${JSON.stringify(origin)}; allow it with --allowed-origins.`
const part = (site: string): string => `The emulator does not answer parts of pages of another origin, and Sec-Fetch-Site is ${JSON.stringify(site)}; open the address itself.`

/** The host of Xbox Live whose path each of them is; those without one have their path under every name. */
const OWNERS: ReadonlyArray<[path: RegExp, owner: string]> = [
  [/^\/users\//, 'achievements.xboxlive.com'], [/^\/achievements\//, 'none'], [/^\/oauth20_/, 'login.live.com'], [/^\/user\//, 'user.auth.xboxlive.com'], [/^\/xsts\//, 'xsts.auth.xboxlive.com']
]

/** True when a path is unknown under a name because it is that of another host of Xbox Live. */
function isElsewhere (url: string, host: string): boolean {
  const name = host.toLowerCase().replace(/\.?(:\d+)?$/, '')
  const [, owner = name] = OWNERS.find(([path]) => path.test(url)) ?? []
  return XBOX_HOSTS.includes(name) && owner !== name
}

/** Host headers, each with the configuration and the message of the refusal; null when it is answered. */
const HOSTS: ReadonlyArray<[host: string, config: Partial<Config>, refused: string | null]> = [
  ...['localhost', 'localhost:5280', 'LOCALHOST:1', 'localhost.', 'localhost.:80', 'localhost:65535', 'a.localhost', 'My.App.localhost:80', '127.0.0.1', '127.1.2.3:80', '[::1]', '[::1]:5280'].map((host) => [host, {}, null] as [string, object, null]),
  ...XBOX_HOSTS.map((host) => [host, {}, null] as [string, object, null]), ['Login.Live.com:443', {}, null], ['login.live.com.', {}, null],
  ...['example.com', 'localhost.example.com', '127.0.0.1.example.com', '127.0.0', '127.0.0.256', '10.0.0.1', '0.0.0.0', '[::2]', '[::]', '[::ffff:127.0.0.1]', '2130706433', 'xlocalhost', 'localhost..', 'live.com', 'x.login.live.com', 'xn--lcalhost-54a', 'user_x', '-'].flatMap((host): Array<[string, object, string]> =>
    [[host, {}, unknown(host)], [`${host.toUpperCase()}:5280`, {}, unknown(host)]]).map(([host, config, refused]): [string, object, string] => [host, config, refused === unknown('localhost..') ? unknown('localhost.') : refused]),
  ...[':80', 'localhost:', 'localhost:x', 'localhost:80x', 'localhost:99999', 'localhost:65536', 'localhost:000080', 'localhost:-1', 'localhost:80:80', 'a@localhost', 'a:b@localhost', '::1', '[::1', '[fe80::1%25eth0]', '[fe80::1%eth0]', '[localhost]', 'localhost/', 'localhost, localhost', 'a,b', 'local host', 'l\u00f6calhost', '*', '*.localhost', 'http://localhost', 'localhost\\', 'localhost#', '%6cocalhost', 'xn--1.1'].map((host) => [host, {}, malformed(host)] as [string, object, string]),
  ...['leaderboards.xboxlive.com', 'Leaderboards.xboxlive.com.:443'].map((host) => [host, {}, 'The emulator does not serve leaderboards.xboxlive.com; docs/clients.md has the hosts of Xbox Live that it does.'] as [string, object, string]), ['leaderboards.xboxlive.com', { allowedHosts: '*.xboxlive.com' }, null],
  ['emulator', { allowedHosts: 'emulator' }, null], ['EMULATOR:5280', { allowedHosts: 'a,Emulator,b' }, null], ['b.', { allowedHosts: 'a,b' }, null], ['b', { allowedHosts: 'B.' }, null], ['emulator2', { allowedHosts: 'emulator' }, unknown('emulator2')], ['x.emulator', { allowedHosts: 'emulator' }, unknown('x.emulator')], ['localhost', { allowedHosts: 'emulator' }, null],
  ['a.example.com', { allowedHosts: '*.example.com' }, null], ['example.com', { allowedHosts: '*.example.com' }, unknown('example.com')], ['a.b.example.com', { allowedHosts: '*.example.com' }, unknown('a.b.example.com')],
  ['10.0.0.7', { allowedHosts: '10.0.0.7' }, null], ['[FD00::7]:80', { allowedHosts: 'fd00::7' }, null],
  ['tls.example', { tlsHost: 'tls.example' }, null], ['x.tls.example', { tlsHost: '*.tls.example,::7' }, null], ['[::7]', { tlsHost: '*.tls.example,::7' }, null],
  ['emulator', { host: 'emulator' }, null], ['other', { host: 'emulator' }, unknown('other')],
  // An emulator that listens beyond loopback answers under any address: no page can have an address as its name.
  ...['0.0.0.0', '::', '10.0.0.1', 'fd00::1', 'emulator'].flatMap((host): Array<[string, object, string | null]> =>
    [['10.0.0.1:80', { host }, null], ['10.0.0.2', { host }, null], ['[fd00::1]:5280', { host }, null], ['[FD00::2]', { host }, null], ['localhost', { host }, null], ['10.0.0.256', { host }, unknown('10.0.0.256')], ['10.0.0.1.example.com', { host }, unknown('10.0.0.1.example.com')], ['[::g]', { host }, malformed('[::g]')], ['[:::1]', { host }, unknown('[:::1]')]]),
  ...['127.0.0.1', '::1', 'localhost', '127.9.9.9'].map((host) => ['10.0.0.1', { host }, unknown('10.0.0.1')] as [string, object, string])
]

t.test('the Host', async (t) => {
  const emulators = new Map<string, Emulator>()
  for (const [host, config, refused] of HOSTS) {
    const key = JSON.stringify(config)
    const emulator = emulators.get(key) ?? build(t, { config, world: SMALL })
    emulators.set(key, emulator)
    const response = await emulator.get(LIST, { headers: { host } })
    const status = refused === null ? (isElsewhere(LIST, host) ? 404 : 200) : refused === malformed(host) ? 400 : 403
    t.equal(response.statusCode, status, `${host} ${JSON.stringify(config)}`)
    if (refused !== null) t.strictSame(response.json(), refusal(status === 400 ? 4000 : 4500, refused))
    for (const path of ['/ready', '/health']) t.equal((await control(emulator, 'GET', path, undefined, { host })).status, 200, `${path} ${host}`)
  }
})

t.test('every route is refused under an unknown name and to a page of another origin, in the body of its dialect', async (t) => {
  for (const dialect of DIALECTS) {
    const { app } = build(t, { config: { dialect } })
    for (const [headers, message] of [
      [{ host: 'evil.example' }, unknown('evil.example')],
      // The headers of a proxy are not looked at.
      [{ host: 'evil.example', 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' }, unknown('evil.example')],
      [{ origin: 'http://evil.example' }, foreign('http://evil.example')],
      [{ 'sec-fetch-site': 'cross-site' }, part('cross-site')]
    ] as const) {
      for (const [method, url] of ROUTES) {
        const response = await app.inject({ method, url, headers: { ...sentBy(), 'user-key': 'demo', ...headers } })
        t.equal(response.statusCode, 403, `${method} ${url} ${message}`)
        const { traceInformation: _trace, correlation_id: _id, ...body } = response.json()
        t.strictSame(body, url === '/achievements/'
          ? { status: 403, message }
          : url.startsWith('/oauth20_')
            ? { error: 'access_denied', error_description: message }
            : dialect === 'documented' ? refusal(4500, message) : { code: 4500, source: 'Progress', description: message })
        t.equal(response.headers['cache-control'], /^\/(oauth20_|user\/|xsts\/)/.test(url) || (dialect === 'live' && url.startsWith('/users/')) ? 'no-cache, no-store' : 'no-cache, no-store, must-revalidate')
      }
      for (const path of ['/ready', '/health']) {
        for (const method of ['GET', 'HEAD'] as const) t.equal((await app.inject({ method, url: `/_emulator${path}`, headers })).statusCode, 200, `${method} ${path}`)
      }
    }
  }
})

t.test('the control API does not answer under the names of Xbox Live, unless they are configured', async (t) => {
  for (const [config, isOwn] of [[{}, false], [{ allowedHosts: XBOX_HOSTS.join() }, true], [{ tlsHost: '*.live.com,*.microsoftonline.com,*.auth.xboxlive.com,*.mgt.xboxlive.com,*.xboxlive.com' }, true]] as const) {
    const { app } = build(t, { config })
    for (const host of XBOX_HOSTS) {
      for (const [method, url, answered] of ROUTES) {
        const response = await app.inject({ method, url, headers: { ...sentBy(), 'user-key': 'demo', host } })
        const isRefused = !isOwn && url.startsWith('/_emulator')
        t.equal(response.statusCode, isRefused ? 403 : isElsewhere(url, host) ? 404 : answered, `${url} ${host}`)
        if (isRefused) t.strictSame(response.json(), refusal(4500, unknown(host, 'The control API')))
      }
      t.equal((await app.inject({ url: '/%5Femulator/world', headers: { host } })).statusCode, isOwn ? 200 : 403, 'in another spelling of the path')
    }
  }
})

t.test('no Host, or several', async (t) => {
  const { port } = await listen(t)
  const ask = async (path: string, version: string, lines: string): Promise<[string | undefined, any]> => {
    const socket = connect(port, '127.0.0.1')
    t.teardown(() => socket.destroy())
    socket.write(`GET ${path} HTTP/${version}\r\n${lines}Connection: close\r\n\r\n`)
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
    return [head.split('\r\n')[0], JSON.parse(body)]
  }
  for (const version of ['1.0', '1.1']) {
    for (const path of ['/_emulator/faults', 'http://localhost/_emulator/faults']) t.strictSame(await ask(path, version, ''), ['HTTP/1.1 200 OK', { faults: [] }])
    // The authority of an absolute target counts as the Host, with or without a Host header.
    for (const lines of ['', 'Host: localhost\r\n']) t.strictSame(await ask('http://evil.example/_emulator/faults', version, lines), ['HTTP/1.1 403 Forbidden', refusal(4500, 'The emulator does not answer under the name "evil.example"; allow it with --allowed-hosts.')])
    t.strictSame(await ask('/_emulator/faults', version, 'Host:\r\n'), ['HTTP/1.1 400 Bad Request', refusal(4000, malformed(''))])
    // Node reads the first of several Host headers.
    t.strictSame(await ask('/_emulator/faults', version, 'Host: localhost\r\nHost: evil.example\r\n'), ['HTTP/1.1 200 OK', { faults: [] }])
    t.strictSame(await ask('/_emulator/faults', version, 'Host: evil.example\r\nHost: localhost\r\n'), ['HTTP/1.1 403 Forbidden', refusal(4500, unknown('evil.example'))])
  }
})

t.test('the Origin', async (t) => {
  const config = { allowedHosts: 'emulator', allowedOrigins: 'http://localhost:3000,HTTPS://Dev.example,capacitor://localhost' }
  const emulator = build(t, { config, world: SMALL })
  const plain = build(t, { world: SMALL })
  for (const [host, origin, isAnswered] of [
    ['localhost:5280', 'http://localhost:5280', true], ['localhost:5280', 'https://localhost:5280', true], ['emulator', 'http://emulator', true], ['[::1]:1', 'http://[::1]:1', true], ['login.live.com', 'https://login.live.com', true],
    ...['http://localhost:3000', 'https://dev.example', 'capacitor://localhost'].map((origin): [string, string, boolean] => ['localhost:5280', origin, true]),
    ...['http://localhost:5281', 'http://localhost:30000', 'http://localhost', 'http://127.0.0.1:5280', 'null', '', 'http://example.com', 'http://dev.example', 'https://dev.example:1', 'file://', 'http://localhost:5280.example.com', 'http://localhost:5280/', 'http://localhost:5280, http://localhost:5280', 'chrome-extension://abc'].map((origin): [string, string, boolean] => ['localhost:5280', origin, false])
  ] as Array<[string, string, boolean]>) {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      // Sec-Fetch-Site is not looked at when there is an Origin: an allowed page may be of another site.
      const { status, body } = await control(emulator, method, '/clock', method === 'PUT' ? { offset: 'P1D' } : undefined, { host, origin, 'sec-fetch-site': 'cross-site' })
      const isXbox = host === 'login.live.com'
      t.equal(status, isAnswered && !isXbox ? (method === 'DELETE' ? 204 : 200) : 403, `${method} ${origin}`)
      if (!isAnswered) t.strictSame(body, refusal(4500, foreign(origin)))
    }
    t.equal((await emulator.get(LIST, { headers: { host, origin } })).statusCode, isAnswered ? (isElsewhere(LIST, host) ? 404 : 200) : 403, origin)
    if (!origin.endsWith(host)) t.equal((await plain.get(LIST, { headers: { host: 'localhost:5280', origin } })).statusCode, 403, `${origin}, which is not configured`)
  }
})

t.test('a browser\'s prefetch is refused', async (t) => {
  const emulator = build(t)
  for (const purpose of ['prefetch', 'prefetch;prerender', '']) {
    for (const headers of [{}, { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, { 'sec-fetch-site': 'same-origin' }, { origin: 'http://localhost:80' }]) {
      const { status, body } = await control(emulator, 'GET', '/faults', undefined, { ...headers, 'sec-purpose': purpose })
      t.strictSame([status, body], [403, refusal(4500, `The emulator does not answer before a person asks, and Sec-Purpose is ${JSON.stringify(purpose)}; open the address itself.`)])
    }
  }
})

t.test('Sec-Fetch-Site of requests without an Origin', async (t) => {
  const emulator = build(t)
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  for (const [site, headers, method, isAnswered] of [
    // Programs that are no browsers, an address that was typed, the emulator's own pages.
    [undefined, {}, 'GET', true], [undefined, {}, 'POST', true], [undefined, { 'sec-fetch-mode': 'cors' }, 'POST', true], ['none', navigation, 'GET', true], ['same-origin', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, 'GET', true], ['same-origin', {}, 'POST', true],
    ...['cross-site', 'same-site', 'whatever', 'none, cross-site', ''].flatMap((site): Array<[string, object, 'GET' | 'POST', boolean]> => [
      // A link.
      [site, navigation, 'GET', true], [site, { ...navigation, 'sec-fetch-user': '?1' }, 'GET', true],
      [site, navigation, 'POST', false], [site, {}, 'GET', false],
      // An image, a script, a prefetch, a frame, a plug-in, a download by a script.
      ...['image', 'script', 'empty', 'document'].map((dest): [string, object, 'GET', boolean] => [site, { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': dest }, 'GET', false]),
      ...['iframe', 'frame', 'embed', 'object', 'fencedframe', 'empty'].map((dest): [string, object, 'GET', boolean] => [site, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': dest }, 'GET', false]),
      [site, { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, 'GET', false]
    ])
  ] as Array<[string | undefined, object, 'GET' | 'POST', boolean]>) {
    const sent = { ...headers, ...site !== undefined && { 'sec-fetch-site': site } }
    const { status, body } = await control(emulator, method, '/faults', method === 'POST' ? { status: 503 } : undefined, sent)
    t.equal(status, isAnswered ? (method === 'POST' ? 201 : 200) : 403, `${method} ${JSON.stringify(sent)}`)
    if (!isAnswered) t.strictSame(body, refusal(4500, part(site ?? '')))
  }
})
