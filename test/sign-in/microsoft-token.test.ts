import { createPublicKey, verify } from 'node:crypto'
import t from 'tap'
import { build, FRIEND, GAMER, NOW } from '../helper.ts'
import { codeForm, postForm, refreshForm, signIn } from './client.ts'
import { askDeviceCode, askToken, claimsOf, CLIENT, codeFor, BACK, refusedAs, TENANT } from './microsoft-client.ts'

const TOKEN = /^[\w-]{43}$/
const CODE = { grant_type: 'authorization_code', redirect_uri: BACK }
const ALL = 'XboxLive.signin offline_access openid profile'
const OID = '00000000-0000-0000-0ef1-d81fba943573'

t.test('a code gives what the scopes ask for', async (t) => {
  const emulator = build(t)
  for (const [scope, clientInfo, members] of [
    ['XboxLive.signin', '', []],
    ['XboxLive.signin XboxLive.offline_access', '0', ['refresh_token']],
    ['offline_access XboxLive.signin', '1', ['refresh_token', 'client_info']],
    ['OPENID', '1', ['id_token', 'client_info']],
    ['not_openid xoffline_access', '', []]
  ] as const) {
    const response = await askToken(emulator, { ...CODE, code: await codeFor(emulator, { scope }), ...clientInfo !== '' && { client_info: clientInfo } })
    const { access_token: access, refresh_token: refresh, id_token: id, client_info: info, ...rest } = response.json()
    t.strictSame([response.statusCode, rest], [200, { token_type: 'Bearer', scope, expires_in: 3600, ext_expires_in: 3600 }], scope)
    t.match(access, TOKEN)
    t.strictSame(Object.entries({ refresh_token: refresh, id_token: id, client_info: info }).filter(([, value]) => value !== undefined).map(([name]) => name), members, scope)
    if (info !== undefined) t.strictSame(JSON.parse(Buffer.from(info, 'base64url').toString()), { uid: OID, utid: TENANT })
    t.equal(response.headers['cache-control'], 'no-cache, no-store')
  }
})

