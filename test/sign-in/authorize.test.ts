import t from 'tap'
import { formatValue } from '../../src/base/validation.ts'
import { command } from '../control/client.ts'
import { build, FRIEND, GAMER } from '../helper.ts'
import { authorize, codeForm, errorOf, postForm, refusedAs } from './client.ts'
import { page, policyOf } from './page.ts'

const NOBODY = { error: 'access_denied', error_description: 'login_hint is "nobody"; expected the gamertag or XUID of a user of the world.' }

/** The query of a request for a code, as the page repeats it. */
const queryOf = (more = '', clientId = 'my-app'): string => `client_id=${clientId}&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcb${more}`
const linkTo = (xuid: string, query: string): string => `/oauth20_authorize.srf?${query}&login_hint=${xuid}`.replaceAll('&', '&amp;')

const signInPage = (clientId: string, entries: string, query: string, search = ''): string => page(`Who signs in to ${clientId}?`, `<script type="application/json">{"urlPost":"http://localhost:80/ppsecure/post.srf?${query}"}</script>
<input type="hidden" name="PPFT" value="PPFT"/>
<script type="text/plain">urlPost:'http://localhost:80/ppsecure/post.srf?request=${Buffer.from(query).toString('base64url')}',
sFTTag:'<input type="hidden" name="PPFT" value="PPFT"/>'</script>
${search}<ul>
${entries}</ul>
`)

/** The page without its tokens, which are others each time. */
const plain = (body: string): string => body.replaceAll(/-[\da-z]+\*[\w-]{43}/g, 'PPFT')

t.test('a page that lists the users', async (t) => {
  const emulator = build(t, { world: { users: [{ xuid: '1', gamertag: 'ann' }, { xuid: '2', gamertag: '<b>"O\'Neil" & sons' }] } })
  const asked = { client_id: '<my> & "app"', scope: 'x', state: 'a&b' }
  const response = await authorize(emulator, asked)
  t.equal(response.statusCode, 200)
  const { 'ms-cv': vector, date, ...headers } = response.headers
  t.strictSame({ ...headers }, {
    'cache-control': 'no-cache, no-store',
    pragma: 'no-cache',
    expires: '-1',
    'x-content-type-options': 'nosniff',
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyOf("'none'"),
    'referrer-policy': 'no-referrer',
    'set-cookie': 'MSPRequ=emulator; Path=/; HttpOnly; SameSite=Lax',
    'content-length': String(Buffer.byteLength(response.body)),
    connection: 'keep-alive'
  })
  const query = queryOf('&scope=x&state=a%26b', '%3Cmy%3E+%26+%22app%22')
  t.equal(plain(response.body), signInPage('&lt;my&gt; &amp; &quot;app&quot;',
    `<li><a href="${linkTo('1', query)}">ann</a> (1)</li>\n<li><a href="${linkTo('2', query)}">&lt;b&gt;&quot;O&#39;Neil&quot; &amp; sons</a> (2)</li>\n`, query))
  t.equal(plain((await authorize(emulator, { ...asked, LOGIN_HINT: '' })).body), plain(response.body), 'an empty hint is none')

  const followed = await emulator.app.inject(linkTo('2', query).replaceAll('&amp;', '&'))
  t.equal(followed.statusCode, 302)
  const location = new URL(followed.headers.location as string)
  t.strictSame([location.origin, location.pathname, [...location.searchParams.keys()], location.searchParams.get('state')], ['http://localhost:8080', '/cb', ['code', 'state'], 'a&b'])
  t.equal((await postForm(emulator, { ...codeForm(location.searchParams.get('code') as string), client_id: asked.client_id })).json().scope, 'x')
})

t.test('the page of a world without users, and of one with very many', async (t) => {
  t.equal(plain((await authorize(build(t, { world: {} }), {})).body), signInPage('my-app', '', queryOf()).replace('</ul>\n', '</ul>\n<p>The world has no users.</p>\n'))
  const users = Array.from({ length: 1002 }, (_, index) => ({ xuid: String(index), gamertag: `user ${index}` }))
  const { body } = await authorize(build(t, { world: { users } }), {})
  t.equal(body.match(/<li>/g)?.length, 1000)
  t.match(body, '</ul>\n<p>And 2 more: search for them, or name one with login_hint, a gamertag or XUID.</p>\n<footer')
})

