import { live } from '@xboxreplay/xboxlive-auth'
import t from 'tap'
import { startEmulator } from '../../src/index.ts'
import { build, FRIEND, GAMER, NOW, type Emulator } from '../helper.ts'
import { authorize, errorOf, refusedAs } from './client.ts'

const XBOX_APP = {
  client_id: '000000004C12AE6F', response_type: 'token', redirect_uri: 'https://login.live.com/oauth20_desktop.srf', scope: 'service::user.auth.xboxlive.com::MBI_SSL', state: "it's \"<b>\" & more"
}

/** How clients of today and older ones find in the page where to post, and the token. */
const MARKUPS = [
  [/\\?['"]?urlPost\\?['"]?:\s*\\?['"]([^'"\\]+)\\?['"]/i, /name=\\?"PPFT\\?"[^>]*value=\\?"([^"\\]+)\\?"/i],
  [/urlPost:'(.+?(?='))/, /sFTTag:'.*value="(.*)"\/>'/],
  [/"urlPost":"([^"]+)"/, /<input type="hidden" name="PPFT" value="([^"]+)"\/>/]
] as const

interface Form { readonly url: string, readonly token: string }

async function formOf (emulator: Emulator, query: Record<string, string> = {}, [url, token]: readonly [RegExp, RegExp] = MARKUPS[0]): Promise<Form> {
  const { body } = await authorize(emulator, { ...XBOX_APP, ...query })
  return { url: url.exec(body)?.[1] as string, token: token.exec(body)?.[1] as string }
}

async function submit ({ app }: Emulator, { url, token }: Form, form: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const { pathname, search, host } = new URL(url)
  const fields = { login: 'gamer', loginfmt: 'gamer', passwd: 'secret', PPFT: token, ...form }
  return await app.inject({ method: 'POST', url: pathname + search, headers: { host, ...headers }, payload: String(new URLSearchParams(fields)) })
}

t.test('a client fills in the form of the page, in either markup', async (t) => {
  const emulator = build(t)
  for (const markup of MARKUPS) {
    const form = await formOf(emulator, {}, markup)
    t.match(form, { url: /^http:\/\/localhost:80\/ppsecure\/post\.srf\?(client_id=000000004C12AE6F&|request=[\w-]+$)/, token: /^-[\da-z]+\*[\w-]{43}$/ })
    const response = await submit(emulator, form)
    t.strictSame([response.statusCode, response.body], [302, ''])
    t.match(response.headers.location, /^https:\/\/login\.live\.com\/oauth20_desktop\.srf\?lc=1033#access_token=[\w-]{43}&token_type=bearer&expires_in=86400&scope=service::user\.auth\.xboxlive\.com::MBI_SSL&refresh_token=[\w-]{43}&user_id=0ef1d81fba943573&state=it's%20%22%3Cb%3E%22%20%26%20more$/)
  }
})

t.test('who signs in is named by gamertag, XUID, or the part of an address before the @', async (t) => {
  const emulator = build(t, { world: { users: [{ xuid: '1', gamertag: 'ann' }, { xuid: '2', gamertag: 'ann@home' }] } })
  const form = await formOf(emulator)
  const nameOf = async (fields: Record<string, string>): Promise<unknown> => errorOf(await submit(emulator, form, fields))['user_id']
  const [ann, annAtHome] = [await nameOf({ login: '1' }), await nameOf({ login: '2' })]
  t.not(ann, annAtHome)
  for (const login of ['ANN', 'ann@example.com', '1@example.com', 'ann@']) t.equal(await nameOf({ login }), ann, login)
  for (const login of ['ann@home', 'ANN@HOME', 'ann@home@example.com']) t.equal(await nameOf({ login }), annAtHome, login)
})

t.test('a wrong name or an empty password is the page again, which can be used', async (t) => {
  const emulator = build(t)
  const form = await formOf(emulator)
  for (const [fields, problem] of [
    [{ login: 'nobody@example.com' }, 'No user is called &quot;nobody@example.com&quot;: a gamertag or XUID is one, and an address in which one stands before the @.'],
    [{ login: '' }, 'No user is called &quot;&quot;: a gamertag or XUID is one, and an address in which one stands before the @.'],
    [{ login: '<b>' }, 'No user is called &quot;&lt;b&gt;&quot;: a gamertag or XUID is one, and an address in which one stands before the @.'],
    [{ passwd: '' }, 'The password is empty; any other will do.']
  ] as const) {
    const response = await submit(emulator, form, fields)
    t.strictSame([response.statusCode, response.headers['content-type']], [200, 'text/html; charset=utf-8'])
    t.match(response.body, '<h1>Who signs in to 000000004C12AE6F?</h1>\n<script')
    t.ok(response.body.includes(`</script>\n<p>${problem}</p>\n<ul>\n<li><a href="/oauth20_authorize.srf?client_id=`), problem)
    const [url, token] = MARKUPS[0]
    t.equal((await submit(emulator, { url: url.exec(response.body)?.[1] as string, token: token.exec(response.body)?.[1] as string })).statusCode, 302)
  }
  const { pathname, search } = new URL(form.url)
  const post = async (fields: object) => await emulator.app.inject({ method: 'POST', url: pathname + search, payload: String(new URLSearchParams({ PPFT: form.token, ...fields })) })
  t.equal((await post({ loginfmt: FRIEND, passwd: 'x' })).statusCode, 302)
  t.equal((await post({ login: FRIEND })).statusCode, 200, 'no password is an empty one')
  t.equal((await post({ passwd: 'x' })).statusCode, 200, 'no name')
})

t.test('the token of the page is for its request alone, for an hour', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const form = await formOf(emulator)
  const other = await formOf(emulator, { redirect_uri: 'http://localhost/cb' })
  const wrong = { error: 'invalid_request', description: 'PPFT was not issued here for this request, or is older than an hour; expected that of the page.' }
  const [time, signature] = form.token.split('*') as [string, string]
  for (const token of [other.token, (await formOf(build(t))).token, 'x', `-zzzz*${signature}`, `${time}*${signature.replace(/^./, (first) => first === 'A' ? 'B' : 'A')}`, `${time}*`, `${form.token}A`]) {
    refusedAs(t, await submit(emulator, { ...form, token }), wrong)
  }
  const missing = { error: 'invalid_request', description: 'PPFT is missing; expected that of the page.' }
  refusedAs(t, await emulator.app.inject({ method: 'POST', url: new URL(form.url).pathname + new URL(form.url).search }), missing)
  for (const change of [['response_type=token', 'response_type=code'], ['state=', 'state=x'], ['client_id=0', 'client_id=1']] as const) {
    refusedAs(t, await submit(emulator, { ...form, url: form.url.replace(change[0], change[1]) }), wrong, change[0])
  }
  refusedAs(t, await submit(emulator, { ...form, url: form.url.replace(/redirect_uri=[^&]*/, 'redirect_uri=http://evil.test/') }),
    { error: 'invalid_request', description: 'redirect_uri is "http://evil.test/"; expected an http or https address of this machine, https://login.live.com/oauth20_desktop.srf, ms-xal-<client_id>://auth, or one of --redirect-uris.' })
  now = NOW + 3_600_000
  refusedAs(t, await submit(emulator, form), wrong)
  now--
  t.equal((await submit(emulator, form)).statusCode, 302)
})

t.test('a page of another site cannot send the form', async (t) => {
  const emulator = build(t)
  const form = await formOf(emulator)
  for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }]) t.equal((await submit(emulator, form, {}, headers)).statusCode, 403)
})