t.test('the ID token says who has signed in, and is signed', async (t) => {
  const emulator = build(t, { now: () => NOW + 999 })
  const code = await codeFor(emulator, { scope: ALL, nonce: 'ü & "n"' })
  const { id_token: token } = (await askToken(emulator, { ...CODE, code })).json()
  const { sub, ...claims } = claimsOf(token)
  t.match(sub, TOKEN)
  t.strictSame(claims, {
    ver: '2.0',
    iss: `http://localhost:80/${TENANT}/v2.0`,
    aud: CLIENT,
    iat: NOW / 1000,
    nbf: NOW / 1000,
    exp: NOW / 1000 + 3600,
    name: 'gamer',
    preferred_username: 'gamer',
    oid: OID,
    tid: TENANT,
    nonce: 'ü & "n"'
  })
  const { keys: [key, ...others] } = (await emulator.app.inject('/consumers/discovery/v2.0/keys')).json()
  t.strictSame(others, [])
  t.match(key, { kty: 'RSA', use: 'sig', alg: 'RS256', kid: TOKEN, e: 'AQAB' })
  const [header = '', payload, signature = ''] = token.split('.')
  t.strictSame(JSON.parse(Buffer.from(header, 'base64url').toString()), { typ: 'JWT', alg: 'RS256', kid: key.kid })
  t.ok(verify('sha256', Buffer.from(`${header}.${payload}`), createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url')))
  t.strictSame((await emulator.app.inject('/common/discovery/v2.0/keys')).json(), { keys: [key] }, 'one key for all tenants')

  const again = claimsOf((await askToken(emulator, { ...CODE, client_id: CLIENT.toUpperCase(), code: await codeFor(emulator, { scope: 'openid', nonce: '' }) })).json().id_token)
  t.strictSame([again['sub'], again['nonce']], [sub, ''], 'the same user of the same application')
  const other = claimsOf((await askToken(emulator, { ...CODE, client_id: 'other', code: 'gamer', scope: 'openid' })).json().id_token)
  t.strictSame([other['sub'] === sub, other['oid'], 'nonce' in other], [false, OID, false], 'another application')
  const friend = claimsOf((await askToken(emulator, { ...CODE, code: FRIEND, scope: 'openid' })).json().id_token)
  t.strictSame([friend['name'], friend['sub'] === sub, friend['oid'] === OID], ['friend', false, false], 'another user')
})

t.test('a code with a nonce is good for one use, at either host', async (t) => {
  const emulator = build(t)
  for (const exchange of [
    async (code: string) => await askToken(emulator, { ...CODE, code }),
    async (code: string) => await postForm(emulator, { ...codeForm(code), client_id: CLIENT, redirect_uri: BACK })
  ]) {
    const code = await codeFor(emulator, { nonce: 'n' })
    t.match(code, /^[\w-]{43}\.bg$/)
    t.equal((await exchange(code)).statusCode, 200)
    refusedAs(t, await askToken(emulator, { ...CODE, code }), { error: 'invalid_grant', number: 70000, description: 'The code was not issued here, or was used already, and no user has it as XUID or gamertag.' })
  }
  const inQuery = await codeFor(emulator, { scope: 'openid', nonce: 'n' })
  const { id_token: id } = (await askToken(emulator, CODE, { query: `?code=${inQuery}` })).json()
  t.equal(claimsOf(id)['nonce'], 'n')
  for (const name of ['CODE', 'Code']) {
    const { id_token: id } = (await askToken(emulator, { ...CODE, [name]: await codeFor(emulator, { scope: 'openid', nonce: name }) })).json()
    t.equal(claimsOf(id)['nonce'], name)
  }
  const twice = await codeFor(emulator, { nonce: 'n' })
  refusedAs(t, await askToken(emulator, `${new URLSearchParams({ client_id: CLIENT, ...CODE, code: twice })}&code=other`), { error: 'invalid_request', number: 9002313, description: 'code was given 2 times; expected once.' })
  t.equal((await askToken(emulator, { ...CODE, code: twice })).statusCode, 200, 'a refusal uses no code up')
  const { app } = build(t, { world: { users: [{ xuid: '1', gamertag: 'first.last' }] } })
  t.equal((await askToken({ app }, { ...CODE, code: 'first.last' })).statusCode, 200, 'a gamertag with a dot')
})

t.test('a refresh token gives the next ones, at either host', async (t) => {
  const emulator = build(t)
  const first = (await askToken(emulator, { ...CODE, code: await codeFor(emulator, { scope: ALL }) })).json()
  for (const [form, scope] of [[{}, ALL], [{ scope: 'XboxLive.signin offline_access' }, 'XboxLive.signin offline_access'], [{ scope: 'openid' }, 'openid']] as const) {
    const { scope: given, refresh_token: refresh, id_token: id } = (await askToken(emulator, { grant_type: 'refresh_token', refresh_token: first.refresh_token, ...form }, { tenant: 'common' })).json()
    t.strictSame([given, refresh !== undefined, id !== undefined], [scope, scope.includes('offline'), scope.includes('openid')])
  }
  t.equal((await postForm(emulator, { ...refreshForm(first.refresh_token), client_id: CLIENT })).statusCode, 200)
  refusedAs(t, await askToken(emulator, { grant_type: 'refresh_token', refresh_token: first.refresh_token, client_id: 'other' }), { error: 'invalid_grant', number: 70000, description: 'The refresh token was issued to another client_id.' })
  t.ok(await signIn(emulator, `d=${first.access_token}`), 'the access token is a ticket')
})

t.test('a device code, by either name of its grant', async (t) => {
  const emulator = build(t)
  for (const grant of ['device_code', 'urn:ietf:params:oauth:grant-type:device_code', 'URN:ietf:params:oauth:grant-type:device_code']) {
    const asked = await askDeviceCode(emulator)
    const { device_code: code, user_code: userCode, ...rest } = asked.json()
    t.match([code, userCode], [TOKEN, /^[A-Z0-9]{8}$/])
    const page = 'http://localhost:80/oauth20_remoteconnect.srf'
    t.strictSame([asked.statusCode, rest], [200, { verification_uri: page, expires_in: 900, interval: 5, message: `To sign in, open ${page} in a browser and enter the code ${userCode}.` }])
    // MSAL sends it under both names.
    const poll = async () => await askToken(emulator, { grant_type: grant, device_code: code, code, client_info: '1' })
    refusedAs(t, await poll(), { error: 'authorization_pending', number: 70016, description: `Nobody has entered ${userCode} yet.` })
    emulator.run('deviceCode.decide', { userCode, decision: 'approve', xuid: GAMER, now: NOW })
    const { scope, refresh_token: refresh } = (await poll()).json()
    t.equal(scope, 'XboxLive.signin offline_access')
    t.match(refresh, TOKEN)
  }
  const named = await emulator.app.inject({ method: 'POST', url: '/common/oauth2/v2.0/devicecode', headers: { host: 'login.microsoftonline.com' }, payload: `client_id=${CLIENT}&scope=x` })
  t.equal(named.json().verification_uri, 'https://login.live.com/oauth20_remoteconnect.srf', 'a page of the other host')
})

t.test('a device code of a configured user is approved already', async (t) => {
  const emulator = build(t, { config: { signInAs: 'friend' } })
  const { device_code: code } = (await askDeviceCode(emulator, { scope: 'openid' })).json()
  t.equal(claimsOf((await askToken(emulator, { grant_type: 'device_code', device_code: code })).json().id_token)['name'], 'friend')
})
