import { createHash } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { command } from '../control/client.ts'
import { build, FRIEND, GAMER, NOW, type Emulator } from '../helper.ts'
import { authorize, codeForm, errorOf, post, postForm, postUser, REDIRECT, refreshForm, refusedAs } from './client.ts'
import { deviceTokenOf, sisuBody } from './xal-client.ts'

const MINUTE = 60_000
const MBI = 'service::user.auth.xboxlive.com::MBI_SSL'
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

/** Stands for a form without redirect_uri. */
const NO_REDIRECT = {}

async function codeFor (emulator: Emulator, query: Record<string, string> = {}): Promise<string> {
  const { headers } = await authorize(emulator, { login_hint: 'gamer', ...query })
  return new URL(headers.location as string).searchParams.get('code') as string
}

t.test('a code is good for the application that asked, and where it leads back to', async (t) => {
  const emulator = build(t)
  const code = await codeFor(emulator, { scope: 'a b' })
  for (const [change, description] of [
    [{ client_id: 'my-other-app' }, 'The code was issued to another client_id.'],
    [{ redirect_uri: 'http://localhost:8080/other' }, 'redirect_uri is not that of the sign-in.'],
    [{ redirect_uri: '' }, 'redirect_uri is not that of the sign-in.'],
    [NO_REDIRECT, 'redirect_uri is missing; expected that of the sign-in.']
  ] as const) {
    const form: Record<string, string> = { ...codeForm(code), ...change }
    if (change === NO_REDIRECT) delete form['redirect_uri']
    refusedAs(t, await postForm(emulator, form), { error: 'invalid_grant', description })
  }
  const response = await postForm(emulator, { ...codeForm(code), client_id: 'MY-APP', client_secret: 'any' })
  const { access_token: access, refresh_token: refresh, ...rest } = response.json()
  t.strictSame([response.statusCode, rest], [200, { token_type: 'bearer', expires_in: 3600, scope: 'a b', user_id: '0ef1d81fba943573' }])
  t.match(access, /^[\w-]{43}$/)
  t.match(refresh, /^[\w-]{43}$/, 'without a dot: a client keeps what follows the last one')
  refusedAs(t, await postForm(emulator, codeForm(code)), { error: 'invalid_grant', description: 'The code was not issued here, or was used already, and no user has it as XUID or gamertag.' })
})

t.test('a code that names a user is good for any application', async (t) => {
  const emulator = build(t)
  for (const code of ['FRIEND', FRIEND]) t.match((await postForm(emulator, { grant_type: 'authorization_code', client_id: 'any', code, code_verifier: 'any' })).json(), { scope: 'XboxLive.signin XboxLive.offline_access' })
})

t.test('a code with a challenge is given for its verifier alone', async (t) => {
  const emulator = build(t)
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url')
  for (const query of [
    { code_challenge: challenge, code_challenge_method: 'S256' }, { code_challenge: `${challenge}=`, code_challenge_method: 's256' },
    { code_challenge: VERIFIER, code_challenge_method: 'plain' }, { code_challenge: VERIFIER }
  ]) {
    const code = await codeFor(emulator, query)
    const method = query.code_challenge_method?.toLowerCase() === 's256' ? 'S256' : 'plain'
    refusedAs(t, await postForm(emulator, codeForm(code)), { error: 'invalid_grant', description: 'code_verifier is missing; expected that of the code_challenge of the sign-in.' })
    for (const wrong of ['', challenge.toLowerCase(), `${VERIFIER} `]) {
      refusedAs(t, await postForm(emulator, { ...codeForm(code), code_verifier: wrong }), { error: 'invalid_grant', description: `code_verifier does not meet the code_challenge of the sign-in (${method}).` })
    }
    t.equal((await postForm(emulator, { ...codeForm(code), code_verifier: VERIFIER })).statusCode, 200)
  }
  t.equal((await postForm(emulator, { ...codeForm(await codeFor(emulator)), code_verifier: 'not asked for' })).statusCode, 200)
})