t.test('the form leads back with a code when a code was asked for', async (t) => {
  const emulator = build(t)
  const response = await submit(emulator, await formOf(emulator, { response_type: 'code', redirect_uri: 'http://localhost/cb', state: 's', code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' }), { login: GAMER })
  t.match(response.headers.location, /^http:\/\/localhost\/cb\?code=[\w-]{43}&state=s$/)
})

t.test('@xboxreplay/xboxlive-auth signs in by address and password', async (t) => {
  const emulator = await startEmulator({ dialect: 'live' })
  t.teardown(emulator.close)
  emulator.intercept()
  t.match(await live.authenticateWithCredentials({ email: 'gamer@example.com', password: 'any' }), { token_type: 'bearer', expires_in: 86400, user_id: '0ef1d81fba943573', refresh_token: /^[\w-]{43}$/ })
  const error = await live.authenticateWithCredentials({ email: 'nobody@example.com', password: 'any' }).catch((error: any) => error)
  t.match((error as any).getAttributes(), { code: 'INVALID_CREDENTIALS_OR_2FA_ENABLED' })
})

t.test('the form of a page can be used for an hour in any year of the clock', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  for (const year of ['0001-01-01T00:00:00Z', '1969-12-31T23:30:00Z', '1970-01-01T00:00:00Z', '9999-12-31T22:00:00Z']) {
    now = Date.parse(year)
    const form = await formOf(emulator)
    t.equal((await submit(emulator, form)).statusCode, 302, year)
    now += 3_599_999
    t.equal((await submit(emulator, form)).statusCode, 302, year)
    now++
    refusedAs(t, await submit(emulator, form), { error: 'invalid_request', description: 'PPFT was not issued here for this request, or is older than an hour; expected that of the page.' }, year)
  }
})