t.test('a page of many users can be searched', async (t) => {
  const users = Array.from({ length: 122 }, (_, index) => ({ xuid: String(index), gamertag: `${index < 102 ? 'Ann' : 'bob'} "${index}"` }))
  const search = (repeated: string, searched: string): string => `<form action="/oauth20_authorize.srf">
${repeated}<label>Gamertags that begin with <input type="search" name="gamertag" value="${searched}"></label>
<button>Search</button>
</form>
`
  const repeated = ['client_id" value="my-app', 'response_type" value="code', 'redirect_uri" value="http://localhost:8080/cb', 'state" value="&lt;&amp;&quot;'].map((field) => `<input type="hidden" name="${field}">\n`).join('')
  const query = queryOf('&state=%3C%26%22')
  const emulator = build(t, { world: { users } })
  const asked = { state: '<&"' }
  const entry = (index: number): string => `<li><a href="${linkTo(String(index), query)}">bob &quot;${index}&quot;</a> (${index})</li>\n`
  const found = await authorize(emulator, { ...asked, gamertag: 'BOB "12' })
  t.equal(found.headers['content-security-policy'], policyOf("'self'"))
  t.equal(plain(found.body), signInPage('my-app', entry(120) + entry(121), query, search(repeated, 'BOB &quot;12')))
  t.equal(plain((await authorize(emulator, { ...asked, gamertag: 'x', login_hint: 'ann "1"' })).body),
    signInPage('my-app', '', query, search(repeated, 'x')).replace('</ul>\n', '</ul>\n<p>No gamertag begins so.</p>\n'), 'who is named is not signed in by a search')
  const many = (await authorize(emulator, { gamertag: 'a' })).body
  t.equal(many.match(/<li>/g)?.length, 100)
  t.match(many, '</ul>\n<p>And more: search for more of the name.</p>\n<footer')
  const all = (await authorize(emulator, { gamertag: '' })).body
  t.equal(all.match(/<li>/g)?.length, 122)
  t.match(all, 'name="gamertag" value="">')
  t.notMatch(all, '<p>')

  for (const [count, isSearched] of [[19, false], [20, true]] as const) {
    const { body, headers } = await authorize(build(t, { world: { users: users.slice(0, count) } }), {})
    t.strictSame([body.includes('<form'), headers['content-security-policy']], [isSearched, policyOf(isSearched ? "'self'" : "'none'")], String(count))
  }
})

t.test('a script names the user', async (t) => {
  const emulator = build(t)
  for (const [hint, state, expected] of [
    ['gamer', undefined, /^http:\/\/localhost:8080\/cb\?code=[\w-]{43}$/],
    ['GAMER', '', /^http:\/\/localhost:8080\/cb\?code=[\w-]{43}&state=$/],
    [FRIEND, 'a b&c=d#e%26\r\nX: y"<', /^http:\/\/localhost:8080\/cb\?code=[\w-]{43}&state=a\+b%26c%3Dd%23e%2526%0D%0AX%3A\+y%22%3C$/]
  ] as const) {
    const response = await authorize(emulator, { login_hint: hint, ...state !== undefined && { state } })
    t.strictSame([response.statusCode, response.body], [302, ''])
    t.match(response.headers.location, expected)
  }
  const unknown = await authorize(emulator, { login_hint: 'nobody', state: 's' })
  t.strictSame([unknown.statusCode, errorOf(unknown)], [302, { ...NOBODY, state: 's' }])
})

