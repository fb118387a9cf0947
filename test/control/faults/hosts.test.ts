import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { readConfig } from '../../../src/config/read-config.ts'
import { DIALECTS } from '../../../src/model/dialect.ts'
import type { ListedOperation } from '../../../src/openapi/operations/operations.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { exampleRequest, type Variation } from '../../example-request.ts'
import { build, GAMER, listOf } from '../../helper.ts'
import { findWrongRefusal, operationsByRoute } from '../../openapi/described-answers.ts'
import { operationsOf, readDocument } from '../../openapi/read-document.ts'
import { authorize, postUser } from '../../sign-in/client.ts'
import { command, control, LIVE_HEADERS, refusal } from '../client.ts'

const FAULT = 'A fault that a test has set up.'
const NO_PROFILE = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }

/** A request to a route that has no example. */
const OF_GAMER: Variation = { example: '', authorization: 'XBL3.0 x=demo;gamer', params: { user: `xuid(${GAMER})`, moniker: 'people', group: 'social', decorations: 'detail', file: '0.json' } }

/** A path with every parameter as a star, for a fault: its parts in brackets, too. */
const patternOf = (path: string): string => path.replace(/\w*\(?\{\w+\}\)?/g, '*')

for (const dialect of DIALECTS) {
  t.test(`faults happen to the sign-in hosts and the neighbours, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const operations = operationsByRoute(readConfig({ dialect }))
    const routes = operationsOf(await readDocument(emulator)).filter(({ operation: { tags } }) => tags.includes('Sign-in') || tags.includes('Neighbours'))
    t.ok(routes.length >= 4)
    for (const route of routes) {
      const [example = ''] = Object.keys(route.operation['x-exchanges'])
      const ask = async (): Promise<LightMyRequestResponse> => await emulator.app.inject(exampleRequest(route, example === '' ? OF_GAMER : { example }))
      const name = `${route.method} ${route.path}`
      const operation = operations.get(name) as ListedOperation
      const path = patternOf(route.path)
      const before = (await ask()).statusCode
      await command(emulator, 'POST', '/faults', { path, status: 503, times: 1 })
      const unavailable = await ask()
      t.strictSame([unavailable.statusCode, unavailable.headers['retry-after'], unavailable.headers['content-type']], [503, '5', 'application/json'], name)
      t.match(unavailable.headers, LIVE_HEADERS, name)
      t.ok(unavailable.body.includes(FAULT), name)
      await command(emulator, 'POST', '/faults', { path: path.toUpperCase(), status: 401, times: 1 })
      const unauthorized = await ask()
      t.strictSame([unauthorized.statusCode, unauthorized.headers['www-authenticate']], [401, 'XBL3.0'], name)
      t.equal(findWrongRefusal({ status: 401, headers: unauthorized.headers, body: unauthorized.body }, { dialect, ...operation }), undefined, name)
      await command(emulator, 'POST', '/faults', { path, effect: 'drop', times: 1 })
      await t.rejects(ask(), { code: 'LIGHT_ECONNRESET' }, name)
      t.equal((await ask()).statusCode, before, name)
    }
  })

  t.test(`a fault of 401 at user.auth is as its own, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    await command(emulator, 'POST', '/faults', { path: '/user/authenticate', status: 401, times: 1 })
    t.strictSame((await postUser(emulator, 'gamer')).json(), NO_PROFILE)
    t.equal((await postUser(emulator, 'gamer')).statusCode, 200)
  })
}

t.test('faults of the IGDB view happen to requests with a valid key', async (t) => {
  const emulator = build(t)
  const ask = (url: string, key = 'demo') => emulator.app.inject({ url, headers: { 'user-key': key } })
  for (const path of ['/achievements/', '/achievements', '/achievements/1234', '/achievements/count', '/achievements/scroll/x']) {
    await command(emulator, 'POST', '/faults', { path: path.replace(/\/$/, ''), status: 429, times: 1 })
    t.equal((await ask(path, 'other')).statusCode, 403, path)
    const refused = await ask(path)
    t.strictSame([refused.statusCode, refused.headers['retry-after'], refused.json()], [429, '15', { status: 429, message: '101 requests in 15 seconds, of which 100 pass.' }], path)
    await command(emulator, 'POST', '/faults', { path: '/achievements*', status: 500, body: { own: true }, times: 1 })
    t.equal((await ask(path)).body, '{"own":true}')
    t.not((await ask(path)).statusCode, 429)
  }
  t.strictSame((await command(emulator, 'GET', '/requests')).requests.slice(0, 2).map(({ status, fault }: any) => [status, fault]), [[403, null], [429, 1]])
})

