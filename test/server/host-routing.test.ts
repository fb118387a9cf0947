import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import type { Config } from '../../src/config/config.ts'
import { setHosts } from '../../src/http/host-routes.ts'
import { groupOfHost, XBOX_HOSTS } from '../../src/http/hosts.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { command, LIVE_HEADERS, refusal, sentBy, SERVICE_HEADERS } from '../control/client.ts'
import { exampleRequest } from '../example-request.ts'
import { build, GAMER, listOf } from '../helper.ts'
import { toOpenApiPath } from '../openapi/described-answers.ts'
import { operationsOf, readDocument } from '../openapi/read-document.ts'
import { postUser } from '../sign-in/client.ts'
import { askHttp1, askHttp2, listenSecurely } from './tls/client.ts'

const LIST = listOf(GAMER)
const notHere = (path: string, owner: string, host: string): object => refusal(null, `${path} is a path of ${owner}, and not of ${host}.`)

/** An emulator with its routes of hosts, by method and path as the document has them. */
async function buildWithHosts (t: Test, config: Partial<Config> = {}) {
  const hosts = new Map<string, readonly string[]>()
  const emulator = build(t, {
    config,
    routes: (app: FastifyInstance) => {
      app.addHook('onRoute', (route) => {
        // Those of the rooms, whose own hooks come after this one.
        queueMicrotask(() => { if (route.config?.hosts !== undefined) hosts.set(`${String(route.method)} ${toOpenApiPath(route.url)}`, route.config.hosts) })
      })
    }
  })
  await emulator.app.ready()
  return { ...emulator, hosts }
}

t.test('every route of the sign-in hosts, of the neighbours and of real-time activity has hosts, and every host of a route is one of Xbox Live', async (t) => {
  const emulator = await buildWithHosts(t)
  const groups: Readonly<Record<string, string>> = { 'Xbox Live': 'achievements', 'Sign-in': 'signIn', Neighbours: 'neighbours', 'Real-Time Activity': 'rta' }
  for (const { method, path, operation: { tags: [tag = ''], ...operation } } of operationsOf(await readDocument(emulator))) {
    const hosts = emulator.hosts.get(`${method} ${path}`)
    if (tag === 'IGDB') t.strictSame(hosts, [], path)
    else t.strictSame([...new Set(hosts?.map(groupOfHost))], groups[tag] === undefined ? [] : [groups[tag]], `${method} ${path}: call setHosts of src/http/host-routes.ts before it is added`)
    if (['signIn', 'neighbours', 'rta'].includes(groups[tag] ?? '')) t.ok(hosts?.some((host) => String((operation as { description?: string }).description).startsWith(`${host}.`)), `${method} ${path}: the document says of which host it is`)
  }
})

t.test('under the name of a host of Xbox Live only its paths are known, under every other name all of them', async (t) => {
  for (const dialect of DIALECTS) {
    const emulator = await buildWithHosts(t, { dialect })
    for (const route of operationsOf(await readDocument(emulator))) {
      const owners = emulator.hosts.get(`${route.method} ${route.path}`)
      const [example] = Object.keys(route.operation['x-exchanges'])
      if (owners === undefined || example === undefined) continue
      const ask = async (host: string): Promise<LightMyRequestResponse> => {
        const { headers, ...request } = exampleRequest(route, { example })
        return await emulator.app.inject({ ...request, headers: { ...headers, host } })
      }
      const askAnew = async (host: string): Promise<number> => {
        emulator.run('everything.reset', {})
        return (await ask(host)).statusCode
      }
      const statusCode = await askAnew('localhost')
      for (const host of ['127.0.0.1:5280', ...owners]) t.equal(await askAnew(host), statusCode, `${route.method} ${route.path}, ${host}`)
      for (const host of XBOX_HOSTS.filter((host) => !owners.includes(host))) {
        const { statusCode, body } = await ask(host)
        // Its own path may be the same, for another method.
        if (statusCode !== 405 && (statusCode !== 404 || !body.includes(host))) t.fail(`${route.method} ${route.path} under ${host}: ${statusCode} ${body}`)
      }
    }
  }
})