t.test('another site leads a person to the page, where the person chooses who signs in', async (t) => {
  const emulator = build(t, { world: { users: [{ xuid: '1', gamertag: 'ann' }, { xuid: '2', gamertag: 'bob' }] } })
  const codes = (): unknown => emulator.database.prepare("SELECT count(*) FROM sign_in_token WHERE kind = 'code'").pluck().get()
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const hinted = { login_hint: 'BOB' }
  const entry = (xuid: string, name: string): string => `<li><a href="${linkTo(xuid, queryOf())}">${name}</a> (${xuid})</li>\n`
  const [ann, bob] = [entry('1', 'ann'), entry('2', 'bob')]
  for (const headers of [
    { 'sec-fetch-site': 'cross-site', ...navigation }, { 'sec-fetch-site': 'cross-site', 'sec-fetch-user': '?1', ...navigation }, { 'sec-fetch-site': 'whatever', ...navigation }
  ]) {
    const response = await authorize(emulator, hinted, headers)
    t.strictSame([response.statusCode, response.headers.location, plain(response.body)], [200, undefined, signInPage('my-app', bob + ann, queryOf())], JSON.stringify(headers))
    t.equal(response.headers['content-security-policy'], policyOf("'none'"))
    t.equal(plain((await authorize(emulator, {}, headers)).body), signInPage('my-app', ann + bob, queryOf()))
    t.strictSame(errorOf(await authorize(emulator, { login_hint: 'nobody' }, headers)), NOBODY)
  }
  for (const site of ['cross-site', 'same-site']) {
    for (const dest of ['image', 'iframe', 'frame', 'embed', 'object', 'script', 'style', 'empty', undefined]) {
      for (const mode of ['navigate', 'no-cors', 'cors', undefined]) {
        const headers = { 'sec-fetch-site': site, ...dest !== undefined && { 'sec-fetch-dest': dest }, ...mode !== undefined && { 'sec-fetch-mode': mode } }
        t.equal((await authorize(emulator, hinted, headers)).statusCode, 403, JSON.stringify(headers))
      }
    }
  }
  t.equal((await authorize(emulator, hinted, { 'sec-fetch-site': 'none', 'sec-purpose': 'prefetch', ...navigation })).statusCode, 403, 'as Chromium prefetches by speculation rules')
  t.equal((await authorize(emulator, hinted, { origin: 'http://evil.example' })).statusCode, 403)
  t.equal((await authorize(emulator, hinted, { host: 'evil.example' })).statusCode, 403)
  t.equal(codes(), 0)

  // Scripts, an address that was typed, a link of the page itself, and an application on another port of the same name.
  const asked = [{}, { 'sec-fetch-mode': 'cors' }, { 'sec-fetch-site': 'none', 'sec-fetch-user': '?1', ...navigation }, { 'sec-fetch-site': 'same-origin', ...navigation }, { 'sec-fetch-site': 'same-site', ...navigation }]
  for (const headers of asked) {
    const response = await authorize(emulator, hinted, headers)
    t.equal(response.statusCode, 302, JSON.stringify(headers))
    t.match(response.headers.location, /^http:\/\/localhost:8080\/cb\?code=[\w-]{43}$/)
  }
  t.equal(codes(), asked.length)
})

t.test('the user of login_hint is first of very many, and listed once', async (t) => {
  const users = Array.from({ length: 1002 }, (_, index) => ({ xuid: String(index), gamertag: `user ${index}` }))
  const emulator = build(t, { world: { users } })
  for (const [hint, count, rest] of [['5', 1000, 2], ['1001', 1001, 1]] as const) {
    const { body } = await authorize(emulator, { login_hint: hint }, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })
    const listed = [...body.matchAll(/<li>.*\((\d+)\)<\/li>/g)].map(([, xuid]) => xuid)
    t.strictSame([listed.length, listed[0], listed[1], new Set(listed).size], [count, hint, '0', count])
    t.match(body, `<p>And ${rest} more`)
  }
})

