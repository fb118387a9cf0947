import t, { type Test } from 'tap'
import { build, GAMER, listOf, NOW } from '../helper.ts'
import { OTHER_SCID, title, user } from '../world-parts.ts'
import { authorize, codeForm, post, postForm, postXsts } from './client.ts'
import { deviceTokenOf, postSisu, sessionOf, sisuBody, sisuStart } from './xal-client.ts'

const DAY = 86_400_000
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const TOKEN = /^[\w-]{43}$/
const GAMER_HASH = '4726078111575463039'
const PRIVILEGES = '188 191 192 193 194 195 196 198 199 200 201 203 204 205 206 208 211 214 215 216 217 220 224 227 228 235 238 245 247 249 252 254 255'
const GAMER_CLAIMS = { gtg: 'gamer', xid: GAMER, uhs: GAMER_HASH, agg: 'Adult', usr: '234', prv: PRIVILEGES }
const WEB_PAGE = 'https://sisu.xboxlive.com/client/v27/000000004c20a908/view/index.html'

function refused (t: Test, response: Awaited<ReturnType<typeof post>>, XErr: number, what: string, Redirect?: string): void {
  t.strictSame([response.statusCode, response.headers['www-authenticate'], response.headers['x-err']], [401, 'XBL3.0', String(XErr)], what)
  t.match(response.headers['x-sessionid'], GUID, what)
  t.strictSame(response.json(), { Identity: '0', XErr, Message: '', ...Redirect !== undefined && { Redirect }, WebPage: WEB_PAGE }, what)
}