t.test('a path of another host is refused with the name of that, another method of an own path as ever', async (t) => {
  const { app } = build(t)
  for (const [host, method, url, status, body] of [
    ['xsts.auth.xboxlive.com', 'GET', LIST, 404, notHere(LIST, 'achievements.xboxlive.com', 'xsts.auth.xboxlive.com')],
    ['XSTS.auth.XboxLive.com:443', 'DELETE', `${LIST}?secret=1`, 404, notHere(LIST, 'achievements.xboxlive.com', 'xsts.auth.xboxlive.com')],
    ['achievements.xboxlive.com.', 'POST', '/oauth20_token.srf', 404, notHere('/oauth20_token.srf', 'login.live.com', 'achievements.xboxlive.com')],
    ['achievements.xboxlive.com.:5443', 'GET', '/achievements/count', 404, refusal(null, '/achievements/count is not a path of achievements.xboxlive.com.')],
    ['achievements.xboxlive.com', 'GET', '/nope', 404, refusal(null, '/nope is not a path of achievements.xboxlive.com.')],
    ['localhost', 'GET', '/nope', 404, refusal(null, '/nope is not a path of this service.')],
    ['achievements.xboxlive.com', 'POST', LIST, 405, refusal(null, 'POST is not supported here; supported: GET, HEAD.')],
    ['localhost', 'POST', LIST, 405, refusal(null, 'POST is not supported here; supported: GET, HEAD.')]
  ] as const) {
    const response = await app.inject({ method, url, headers: { ...sentBy(), host } })
    t.strictSame([response.statusCode, response.json()], [status, body], `${method} ${host} ${url}`)
  }
})

t.test('an unknown path is refused in the form of the host that is asked', async (t) => {
  const { app } = build(t)
  const described = { error: 'invalid_request', error_description: `${LIST} is a path of achievements.xboxlive.com, and not of login.live.com.` }
  for (const host of ['login.live.com', 'Login.Live.com.:443']) t.match((await app.inject({ url: LIST, headers: { host } })).json(), described, host)
  t.match((await app.inject({ url: LIST, headers: { host: 'login.microsoftonline.com' } })).json(), { error: 'invalid_request', error_codes: [Number] })
  t.match((await app.inject({ method: 'POST', url: '/oauth20_token.srf', headers: { host: 'login.microsoftonline.com' } })).json(), { error: 'invalid_request', error_codes: [Number] })
  t.match((await app.inject({ method: 'DELETE', url: '/oauth20_token.srf' })).json(), { error: 'invalid_request' })
})

t.test('what is of no host is known under every name', async (t) => {
  const { app } = build(t)
  for (const host of XBOX_HOSTS) {
    for (const url of ['/_emulator/health', '/_emulator/ready', '/pictures/b5dd9daf-0000-0000-0000-000000000000/AB.svg']) {
      t.equal((await app.inject({ url, headers: { host } })).statusCode, 200, `${host}${url}`)
    }
    t.equal((await app.inject({ url: '/_emulator/world', headers: { host } })).statusCode, 403)
  }
})

t.test('the name is that of an absolute target, and of :authority', async (t) => {
  const secure = await listenSecurely(t)
  const expected = notHere(LIST, 'achievements.xboxlive.com', 'sisu.xboxlive.com')
  const asked = { headers: sentBy() }
  t.strictSame((await askHttp1(secure, { ...asked, path: `https://sisu.xboxlive.com${LIST}` })).status, 404)
  t.strictSame(JSON.parse((await askHttp1(secure, { ...asked, path: `http://user@SISU.XboxLive.com:80${LIST}`, headers: { ...asked.headers, host: 'achievements.xboxlive.com' } })).body), expected)
  t.equal((await askHttp1(secure, { headers: { ...asked.headers, host: 'sisu.xboxlive.com' }, path: `https://achievements.xboxlive.com${LIST}` })).status, 200)
  t.strictSame(JSON.parse((await askHttp2(t, secure, { path: LIST, headers: { ...asked.headers, ':authority': 'sisu.xboxlive.com:443' } })).body), expected)
  t.equal((await askHttp2(t, secure, { path: LIST, headers: { ...asked.headers, ':authority': 'achievements.xboxlive.com', host: 'sisu.xboxlive.com' } })).status, 200)
})

/** Adds routes of two hosts with the same path, and one of them with a method of its own. */
function addTwins (app: FastifyInstance): void {
  for (const [host, methods] of [['social.xboxlive.com', ['GET']], ['privacy.xboxlive.com', ['GET', 'PUT']]] as const) {
    app.register(async (scope) => {
      setHosts(scope, [host])
      for (const method of methods) scope.route({ method, url: '/twins/:id', handler: (request) => ({ host, of: request.routeOptions.config.hosts }) })
    })
  }
}