t.test('redirect_uri is an address of this machine or a configured one, and no other', async (t) => {
  const configured = 'ms-app://cb/path?a=b,https://app.example/x#f'
  const emulator = build(t, { config: { redirectUris: configured } })
  const code = 'code=[\\w-]{43}'
  for (const [uri, expected] of [
    ['http://localhost', `http://localhost/\\?${code}`],
    ['HTTP://LOCALHOST:8080/Cb', `http://localhost:8080/Cb\\?${code}`],
    ['https://127.0.0.1:1/?a=b&code=c', `https://127.0.0.1:1/\\?a=b&${code}`],
    ['http://127.8.9.10/', `http://127.8.9.10/\\?${code}`],
    ['http://127.1/', `http://127.0.0.1/\\?${code}`],
    ['http://App.localhost:3000/cb', `http://app.localhost:3000/cb\\?${code}`],
    ['http://[::1]:99/x', `http://\\[::1\\]:99/x\\?${code}`],
    ['http://@localhost/', `http://localhost/\\?${code}`],
    ['http://localhost/?@evil.test', `http://localhost/\\?%40evil.test=&${code}`],
    ['https://login.live.com/oauth20_desktop.srf', `https://login.live.com/oauth20_desktop.srf\\?${code}`],
    ['http://localhost:80/oauth20_desktop.srf', `http://localhost/oauth20_desktop.srf\\?${code}`],
    ['ms-app://cb/path?a=b', `ms-app://cb/path\\?a=b&${code}`],
    ['https://app.example/x#f', `https://app.example/x\\?${code}#f`],
    ['ms-xal-my0app://auth', `ms-xal-my0app://auth\\?${code}`],
    ['MS-XAL-public-beta-MY0APP://auth', `ms-xal-public-beta-my0app://auth\\?${code}`]
  ] as const) {
    const response = await authorize(emulator, { redirect_uri: uri, login_hint: GAMER, client_id: 'My0App' })
    t.equal(response.statusCode, 302, uri)
    t.match(response.headers.location, new RegExp(`^${expected}$`), uri)
  }
  for (const uri of [
    'http://evil.test/', 'http://127.0.0.1@evil.test', 'http://127.0.0.1:80@evil.test/', 'http://localhost:p@localhost/', 'http://u@localhost/', '//evil.test', '/cb', 'cb', 'javascript:alert(1)', 'data:text/html,x',
    'file://localhost/etc/passwd', 'ftp://localhost/', 'http://evil.test\\@localhost/', 'http:\\\\localhost/', 'http://localhost\\.evil.test', 'http://localhost.evil.test', 'http://localhost.', 'http://127.0.0.1.evil.test', 'http://127.evil.test',
    'http://[::ffff:127.0.0.1]/', 'http://[::2]/', 'http://0.0.0.0/', 'http://10.0.0.1', 'http:evil.test', 'http://evil.test#@localhost', 'http://localhost/#evil', ' http://localhost/', 'http://local\thost/', 'http://localhost/\r\nSet-Cookie:a=b', 'http://ⓛocalhost/',
    'https://login.live.com/oauth20_desktop.srf?x', 'https://LOGIN.live.com/oauth20_desktop.srf', 'ms-app://cb/path', 'http://localhost:99999/', 'http://',
    'ms-xal-other://auth', 'ms-xal-://auth', 'ms-xal-my0app://auth/x', 'ms-xal-my0app://auth?x', 'ms-xal-my0app://evil', 'ms-xal-public-my0app://auth', 'xms-xal-my0app://auth', 'ms-xal-my0app:auth', 'http://evil.test/?ms-xal-my0app://auth'
  ]) {
    for (const hint of [{}, { login_hint: 'gamer' }]) {
      const response = await authorize(emulator, { redirect_uri: uri, ...hint, client_id: 'my0app' })
      t.strictSame([response.statusCode, response.headers.location], [400, undefined], uri)
      refusedAs(t, response, { error: 'invalid_request', description: `redirect_uri is ${JSON.stringify(uri)}; expected an http or https address of this machine, https://login.live.com/oauth20_desktop.srf, ms-xal-<client_id>://auth, or one of --redirect-uris.` })
    }
  }
})

t.test('who may not be led back is told on the spot', async (t) => {
  const emulator = build(t)
  for (const [query, description] of [
    ['', 'redirect_uri is missing; expected where the sign-in leads back to.'],
    ['redirect_uri=', 'redirect_uri is ""; expected where the sign-in leads back to.'],
    ['redirect_uri=http://localhost/', 'client_id is missing; expected the id of the application.'],
    ['redirect_uri=http://localhost/&client_id=a&client_id=b', 'client_id was given 2 times; expected once.'],
    ['client_id=a&redirect_uri=http://localhost/&redirect_uri=http://evil.test/', 'redirect_uri was given 2 times; expected once.']
  ] as const) refusedAs(t, await emulator.app.inject(`/oauth20_authorize.srf?${query}`), { error: 'invalid_request', description }, query)
})

