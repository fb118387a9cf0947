import t from 'tap'
import { DIALECTS } from '../../../src/model/dialect.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { build, GAMER, listOf, type Emulator } from '../../helper.ts'
import { authorize, codeForm, post, userBody, xstsBody } from '../../sign-in/client.ts'
import { command, control, refusal } from '../client.ts'

const FAULT = 'A fault that a test has set up.'
const NO_PROFILE = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }

/** A valid request for each sign-in route. */
const SIGN_IN: ReadonlyArray<[path: string, ask: (emulator: Emulator) => ReturnType<typeof authorize>]> = [
  ['/oauth20_authorize.srf', (emulator) => authorize(emulator, { login_hint: 'gamer' })],
  ['/oauth20_token.srf', (emulator) => post(emulator, '/oauth20_token.srf', String(new URLSearchParams(codeForm('gamer'))))],
  ['/user/authenticate', (emulator) => post(emulator, '/user/authenticate', userBody('gamer'))],
  ['/xsts/authorize', (emulator) => post(emulator, '/xsts/authorize', xstsBody('nobody'))]
]

for (const dialect of DIALECTS) {
  t.test(`faults happen to the sign-in hosts, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    for (const [path, ask] of SIGN_IN) {
      const before = (await ask(emulator)).statusCode
      await command(emulator, 'POST', '/faults', { path, status: 503, times: 1 })
      const unavailable = await ask(emulator)
      t.strictSame([unavailable.statusCode, unavailable.headers['retry-after']], [503, '5'], path)
      const { traceInformation: _trace, ...body } = unavailable.json()
      t.strictSame(body, dialect === 'documented' ? refusal(5300, FAULT) : { code: 5300, source: 'Progress', description: FAULT })
      await command(emulator, 'POST', '/faults', { path: path.toUpperCase(), status: 401, times: 1 })
      const unauthorized = await ask(emulator)
      t.strictSame([unauthorized.statusCode, unauthorized.headers['www-authenticate'], unauthorized.json()], [401, 'XBL3.0', NO_PROFILE], path)
      await command(emulator, 'POST', '/faults', { path, effect: 'drop', times: 1 })
      await t.rejects(ask(emulator), { code: 'LIGHT_ECONNRESET' }, path)
      t.equal((await ask(emulator)).statusCode, before)
    }
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
  const [all, few] = [build(t), build(t, { config: { igdb: false, signIn: false } })]
  for (const [emulator, fault, message] of [
    ...['/_emulator/health', '/_emulator/*', '/_EMULATOR/faults', '/', '/nothing', '/users/xuid(1)', '/users/xuid(1)/achievements/x/1/more*x/', '/achievement', '/users%2F*'].map((path) =>
      [all, { path }, nobody(`path ${JSON.stringify(path)}`)] as const),
    [all, { path: '/a/%2A' }, nobody('path "/a/*"')],
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