t.test('of two hosts with the same path and method the one that is asked answers, and under other names the first', async (t) => {
  const { app } = build(t, { routes: addTwins })
  const ask = async (host: string, method: 'GET' | 'PUT' | 'HEAD' | 'POST' = 'GET') => await app.inject({ method, url: '/twins/1', headers: { host } })
  const of = (host: string): object => ({ host, of: [host] })
  for (const host of ['social.xboxlive.com', 'privacy.xboxlive.com']) t.strictSame((await ask(host)).json(), of(host))
  t.strictSame((await ask('localhost')).json(), of('social.xboxlive.com'))
  t.equal((await ask('privacy.xboxlive.com', 'HEAD')).statusCode, 200)
  t.strictSame((await ask('privacy.xboxlive.com', 'PUT')).json(), of('privacy.xboxlive.com'))
  t.strictSame((await ask('localhost', 'PUT')).json(), of('privacy.xboxlive.com'))
  t.strictSame([(await ask('social.xboxlive.com', 'PUT')).statusCode, (await ask('social.xboxlive.com', 'PUT')).headers.allow], [405, 'GET, HEAD'])
  t.strictSame([(await ask('localhost', 'POST')).statusCode, (await ask('localhost', 'POST')).headers.allow], [405, 'GET, HEAD, PUT'])
  t.match((await ask('sisu.xboxlive.com')).json(), { errorMessage: '/twins/1 is a path of social.xboxlive.com, and not of sisu.xboxlive.com.' })
})

t.test('hosts that are left out say so', async (t) => {
  const { app } = build(t, { config: { neighbours: false, rta: false, signIn: false } })
  for (const host of XBOX_HOSTS) {
    const { statusCode, body } = await app.inject({ url: '/users/me/nothing', headers: { host } })
    const option = { signIn: '--no-sign-in', neighbours: '--no-neighbours', rta: '--no-rta', achievements: undefined }[groupOfHost(host) ?? 'achievements']
    t.strictSame([statusCode, JSON.parse(body)], [404, refusal(null, option === undefined ? `/users/me/nothing is not a path of ${host}.` : `/users/me/nothing is not answered: ${option} leaves out ${host}.`)])
  }
  for (const [method, url] of [['POST', '/user/authenticate'], ['GET', '/oauth20_authorize.srf'], ['POST', '/titles/batch/decoration/detail']] as const) {
    const response = await app.inject({ method, url, headers: sentBy() })
    t.strictSame([response.statusCode, response.json()], [404, refusal(null, `${url} is not a path of this service.`)])
  }
})

t.test('the headers are those of the live service for the sign-in hosts and the neighbours, in either dialect', async (t) => {
  for (const dialect of DIALECTS) {
    const emulator = build(t, { config: { dialect }, routes: addTwins })
    const live = { ...LIVE_HEADERS, 'content-type': 'application/json' }
    const documented = { ...SERVICE_HEADERS, 'content-type': 'application/json; charset=utf-8' }
    const own = dialect === 'live' ? live : documented
    for (const [what, response, expected] of [
      ['signed in', await postUser(emulator, 'gamer'), live],
      ['refused', await postUser(emulator, 'nobody'), live],
      ['malformed', await postUser(emulator, 5), live],
      ['a neighbour', await emulator.app.inject('/twins/1'), live],
      ['405 of a neighbour', await emulator.app.inject({ method: 'POST', url: '/twins/1', headers: { host: 'social.xboxlive.com' } }), live],
      ['404 of a neighbour', await emulator.app.inject({ url: '/nope', headers: { host: 'titlehub.xboxlive.com' } }), live],
      ['404 of the achievements', await emulator.app.inject({ url: '/users/nope', headers: { host: 'achievements.xboxlive.com' } }), own],
      ['404', await emulator.app.inject('/nope'), documented],
      ['the emulator\'s own', await emulator.app.inject({ url: '/_emulator/health', headers: { host: 'titlehub.xboxlive.com' } }), documented],
      ['IGDB', await emulator.app.inject({ url: '/achievements/count', headers: { 'user-key': 'demo' } }), documented]
    ] as const) {
      t.match(response.headers, expected, `${dialect}: ${what}`)
      t.equal(response.headers['content-type'], expected['content-type'], what)
    }
    const page = await emulator.app.inject('/oauth20_authorize.srf?client_id=a&response_type=code&redirect_uri=http://localhost')
    t.match(page.headers, { ...LIVE_HEADERS, 'content-type': 'text/html; charset=utf-8' })
  }
})

t.test('a request to another host than the path\'s is one that nothing answers', async (t) => {
  const emulator = build(t)
  await emulator.app.inject({ url: LIST, headers: { ...sentBy(), host: 'titlehub.xboxlive.com' } })
  const { requests } = await command(emulator, 'GET', '/requests/unmatched')
  t.match(requests, [{ path: LIST, status: 404 }])
})