t.test('an application is told, where it is led back to, what is missing or wrong', async (t) => {
  const emulator = build(t)
  const good = 'client_id=a&response_type=code&redirect_uri=http://localhost/'
  const base = 'client_id=a&redirect_uri=http://localhost/?a=b'
  const challenge = 'expected a challenge of up to 128 letters, digits, "-", ".", "_" and "~".'
  for (const [query, error, description] of [
    [base, 'invalid_request', 'response_type is missing; expected code or token.'],
    [`${base}&response_type=id_token`, 'unsupported_response_type', 'response_type is "id_token"; expected code or token.'],
    [`${good}&state=a&STATE=b`, 'invalid_request', 'state was given 2 times; expected once.'],
    [`${good}&login_hint=a&login_hint=b`, 'invalid_request', 'login_hint was given 2 times; expected once.'],
    [`${good}&code_challenge=a+b`, 'invalid_request', `code_challenge is "a b"; ${challenge}`],
    [`${good}&code_challenge=`, 'invalid_request', `code_challenge is ""; ${challenge}`],
    [`${good}&code_challenge=${'a'.repeat(129)}`, 'invalid_request', `code_challenge is ${formatValue('a'.repeat(129))}; ${challenge}`],
    [`${good}&code_challenge=a&code_challenge_method=S512`, 'invalid_request', 'code_challenge_method is "S512"; expected S256 or plain.'],
    [`${good.replace('code', 'token')}&login_hint=nobody`, 'access_denied', NOBODY.error_description],
    [`${good.replace('code', 'TOKEN')}&scope=a&scope=b`, 'invalid_request', 'scope was given 2 times; expected once.']
  ] as const) {
    const response = await emulator.app.inject(`/oauth20_authorize.srf?${query}`)
    const { a, state, ...told } = errorOf(response)
    t.strictSame([response.statusCode, response.body, told], [302, '', { error, error_description: description }], query)
    t.equal(new URL(response.headers.location as string).hash !== '', /token/i.test(query) && !query.includes('id_token'), query)
    t.equal(state, query.includes('state') ? 'a' : undefined, query)
    t.equal(a, query.includes('a=b') ? 'b' : undefined, query)
  }
  const journal = await command(emulator, 'GET', '/requests')
  t.strictSame([journal.requests[0].status, journal.requests[0].refusal], [302, 'response_type is missing; expected code or token.'])
})

t.test('what other parameters clients send changes nothing', async (t) => {
  const emulator = build(t)
  const response = await authorize(emulator, {
    login_hint: 'gamer', prompt: 'select_account', approval_prompt: 'auto', display: 'touch', locale: 'en', response_mode: 'query', lw: '1', fl: 'dob,easi2', xsup: '1', nopa: '2', scope: ''
  })
  t.match(response.headers.location, /^http:\/\/localhost:8080\/cb\?code=[\w-]{43}$/)
})

t.test('what the emulator fails at is told on the spot', async (t) => {
  const emulator = build(t)
  emulator.database.exec('DROP TABLE sign_in_token')
  refusedAs(t, await authorize(emulator, { login_hint: 'gamer' }), { status: 500, error: 'server_error', description: 'The emulator failed to answer; its log says why.' })
})

t.test('the page on which applications without a server end is empty', async (t) => {
  const { app } = build(t)
  const response = await app.inject('/oauth20_desktop.srf?code=SECRET')
  t.strictSame([response.statusCode, response.headers['content-type'], response.body], [200, 'text/html; charset=utf-8', ''])
})

t.test('the longer the request, the fewer of many users are listed', async (t) => {
  const users = Array.from({ length: 1001 }, (_none, n) => ({ xuid: String(n + 1), gamertag: `g${n}` }))
  const emulator = build(t, { world: { users } })
  for (const [state, listed] of [[undefined, 1000], ['x'.repeat(1000), 1000], ['x'.repeat(10_000), 208], ['"'.repeat(4000), 173]] as const) {
    const { body } = await authorize(emulator, state === undefined ? {} : { state })
    t.equal(body.match(/<li>/g)?.length, listed)
    t.ok(body.includes(`<p>And ${1001 - listed} more: search for them`), String(listed))
    t.ok(body.length < 3_000_000, String(body.length))
  }
})
