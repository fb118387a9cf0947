import { Writable } from 'node:stream'
import t from 'tap'
import { DIALECTS } from '../../src/model/dialect.ts'
import { command } from '../control/client.ts'
import { build, GAMER, NOW } from '../helper.ts'
import { askAuthorize, askDeviceCode, askToken, BACK, CLIENT, codeFor, refusedAs, TENANT } from './microsoft-client.ts'

const MINUTE = 60_000
const REQUEST_ID = '0E1F2A3B-1111-2222-3333-444455556666'
const FAULT = 'A fault that a test has set up.'
const notGranted = { error: 'invalid_grant', number: 70000 }

for (const dialect of DIALECTS) {
  t.test(`forms that lack something, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    const missing = (name: string, expected: string) => ({ error: 'invalid_request', number: 900144, description: `${name} is missing; expected ${expected}.` })
    const grants = 'authorization_code, refresh_token or urn:ietf:params:oauth:grant-type:device_code'
    for (const [form, refusal] of [
      ['', missing('grant_type', grants)],
      [{ grant_type: '' }, { error: 'invalid_request', number: 9002313, description: `grant_type is ""; expected ${grants}.` }],
      [{ grant_type: 'password' }, { error: 'unsupported_grant_type', number: 70003, description: `grant_type is "password"; expected ${grants}.` }],
      ['grant_type=refresh_token', missing('client_id', 'the id of the application')],
      [{ grant_type: 'authorization_code' }, missing('code', 'the authorization code')],
      [{ grant_type: 'refresh_token' }, missing('refresh_token', 'the refresh token')],
      [{ grant_type: 'device_code' }, missing('device_code', 'the device code')],
      [{ grant_type: 'device_code', device_code: 'x' }, { ...notGranted, description: 'The device_code was not issued here.' }],
      [{ grant_type: 'refresh_token', refresh_token: 'nobody' }, { ...notGranted, description: 'The refresh token was not issued here, and no user has it as XUID or gamertag.' }],
      ['grant_type=a&grant_type=b', { error: 'invalid_request', number: 9002313, description: 'grant_type was given 2 times; expected once.' }],
      ['{"grant_type"', { error: 'invalid_request', number: 9002313, description: 'The body is not JSON.' }]
    ] as const) refusedAs(t, await askToken(emulator, form), refusal, JSON.stringify(form))
    refusedAs(t, await askDeviceCode(emulator, 'client_id=x'), missing('scope', 'the scopes, separated by blanks'))
    refusedAs(t, await askDeviceCode(emulator, 'scope=x'), missing('client_id', 'the id of the application'))
  })

  t.test(`other tenants, paths and methods, and bodies that are too large, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    for (const tenant of ['organizations', 'example.com', 'consumers.', '%22', 'x'.repeat(200)]) {
      const shown = tenant === '%22' ? '"\\""' : tenant.length > 80 ? `"${'x'.repeat(78)}…` : `"${tenant}"`
      refusedAs(t, await askToken(emulator, {}, { tenant }), { error: 'invalid_tenant', number: 90002, description: `The tenant ${shown} was not found; expected one of personal accounts: consumers or common.` })
    }
    for (const tenant of ['CONSUMERS', 'common', TENANT]) t.equal((await askToken(emulator, { grant_type: 'authorization_code', code: 'gamer' }, { tenant })).statusCode, 200)
    const host = { host: 'login.microsoftonline.com' }
    for (const [method, url, { status, number, description }] of [
      ['GET', '/consumers/oauth2/v2.0/nope', { status: 404, number: 9002313, description: '/consumers/oauth2/v2.0/nope is not a path of login.microsoftonline.com.' }],
      ['GET', '/nope', { status: 404, number: 9002313, description: '/nope is not a path of login.microsoftonline.com.' }],
      ['GET', '/consumers/oauth2/v2.0/token', { status: 405, number: 900561, description: 'GET is not supported here; supported: POST.' }],
      ['PUT', '/consumers/oauth2/v2.0/authorize', { status: 405, number: 900561, description: 'PUT is not supported here; supported: GET, HEAD.' }]
    ] as const) refusedAs(t, await emulator.app.inject({ method, url, headers: host }), { error: 'invalid_request', number, status, description })
    refusedAs(t, await askToken(emulator, ' '.repeat(64 * 1024 + 1)), { error: 'invalid_request', number: 9002313, status: 413, description: 'Request body is too large' })
    refusedAs(t, await emulator.app.inject('/x/oauth2/v2.0/nope'), { error: 'invalid_request', number: 9002313, status: 404, description: '/x/oauth2/v2.0/nope is not a path of this service.' }, 'by the path alone')
    refusedAs(t, await emulator.app.inject('/consumers/oauth2/v2.0/token'), { error: 'invalid_request', number: 900561, status: 405, description: 'GET is not supported here; supported: POST.' }, 'by the path alone')
    refusedAs(t, await askToken(emulator, {}, { headers: { origin: 'http://evil.example' } }), {
      error: 'access_denied', number: 9002326, status: 403, description: 'The emulator does not answer pages of another origin, and this one\'s is "http://evil.example"; allow it with --allowed-origins.'
    })
    t.match((await emulator.app.inject('/consumers/oauth2/v2.0/%ff')).json(), { error: 'invalid_request', error_codes: [9002313], error_description: /^AADSTS9002313: \/consumers\/oauth2\/v2\.0\/%FF cannot be decoded; expected percent-encoded UTF-8\. Trace ID: / })
  })

  t.test(`faults have the form of the host, ${dialect}`, async (t) => {
    const emulator = build(t, { config: { dialect } })
    for (const [status, error, number] of [
      [400, 'invalid_request', 9002313], [401, 'invalid_client', 7000218], [403, 'access_denied', 9002326], [404, 'invalid_request', 9002313],
      [500, 'server_error', 90033], [503, 'temporarily_unavailable', 90033]
    ] as const) {
      await command(emulator, 'POST', '/faults', { path: '/consumers/oauth2/v2.0/token', status, times: 1 })
      refusedAs(t, await askToken(emulator, {}), { error, number, status, description: FAULT })
    }
    await command(emulator, 'POST', '/faults', { path: '/*/oauth2/*', status: 429, times: 1 })
    const limited = await askDeviceCode(emulator)
    t.equal(limited.headers['retry-after'], '15')
    refusedAs(t, limited, { error: 'temporarily_unavailable', number: 90055, status: 429, description: '101 requests in 15 seconds, of which 100 pass.' })
    await command(emulator, 'POST', '/faults', { path: '/common/*', status: 503, body: { own: true }, times: 1 })
    t.equal((await emulator.app.inject('/common/discovery/v2.0/keys')).body, '{"own":true}')
  })
}