t.test('a refresh token is good for its application, again and again', async (t) => {
  const emulator = build(t)
  const { refresh_token: refresh } = (await postForm(emulator, codeForm(await codeFor(emulator, { scope: MBI })))).json()
  refusedAs(t, await postForm(emulator, { ...refreshForm(refresh), client_id: 'other' }), { error: 'invalid_grant', description: 'The refresh token was issued to another client_id.' })
  const kept = (await postForm(emulator, refreshForm(refresh))).json()
  t.strictSame([kept.scope, kept.expires_in], [MBI, 86400])
  const other = (await postForm(emulator, { ...refreshForm(kept.refresh_token), scope: 'other' })).json()
  t.strictSame([other.scope, other.expires_in], ['other', 3600])
})

t.test('an access token of a client id of Microsoft\'s lasts a day, others an hour', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const [long, short] = [(await postForm(emulator, { ...refreshForm('gamer'), scope: MBI })).json(), (await postForm(emulator, refreshForm('gamer'))).json()]
  now = NOW + 60 * MINUTE
  t.strictSame([(await postUser(emulator, long.access_token)).statusCode, (await postUser(emulator, short.access_token)).statusCode], [200, 401])
  now = NOW + 24 * 60 * MINUTE - 1
  t.equal((await postUser(emulator, `t=${long.access_token}`)).statusCode, 200)
  now++
  t.equal((await postUser(emulator, `t=${long.access_token}`)).statusCode, 401)
})

t.test('the parameters come in a form, in JSON or in the query, whatever the media type', async (t) => {
  const emulator = build(t)
  const { app } = emulator
  const form = refreshForm('gamer')
  const url = '/oauth20_token.srf'
  const query = new URLSearchParams(form)
  for (const [what, request] of Object.entries({
    'a GET': { method: 'GET', url: `${url}?${query}` },
    'text/plain': { method: 'POST', url, headers: { 'content-type': 'text/plain' }, payload: String(query) },
    JSON: { method: 'POST', url, payload: ` ${JSON.stringify({ ...form, other: null, list: [1], flag: true, number: 1 })} and more` },
    'a part in the query': { method: 'POST', url: `${url}?CLIENT_ID=my-app&grant_type=password`, payload: 'grant_type=refresh_token&refresh_token=gamer' },
    'all in the query': { method: 'POST', url: `${url}?${query}` }
  } as const)) {
    const response = await app.inject(request)
    t.strictSame([response.statusCode, response.json().user_id], [200, '0ef1d81fba943573'], what)
  }
})

