import { createHash } from 'node:crypto'
import t from 'tap'
import { build, FRIEND, GAMER } from '../helper.ts'
import { askAuthorize, askToken, BACK, backOf, claimsOf, CLIENT, codeFor, refusedAs } from './microsoft-client.ts'
import { page, policyOf } from './page.ts'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CODE = /^[\w-]{43}$/
const CROSS_SITE = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

t.test('leads back with a code, in the query or in the fragment', async (t) => {
  const emulator = build(t)
  for (const [query, part] of [[{}, 'query'], [{ response_mode: 'query' }, 'query'], [{ response_mode: 'FRAGMENT' }, 'fragment']] as const) {
    const response = await askAuthorize(emulator, { login_hint: 'gamer', state: 'a b&c=ü', ...query })
    t.strictSame([response.statusCode, response.body], [302, ''])
    const { to, [part]: answer, [part === 'query' ? 'fragment' : 'query']: nothing } = backOf(response)
    t.strictSame([to, nothing], [BACK, {}])
    t.match(answer, { code: CODE, state: 'a b&c=ü' })
    t.equal((await askToken(emulator, { grant_type: 'authorization_code', code: answer['code'] as string, redirect_uri: BACK })).statusCode, 200)
  }
  const kept = backOf(await askAuthorize(emulator, { login_hint: FRIEND, redirect_uri: `${BACK}?mine=1`, client_info: '1', 'client-request-id': 'x', claims: '{}', domain_hint: 'consumers' }))
  t.strictSame(Object.keys(kept.query), ['mine', 'code'], 'without a state')
})

t.test('a page asks who signs in, and each of its links repeats the request', async (t) => {
  const emulator = build(t, { world: { users: [{ xuid: '1', gamertag: 'ann' }] } })
  const asked = { scope: 'openid a', state: 's', response_mode: 'fragment', nonce: 'n & n', code_challenge: VERIFIER, code_challenge_method: 'plain' }
  const response = await askAuthorize(emulator, asked)
  t.strictSame([response.statusCode, response.headers['content-type'], response.headers['content-security-policy']], [200, 'text/html; charset=utf-8', policyOf("'none'")])
  const [, href = ''] = /<li><a href="([^"]*)">ann<\/a> \(1\)<\/li>/.exec(response.body) ?? []
  t.equal(response.body, page(`Who signs in to ${CLIENT}?`, `<ul>
<li><a href="${href}">ann</a> (1)</li>
</ul>
`))
  const link = new URL(href.replaceAll('&amp;', '&'), 'http://localhost/consumers/oauth2/v2.0/authorize')
  t.strictSame(Object.fromEntries(link.searchParams), { client_id: CLIENT, response_type: 'code', redirect_uri: BACK, ...asked, login_hint: '1' })
  const { fragment: { code = '', state } } = backOf(await emulator.app.inject(link.pathname + link.search))
  t.equal(state, 's')
  const { id_token: token } = (await askToken(emulator, { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: VERIFIER })).json()
  t.match(claimsOf(token), { name: 'ann', nonce: 'n & n' })

  const plain = (await askAuthorize(emulator)).body
  t.match(plain, `href="?client_id=${CLIENT}&amp;response_type=code&amp;redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fback&amp;scope=XboxLive.signin&amp;login_hint=1"`)
  for (const query of [{ login_hint: '' }, { login_hint: 'nobody@example.com' }]) t.equal((await askAuthorize(emulator, query)).body, plain, JSON.stringify(query))
})

t.test('another site leads to the page, and may not choose who signs in', async (t) => {
  const emulator = build(t)
  const response = await askAuthorize(emulator, { login_hint: 'gamer' }, CROSS_SITE)
  t.strictSame([response.statusCode, response.headers['content-type']], [200, 'text/html; charset=utf-8'])
  const named = await askAuthorize(emulator, { login_hint: FRIEND }, CROSS_SITE)
  t.strictSame([response, named].map(({ body }) => / \((\d+)\)<\/li>/.exec(body)?.[1]), [GAMER, FRIEND], 'whom it names comes first')
  const silent = backOf(await askAuthorize(emulator, { login_hint: 'gamer', prompt: 'none' }, CROSS_SITE))
  t.strictSame(silent.query, { error: 'login_required', error_description: 'AADSTS50058: prompt is none, and a page of another site led here, which may not choose who signs in.' })
})

t.test('a configured user signs in when nobody is named, and prompt=none asks nobody', async (t) => {
  const [plain, configured] = [build(t), build(t, { config: { signInAs: 'gamer' } })]
  t.match(backOf(await askAuthorize(configured)).query, { code: CODE })
  t.match(backOf(await askAuthorize(configured, { prompt: 'none' })).query, { code: CODE })
  t.match(backOf(await askAuthorize(plain, { prompt: 'NONE', login_hint: 'gamer' })).query, { code: CODE })
  t.equal((await askAuthorize(plain, { prompt: 'select_account' })).statusCode, 200)
  for (const query of [{}, { login_hint: 'nobody' }]) {
    t.strictSame(backOf(await askAuthorize(plain, { ...query, prompt: 'none', state: 's' })).query,
      { error: 'login_required', error_description: 'AADSTS50058: prompt is none, and login_hint names no user of the world.', state: 's' })
  }
})