t.test('where a person signs in', async (t) => {
  const emulator = build(t)
  const payload = sisuStart(await deviceTokenOf(emulator))
  const query = 'lw=1&fl=dob%2Ceasi2&xsup=1&display=android_phone&code_challenge=Y2hhbGxlbmdl&code_challenge_method=S256&state=xyz&client_id=000000004c20a908&response_type=code' +
    '&scope=service%3A%3Auser.auth.xboxlive.com%3A%3AMBI_SSL&redirect_uri=ms-xal-000000004c20a908%3A%2F%2Fauth&nopa=2'
  for (const [host, origin] of [
    ['sisu.xboxlive.com', 'https://login.live.com'],
    ['SISU.xboxlive.com:443', 'https://login.live.com'],
    ['sisu.xboxlive.com.', 'https://login.live.com'],
    ['sisu.xboxlive.com:5443', 'https://login.live.com:5443'],
    ['localhost:5280', 'http://localhost:5280'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['[::1]:5280', 'http://[::1]:5280']
  ] as const) {
    const response = await emulator.app.inject({ method: 'POST', url: '/authenticate', headers: { host }, payload })
    t.equal(response.statusCode, 200, host)
    t.match(response.headers['x-sessionid'], GUID, host)
    t.strictSame(response.json(), { MsaOauthRedirect: `${origin}/oauth20_authorize.srf?${query}`, MsaRequestParameters: {} }, host)
  }
})

t.test('what a request leaves out, and what it cannot override', async (t) => {
  const emulator = build(t)
  const device = await deviceTokenOf(emulator)
  const parametersOf = async (members: object): Promise<object> =>
    Object.fromEntries(new URL((await post(emulator, '/authenticate', sisuStart(device, members))).json().MsaOauthRedirect).searchParams)
  const fixed = { lw: '1', fl: 'dob,easi2', xsup: '1', client_id: '000000004c20a908', response_type: 'code', redirect_uri: 'ms-xal-000000004c20a908://auth', nopa: '2' }
  const scope = 'service::user.auth.xboxlive.com::MBI_SSL'
  t.strictSame(await parametersOf({ Query: undefined, Offers: undefined, TokenType: undefined, Sandbox: undefined, TitleId: undefined }), { ...fixed, scope })
  t.strictSame(await parametersOf({ Offers: ['a', 'b c'], TitleId: 1016898439, Query: { client_id: 'evil', redirect_uri: 'https://evil.example/', response_type: 'token', scope: 'all', lw: '0', state: 'a&b' } }),
    { ...fixed, lw: '0', scope: 'a b c', state: 'a&b' })
})

t.test('all tokens at once', async (t) => {
  const emulator = build(t)
  const DeviceToken = await deviceTokenOf(emulator)
  const response = await post(emulator, '/authorize', sisuBody(DeviceToken))
  t.equal(response.statusCode, 200)
  const { TitleToken, UserToken, AuthorizationToken, ...rest } = response.json()
  t.strictSame(rest, { DeviceToken, WebPage: WEB_PAGE, Sandbox: 'RETAIL' })
  const envelope = { IssueInstant: '2020-06-15T12:00:00.0000000Z', NotAfter: '2020-06-29T12:00:00.0000000Z' }
  for (const [token, expected] of [
    [TitleToken, { ...envelope, DisplayClaims: { xti: { tid: '1016898439' } } }],
    [UserToken, { ...envelope, DisplayClaims: { xui: [{ uhs: GAMER_HASH }] } }],
    [AuthorizationToken, { ...envelope, NotAfter: '2020-06-16T04:00:00.0000000Z', DisplayClaims: { xui: [GAMER_CLAIMS] } }]
  ] as const) {
    const { Token, ...others } = token
    t.match(Token, TOKEN)
    t.strictSame(others, expected)
  }
  t.equal((await emulator.get(listOf(GAMER), { session: sessionOf(AuthorizationToken) })).statusCode, 200)
  const [userHash = '', token = ''] = sessionOf(AuthorizationToken).split(';')
  t.equal(emulator.store.sessions.find({ userHash, token })[0]?.titleId, 1016898439)
  // What was issued leads to tokens for other parties, and to further ones.
  const further = await postXsts(emulator, UserToken.Token, { DeviceToken, TitleToken: TitleToken.Token })
  t.strictSame(further.json().DisplayClaims, { xui: [GAMER_CLAIMS] })
})

t.test('what clients add and leave out', async (t) => {
  const emulator = build(t)
  for (const [members, xui, further] of [
    [{ UseModernGamertag: true, RelyingParty: undefined }, { ...GAMER_CLAIMS, mgt: 'gamer', mgs: '', umg: 'gamer' }, { UseModernGamertag: true }],
    [{ UseModernGamertag: false, RelyingParty: 'https://xboxlive.com', SessionId: 'any', ProofKey: {} }, GAMER_CLAIMS, {}],
    [{ RelyingParty: 'http://events.xboxlive.com', UseModernGamertag: true, AccessToken: `d=${GAMER}` }, { uhs: GAMER_HASH }, { UseModernGamertag: true }],
    [{ SiteName: undefined, Sandbox: undefined, AccessToken: 'gamer' }, GAMER_CLAIMS, {}]
  ] as const) {
    const response = await postSisu(emulator, members)
    t.equal(response.statusCode, 200)
    const { DeviceToken, TitleToken, UserToken, AuthorizationToken, WebPage, Sandbox, ...rest } = response.json()
    t.strictSame([AuthorizationToken.DisplayClaims, Sandbox, rest], [{ xui: [xui] }, 'RETAIL', further])
  }
})

t.test('a body that goes on with text which is not JSON, as Octelys sends it', async (t) => {
  const emulator = build(t)
  const payload = `${JSON.stringify(sisuBody(await deviceTokenOf(emulator), { UseModernGamertag: true }))},"ProofKey":{"alg":"ES256"}}`
  const response = await emulator.app.inject({ method: 'POST', url: '/authorize', headers: { 'content-type': 'text/plain' }, payload })
  t.strictSame([response.statusCode, response.json().AuthorizationToken.DisplayClaims.xui[0].xid], [200, GAMER])
})

t.test('the title is that of AppId, else that of the access token\'s application, else the only one of the world', async (t) => {
  const one = [title({ clientIds: ['my-app'] })]
  const two = [...one, title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, achievements: [] })]
  for (const [titles, dialect, AppId, clientId, tid] of [
    [two, 'documented', 'MY-APP', 'other', '1'],
    [two, 'documented', '000000004C12AE6F', 'my-app', '328178078'],
    [two, 'documented', 'other', 'my-app', '1'],
    [one, 'live', 'other', '000000004c12ae6f', '328178078'],
    [two, 'live', 'other', 'another', undefined],
    [one, 'live', 'other', 'another', '1'],
    [one, 'documented', 'other', 'another', undefined]
  ] as const) {
    const emulator = build(t, { config: { dialect }, world: { titles, users: [user({ gamertag: 'gamer' })] } })
    const code = new URL((await authorize(emulator, { client_id: clientId, login_hint: 'gamer' })).headers.location as string).searchParams.get('code') as string
    const { access_token: ticket } = (await postForm(emulator, { ...codeForm(code), client_id: clientId, redirect_uri: 'http://localhost:8080/cb' })).json()
    const { TitleToken, AuthorizationToken } = (await postSisu(emulator, { AppId, AccessToken: `t=${ticket}` })).json()
    const what = JSON.stringify([titles.length, dialect, AppId, clientId])
    t.strictSame(TitleToken.DisplayClaims, { xti: tid === undefined ? {} : { tid } }, what)
    const [userHash = '', token = ''] = sessionOf(AuthorizationToken).split(';')
    t.equal(emulator.store.sessions.find({ userHash, token })[0]?.titleId, tid === undefined ? null : Number(tid), what)
  }
})