t.test('a refusal says what is wrong, and repeats no code or token', async (t) => {
  const emulator = build(t)
  const grants = 'authorization_code, refresh_token or urn:ietf:params:oauth:grant-type:device_code'
  for (const [body, description, error = 'invalid_request'] of [
    ['grant_type=refresh_token&'.repeat(32), 'grant_type was given 32 times; expected once.'],
    ['SECRET&'.repeat(99) + 'x', `grant_type is missing; expected ${grants}.`],
    ['SECRET&'.repeat(100) + 'x', 'The form has more than 100 parameters; expected 100 at most.'],
    ['', `grant_type is missing; expected ${grants}.`],
    ['%', `grant_type is missing; expected ${grants}.`],
    ['["SECRET"]', `grant_type is missing; expected ${grants}.`],
    ['{"SECRET', 'The body is not JSON.'],
    [`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'The body: nested more than 32 levels deep; expected 32 at most.'],
    [{ grant_type: ['refresh_token'], refresh_token: 'SECRET' }, `grant_type is missing; expected ${grants}.`],
    ['grant_type=password&password=SECRET', `grant_type is "password"; expected ${grants}.`, 'unsupported_grant_type'],
    ['grant_type=', `grant_type is ""; expected ${grants}.`],
    ['grant_type=refresh_token&refresh_token=SECRET', 'client_id is missing; expected the id of the application.'],
    ['grant_type=refresh_token&client_id=a&code=SECRET', 'refresh_token is missing; expected the refresh token.'],
    ['grant_type=device_code&client_id=a&code=SECRET', 'device_code is missing; expected the device code.'],
    ['grant_type=authorization_code&client_id=a&code=', 'code is ""; expected the authorization code.'],
    ['grant_type=authorization_code&client_id=a&code=SECRET&code=SECRET', 'code was given 2 times; expected once.'],
    ['grant_type=authorization_code&client_id=a&code=gamer&scope=', 'scope is ""; expected the scopes, separated by blanks.']
  ] as ReadonlyArray<readonly [string | object, string, string?]>) {
    refusedAs(t, await post(emulator, '/oauth20_token.srf', body), { error, description }, JSON.stringify(body).slice(0, 90))
  }
})

t.test('whatever login.live.com refuses has an error that its clients read', async (t) => {
  const emulator = build(t)
  const { app } = emulator
  const live = { host: 'login.live.com' }
  const large = 'Request body is too large'
  const notFound = ' is not a path of this service.'
  const cases: ReadonlyArray<readonly [InjectOptions & { url: string }, number, string, string]> = [
    [{ method: 'PUT', url: '/oauth20_token.srf' }, 405, 'invalid_request', 'PUT is not supported here; supported: POST, GET, HEAD.'],
    [{ method: 'POST', url: '/oauth20_authorize.srf' }, 405, 'invalid_request', 'POST is not supported here; supported: GET, HEAD.'],
    [{ url: '/oauth20_logout.srf' }, 404, 'invalid_request', `/oauth20_logout.srf${notFound}`],
    [{ url: '/ppsecure/x' }, 404, 'invalid_request', `/ppsecure/x${notFound}`],
    [{ url: '/other', headers: live }, 404, 'invalid_request', '/other is not a path of login.live.com.'],
    [{ url: '/other', headers: { host: 'LOGIN.live.com.:443' } }, 404, 'invalid_request', '/other is not a path of login.live.com.'],
    [{ url: '/oauth20_token.srf?a=b', headers: { origin: 'http://evil.example' } }, 403, 'access_denied', 'The emulator does not answer pages of another origin, and this one\'s is "http://evil.example"; allow it with --allowed-origins.'],
    [{ url: '/oauth20_token.srf/%ff' }, 400, 'invalid_request', '/oauth20_token.srf/%FF cannot be decoded; expected percent-encoded UTF-8.'],
    ...['/oauth20_token.srf', '/oauth20_connect.srf', '/oauth20_remoteconnect.srf', '/ppsecure/post.srf'].map((url) =>
      [{ method: 'POST', url, payload: ' '.repeat(64 * 1024 + 1) }, 413, 'invalid_request', large] as const)
  ]
  for (const [request, status, error, description] of cases) refusedAs(t, await app.inject(request), { status, error, description }, request.url)
  t.strictSame((await app.inject('/other')).json(), { errorCode: null, errorMessage: `/other${notFound}` }, 'others have the form of the dialect')
  t.strictSame((await build(t, { config: { signIn: false } }).app.inject({ url: '/oauth20_token.srf', headers: live })).json(), { errorCode: null, errorMessage: '/oauth20_token.srf is not answered: --no-sign-in leaves out login.live.com.' })
})

t.test('a fault is answered in the same form', async (t) => {
  const emulator = build(t)
  for (const [status, error] of [
    [302, 'server_error'], [400, 'invalid_request'], [401, 'invalid_client'], [403, 'access_denied'], [404, 'invalid_request'], [429, 'temporarily_unavailable'], [500, 'server_error'], [503, 'temporarily_unavailable']
  ] as const) {
    const { id } = await command(emulator, 'POST', '/faults', { path: '/oauth20_*', status, ...status === 302 && { location: 'http://localhost/' } })
    const response = await postForm(emulator, refreshForm('gamer'))
    const { error: found, correlation_id: trace, ...rest } = response.json()
    t.strictSame([response.statusCode, found, Object.keys(rest), typeof trace], [status, error, ['error_description'], 'string'])
    await command(emulator, 'DELETE', `/faults/${id}`)
  }
  await command(emulator, 'POST', '/faults', { path: '/oauth20_token.srf', status: 400, body: { error: 'invalid_grant' } })
  t.strictSame((await postForm(emulator, refreshForm('gamer'))).json(), { error: 'invalid_grant' })
})

t.test('the token belongs to the user', async (t) => {
  const emulator = build(t)
  const { access_token: access } = (await postForm(emulator, codeForm(await codeFor(emulator, { login_hint: FRIEND, redirect_uri: REDIRECT })))).json()
  const { DisplayClaims: friend } = (await postUser(emulator, access)).json()
  t.strictSame(friend, (await postUser(emulator, FRIEND)).json().DisplayClaims)
  t.notSame(friend, (await postUser(emulator, GAMER)).json().DisplayClaims)
})

t.test('numbers of JSON are read as they were sent', async (t) => {
  const emulator = build(t, { world: { users: [{ xuid: '18446744073709551615', gamertag: 'last' }] } })
  const body = (member: string): string => `{"grant_type":"refresh_token","client_id":1.50,${member}}`
  t.equal((await postForm(emulator, body('"refresh_token":18446744073709551615'))).statusCode, 200)
  refusedAs(t, await postForm(emulator, body('"refresh_token":1e400')), { error: 'invalid_grant', description: 'The refresh token was not issued here, and no user has it as XUID or gamertag.' })
  const device = (await post(emulator, '/oauth20_connect.srf', '{"client_id":123456789012345678901234567890}')).json()
  t.match((await command(emulator, 'GET', '/device-codes')).deviceCodes, [{ userCode: device.user_code, clientId: '123456789012345678901234567890' }])
})

t.test('what is stored with a code or token has a length', async (t) => {
  const emulator = build(t)
  const [longest, longer] = ['x'.repeat(2048), 'x'.repeat(2049)]
  const description = (name: string): string => `${name} has 2049 characters; expected 2048 at most.`
  const redirect = (length: number): string => `http://localhost/${'x'.repeat(length - 17)}`
  for (const path of ['/oauth20_connect.srf', '/oauth20_token.srf']) {
    const ask = async (form: Record<string, string>) => await post(emulator, path, String(new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'gamer', client_id: 'a', ...form })))
    for (const name of ['client_id', 'scope']) {
      t.equal((await ask({ [name]: longest })).statusCode, 200, `${path} ${name}`)
      refusedAs(t, await ask({ [name]: longer }), { error: 'invalid_request', description: description(name) }, `${path} ${name}`)
    }
  }
  t.equal((await authorize(emulator, { login_hint: 'gamer', client_id: longest, scope: longest, redirect_uri: redirect(2048) })).statusCode, 302)
  refusedAs(t, await authorize(emulator, { login_hint: 'gamer', client_id: longer }), { error: 'invalid_request', description: description('client_id') })
  refusedAs(t, await authorize(emulator, { login_hint: 'gamer', redirect_uri: redirect(2049) }), { error: 'invalid_request', description: description('redirect_uri') })
  t.match(errorOf(await authorize(emulator, { login_hint: 'gamer', scope: longer })), { error: 'invalid_request', error_description: description('scope') })
  const device = await deviceTokenOf(emulator)
  t.equal((await post(emulator, '/authorize', sisuBody(device, { AppId: longest }))).statusCode, 200)
  const response = await post(emulator, '/authorize', sisuBody(device, { AppId: longer }))
  t.strictSame([response.statusCode, response.json().errorMessage], [400, `The body, at /AppId: found "${'x'.repeat(78)}…, expected the client id of an application, of at most 2048 characters.`])
})