t.test('a fault for a user or title does not happen to requests without one', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { xuid: GAMER, status: 503 })
  t.equal((await authorize(emulator, { login_hint: 'gamer' })).statusCode, 302)
  t.equal((await emulator.app.inject({ url: '/achievements/count', headers: { 'user-key': 'demo' } })).statusCode, 200)
  t.equal((await emulator.get(listOf(GAMER))).statusCode, 503)
})

const nobody = (what: string): string => `The fault can happen to no request: no route of Xbox Live, of the sign-in or of the IGDB view that is served has ${what}.`
const NO_CLAIMS = 'The fault can happen to no request: it has xuid or titleId, and requests of the sign-in and of the IGDB view have neither.'

t.test('a fault that can happen to no request is refused', async (t) => {
  const [all, few] = [build(t), build(t, { config: { igdb: false, signIn: false, neighbours: false } })]
  for (const [emulator, fault, message] of [
    ...['/_emulator/health', '/_emulator/*', '/_EMULATOR/faults', '/', '/nothing', '/users/xuid(1)/nothing', '/users/xuid(1)/achievements/x/1/more*x/', '/achievement', '/users%2Fx', '/users%2F*'].map((path) =>
      [all, { path }, nobody(`path ${JSON.stringify(path)}`)] as const),
    [all, { path: '/a/%2A' }, nobody('path "/a/*"')],
    [all, { path: '/a/b%2A' }, nobody('path "/a/b*"')],
    [all, { path: '/%5Femulator/ready' }, nobody('path "/_emulator/ready"')],
    [all, { method: 'TRACE' }, nobody('method "TRACE"')],
    [all, { method: 'post', path: '/users/*/history/titles' }, nobody('method "post" and path "/users/*/history/titles"')],
    [all, { path: '/user/authenticate', xuid: GAMER }, NO_CLAIMS],
    [all, { path: '/achievements/*', titleId: 1 }, NO_CLAIMS],
    [few, { path: '/achievements/count' }, nobody('path "/achievements/count"')],
    [few, { path: '/oauth20_*' }, nobody('path "/oauth20_*"')]
  ] as const) {
    const { status, body } = await control(emulator, 'POST', '/faults', { ...fault, status: 503 })
    t.strictSame([status, body], [400, refusal(4000, message)], JSON.stringify(fault))
  }
  t.strictSame(await command(all, 'GET', '/faults'), { faults: [] })
})

t.test('a fault that can happen to a request is accepted', async (t) => {
  const emulator = build(t)
  for (const fault of [
    '*', '/*', '*/', '**', '/users/*', '/USERS/XUID%281%29/ACHIEVEMENTS', '/users/xuid(1)/achievements/', '/users/xuid(1)/titleachievements', '*/update', '/u*s/x*d(*)/a*', '*e*e*e*', '/achievements', '/achievements/',
    '/achievements/1,2', '/achievements/count/', '/achievements/scroll/*', '/oauth20_*.srf', '/user/authenticate', '/xsts/*', '*/histories/*', '/users/x/achievements/:/:'
  ].map((path): object => ({ path })).concat([{ method: 'head' }, { method: 'POST', path: '*/update' }, { path: '*', xuid: '1', titleId: 1 }])) {
    const { status } = await control(emulator, 'POST', '/faults', { ...fault, status: 503, times: 1 })
    t.equal(status, 201, JSON.stringify(fault))
  }
})

t.test('a fault for every path does not happen to the emulator\'s own routes', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { status: 503 })
  for (const path of ['/health', '/ready', '/world', '/requests', '/clock', '/faults']) t.equal((await control(emulator, 'GET', path)).status, 200, path)
  t.equal((await emulator.get(listOf(GAMER))).statusCode, 503)
  await command(emulator, 'DELETE', '/faults')
  t.strictSame((await emulator.get(listOf(GAMER, '?titleId=3051199919'))).json(), LIST_SAMPLE)
})