t.test('what is wrong is told where it leads back to', async (t) => {
  const emulator = build(t)
  const mode = 'response_mode is none that this host takes; expected query or fragment.'
  for (const [query, error, description] of [
    [{ response_type: undefined }, 'invalid_request', 'AADSTS900144: response_type is missing; expected code or token.'],
    [{ response_type: 'id_token' }, 'unsupported_response_type', 'AADSTS70005: response_type is "id_token"; expected code or token.'],
    [{ response_type: 'token' }, 'unsupported_response_type', 'AADSTS70005: response_type is "token"; expected code.'],
    [{ scope: undefined }, 'invalid_request', 'AADSTS900144: scope is missing; expected the scopes, separated by blanks.'],
    [{ scope: '' }, 'invalid_request', 'AADSTS900144: scope is missing; expected the scopes, separated by blanks.'],
    [{ response_mode: 'form_post' }, 'invalid_request', `AADSTS70007: ${mode}`],
    [{ response_mode: '' }, 'invalid_request', `AADSTS70007: ${mode}`],
    [{ code_challenge: 'x', code_challenge_method: 'S512' }, 'invalid_request', 'AADSTS9002313: code_challenge_method is "S512"; expected S256 or plain.']
  ] as const) {
    const { to, query: told } = backOf(await askAuthorize(emulator, { login_hint: 'gamer', state: 's', ...query }))
    t.strictSame([to, told], [BACK, { error, error_description: description, state: 's' }])
  }
  const { fragment } = backOf(await askAuthorize(emulator, { scope: undefined, response_mode: 'fragment' }))
  t.equal(fragment['error'], 'invalid_request')
})

t.test('nobody is led to an address that is not allowed', async (t) => {
  const emulator = build(t, { config: { redirectUris: 'https://app.example/cb' } })
  t.match(backOf(await askAuthorize(emulator, { login_hint: 'gamer', redirect_uri: 'https://app.example/cb' })), { to: 'https://app.example/cb', query: { code: CODE } })
  const expected = 'expected an http or https address of this machine, https://login.live.com/oauth20_desktop.srf, ms-xal-<client_id>://auth, or one of --redirect-uris.'
  for (const redirect of ['https://app.example/cb/', 'https://evil.example/', 'javascript:alert(1)', '//evil.example']) {
    refusedAs(t, await askAuthorize(emulator, { login_hint: 'gamer', redirect_uri: redirect }), { error: 'invalid_request', number: 9002313, description: `redirect_uri is ${JSON.stringify(redirect)}; ${expected}` })
  }
  for (const [name, what] of [['redirect_uri', 'where the sign-in leads back to'], ['client_id', 'the id of the application']] as const) {
    refusedAs(t, await askAuthorize(emulator, { [name]: undefined }), { error: 'invalid_request', number: 900144, description: `${name} is missing; expected ${what}.` })
  }
})

t.test('a verifier has to meet its challenge, and the code leads back to where it was asked for', async (t) => {
  const emulator = build(t)
  const code = await codeFor(emulator, { code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'), code_challenge_method: 'S256' })
  const exchange = async (form: Record<string, string>) => await askToken(emulator, { grant_type: 'authorization_code', code, redirect_uri: BACK, ...form })
  refusedAs(t, await exchange({}), { error: 'invalid_grant', number: 501481, description: 'code_verifier is missing; expected that of the code_challenge of the sign-in.' })
  refusedAs(t, await exchange({ code_verifier: 'x' }), { error: 'invalid_grant', number: 501481, description: 'code_verifier does not meet the code_challenge of the sign-in (S256).' })
  refusedAs(t, await exchange({ code_verifier: VERIFIER, redirect_uri: 'http://localhost:3000/' }), { error: 'invalid_grant', number: 500112, description: 'redirect_uri is not that of the sign-in.' })
  t.equal((await exchange({ code_verifier: VERIFIER })).statusCode, 200)
})

t.test('a page of many users can be searched, and a search signs nobody in', async (t) => {
  const users = Array.from({ length: 20 }, (_none, index) => ({ xuid: String(index), gamertag: `g${index}` }))
  const emulator = build(t, { world: { users }, config: { signInAs: 'g1' } })
  const { body, statusCode, headers } = await askAuthorize(emulator, { nonce: 'n"', login_hint: 'g2', gamertag: 'g19' })
  t.strictSame([statusCode, headers['content-security-policy']], [200, policyOf("'self'")])
  const [, href = ''] = /<li><a href="([^"]*)">/.exec(body) ?? []
  t.equal(body, page(`Who signs in to ${CLIENT}?`, `<form>
<input type="hidden" name="client_id" value="${CLIENT}">
<input type="hidden" name="response_type" value="code">
<input type="hidden" name="redirect_uri" value="${BACK}">
<input type="hidden" name="scope" value="XboxLive.signin">
<input type="hidden" name="nonce" value="n&quot;">
<label>Gamertags that begin with <input type="search" name="gamertag" value="g19"></label>
<button>Search</button>
</form>
<ul>
<li><a href="${href}">g19</a> (19)</li>
</ul>
`))
  t.match(backOf(await emulator.app.inject(`/consumers/oauth2/v2.0/authorize${href.replaceAll('&amp;', '&')}`)).query, { code: /\..*/ })
})

t.test('a code that cannot be stored is told on the spot, in the form of the host', async (t) => {
  const emulator = build(t)
  emulator.database.pragma('query_only = ON')
  const response = await askAuthorize(emulator, { login_hint: 'gamer' })
  t.strictSame([response.statusCode, response.headers.location], [503, undefined])
  t.match(response.json(), { error: 'temporarily_unavailable', error_codes: [90033] })
  emulator.database.pragma('query_only = OFF')
  t.equal((await askAuthorize(emulator, { login_hint: 'gamer' })).statusCode, 302)
})