t.test('the correlation is how the client names its request', async (t) => {
  const emulator = build(t)
  const refusal = { error: 'invalid_request', number: 900144, description: 'grant_type is missing; expected authorization_code, refresh_token or urn:ietf:params:oauth:grant-type:device_code.' }
  refusedAs(t, await askToken(emulator, {}, { query: `?client-request-id=${REQUEST_ID}` }), { ...refusal, correlation: REQUEST_ID })
  refusedAs(t, await askToken(emulator, {}, { headers: { 'client-request-id': REQUEST_ID } }), { ...refusal, correlation: REQUEST_ID })
  for (const query of ['?client-request-id=x', '?client-request-id=', `?client-request-id=${REQUEST_ID}x`]) refusedAs(t, await askToken(emulator, {}, { query }), refusal)
})

t.test('what has ended, on the emulator\'s clock, and what was declined', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const code = await codeFor(emulator, { scope: 'offline_access', nonce: 'n' })
  const exchange = { grant_type: 'authorization_code', code, redirect_uri: BACK }
  now = NOW + 5 * MINUTE
  refusedAs(t, await askToken(emulator, exchange), { error: 'invalid_grant', number: 70008, description: 'The code expired at 2020-06-15T12:05:00.0000000Z.', timestamp: '2020-06-15 12:05:00Z' })
  now = NOW
  const { refresh_token: refresh } = (await askToken(emulator, exchange)).json()
  const { device_code: device, user_code: userCode } = (await askDeviceCode(emulator)).json()
  const poll = async (form: Record<string, string> = {}) => await askToken(emulator, { grant_type: 'device_code', device_code: device, ...form })
  for (const [decision, error, number, description] of [
    ['slowDown', 'slow_down', 70016, 'A test wants the device to poll less often.'],
    ['decline', 'authorization_declined', 65004, 'The person has declined.']
  ] as const) {
    emulator.run('deviceCode.decide', { userCode, decision, xuid: null, now })
    refusedAs(t, await poll(), { error, number, description })
  }
  refusedAs(t, await poll({ client_id: 'other' }), { ...notGranted, description: 'The device_code was issued to another client_id.' })
  emulator.run('deviceCode.decide', { userCode, decision: 'approve', xuid: GAMER, now })
  t.equal((await poll({ client_id: CLIENT.toUpperCase() })).statusCode, 200)
  refusedAs(t, await poll(), { ...notGranted, description: 'The device_code was used already.' })

  const { device_code: late } = (await askDeviceCode(emulator)).json()
  now = NOW + 15 * MINUTE
  refusedAs(t, await poll({ device_code: late }), { error: 'expired_token', number: 70020, description: 'The device_code expired at 2020-06-15T12:15:00.0000000Z.', timestamp: '2020-06-15 12:15:00Z' })
  now = NOW + 90 * 24 * 60 * MINUTE
  refusedAs(t, await askToken(emulator, { grant_type: 'refresh_token', refresh_token: refresh }), { error: 'invalid_grant', number: 70008, description: 'The refresh token expired at 2020-09-13T12:00:00.0000000Z.', timestamp: '2020-09-13 12:00:00Z' })
})

t.test('without sign-in there are no such paths', async (t) => {
  const emulator = build(t, { config: { signIn: false } })
  const response = await emulator.app.inject('/consumers/v2.0/.well-known/openid-configuration')
  t.strictSame([response.statusCode, response.json()], [404, { errorCode: null, errorMessage: '/consumers/v2.0/.well-known/openid-configuration is not a path of this service.' }])
})

t.test('neither the log nor the journal has a code or token', async (t) => {
  const lines: string[] = []
  const emulator = build(t, { logTo: new Writable({ write (chunk, _encoding, done) { lines.push(String(chunk)); done() } }), config: { journalAnswers: true } })
  const code = await codeFor(emulator, { scope: 'openid offline_access', nonce: 'the-nonce', code_challenge: 'the-challenge' })
  const tokens = (await askToken(emulator, { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: 'the-challenge' })).json()
  await askToken(emulator, { grant_type: 'authorization_code', code, redirect_uri: BACK })
  const { device_code: device } = (await askDeviceCode(emulator)).json()
  await askToken(emulator, { grant_type: 'device_code', device_code: device }, { query: `?device_code=${device}` })
  await askAuthorize(emulator, { response_type: 'x', login_hint: 'gamer' })
  const shown = lines.join('') + JSON.stringify(await command(emulator, 'GET', '/requests'))
  for (const secret of [code, code.split('.')[0] as string, tokens.access_token, tokens.refresh_token, tokens.id_token, device]) t.notOk(shown.includes(secret), secret)
})