t.test('what is not good is refused with the number in a header, too', async (t) => {
  let now = NOW
  const world = { users: [user({ gamertag: 'gamer' }), user({ xuid: '2', gamertag: 'child', signInError: 2148916238 })] }
  const emulator = build(t, { now: () => now, world })
  const device = await deviceTokenOf(emulator)
  const ask = async (members: object) => await post(emulator, '/authorize', sisuBody(device, members))
  refused(t, await ask({ DeviceToken: await deviceTokenOf(build(t)) }), 2148916259, 'a device token of elsewhere')
  refused(t, await post(emulator, '/authenticate', sisuStart('x')), 2148916259, 'at the start')
  refused(t, await ask({ AccessToken: 't=nobody' }), 2148916233, 'nobody', 'https://start.ui.xboxlive.com/CreateAccount')
  refused(t, await ask({ AccessToken: 't=child' }), 2148916238, 'whom the world does not let in', 'https://start.ui.xboxlive.com/AddChildToFamily')
  refused(t, await ask({ Sandbox: 'NONE.1' }), 2148916242, 'a sandbox')
  const session = '0f8fad5b-d9cb-469f-a165-70867728950e'
  t.equal((await ask({ Sandbox: 'NONE.1', SessionId: session })).headers['x-sessionid'], session, 'the session that was sent')
  for (const SessionId of ['a\r\nb', 'é', 'a b', 'x'.repeat(129)]) refused(t, await ask({ Sandbox: 'NONE.1', SessionId }), 2148916242, 'one that no header can have')
  now = NOW + 14 * DAY
  for (const [url, body] of [['/authorize', sisuBody(device)], ['/authenticate', sisuStart(device)]] as const) refused(t, await post(emulator, url, body), 2148916256, 'an ended device token')
  const odd = await post(emulator, '/authorize', sisuBody(device, { AppId: '../é\ud800"' }))
  t.equal(odd.json().WebPage, 'https://sisu.xboxlive.com/client/v27/..%2F%C3%A9%EF%BF%BD%22/view/index.html')
})

t.test('what fails otherwise is answered as everywhere', async (t) => {
  const emulator = build(t)
  const device = await deviceTokenOf(emulator)
  emulator.database.pragma('query_only = ON')
  const response = await post(emulator, '/authorize', sisuBody(device))
  t.strictSame([response.statusCode, response.headers['x-err'], response.json().errorCode], [503, undefined, 5300])
  emulator.database.pragma('query_only = OFF')
  t.equal((await post(emulator, '/authorize', sisuBody(device))).statusCode, 200)
})

t.test('a refusal says what is wrong with the body, and repeats no token', async (t) => {
  const emulator = build(t)
  for (const [url, body, message] of [
    ['/authenticate', '', 'The body: missing, expected an object with AppId, RedirectUri and DeviceToken.'],
    ['/authenticate', '"SECRET', 'The body is not JSON.'],
    ['/authenticate', sisuStart('SECRET', { AppId: '' }), 'The body, at /AppId: found "", expected the client id of an application, of at most 2048 characters.'],
    ['/authenticate', sisuStart('SECRET', { RedirectUri: undefined }), 'The body, at /RedirectUri: missing, expected a URI.'],
    ['/authenticate', sisuStart(''), 'The body, at /DeviceToken: expected a device token.'],
    ['/authenticate', sisuStart('SECRET', { TitleId: [] }), 'The body, at /TitleId: found [], expected a decimal title id.'],
    ['/authenticate', sisuStart('SECRET', { TokenType: 'token' }), 'The body, at /TokenType: found "token", expected "code".'],
    ['/authenticate', sisuStart('SECRET', { Offers: [] }), 'The body, at /Offers: found [], expected a list of scopes.'],
    ['/authenticate', sisuStart('SECRET', { Query: ['SECRET'] }), 'The body, at /Query: expected an object of strings.'],
    ['/authenticate', sisuStart('SECRET', { Query: { state: ['SECRET'] } }), 'The body, at /Query/state: expected a string.'],
    ['/authenticate', sisuStart('SECRET', { Offers: [5] }), 'The body, at /Offers/0: found 5, expected a string.'],
    ['/authorize', '[]', 'The body: expected an object with AccessToken, AppId and DeviceToken.'],
    ['/authorize', sisuBody('SECRET', { AccessToken: 7 }), 'The body, at /AccessToken: expected an access token.'],
    ['/authorize', sisuBody({ SECRET: 1 }), 'The body, at /DeviceToken: expected a device token.'],
    ['/authorize', sisuBody('SECRET', { Sandbox: 'no sandbox' }), 'The body, at /Sandbox: found "no sandbox", expected a sandbox id, e.g. "RETAIL".'],
    ['/authorize', sisuBody('SECRET', { UseModernGamertag: 'true' }), 'The body, at /UseModernGamertag: found "true", expected true or false.'],
    ['/authorize', sisuBody('SECRET', { SessionId: ['SECRET'] }), 'The body, at /SessionId: expected a session id.']
  ] as const) {
    const response = await post(emulator, url, body)
    t.strictSame([response.statusCode, response.json()], [400, { errorCode: 4000, errorMessage: message }], `${url} ${JSON.stringify(body)}`)
  }
})
