import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { command } from '../control/client.ts'
import { build, GAMER, listOf, NOW, type Emulator } from '../helper.ts'
import { authorize, codeForm, post, postForm, postUser, postXsts, REFUSED, refreshForm, refusedAs, signIn, userBody, userTokenOf, xstsBody } from './client.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const LIST = listOf(GAMER)

function refused (t: Test, response: Awaited<ReturnType<typeof postForm>>, what: string, body: object = REFUSED): void {
  t.equal(response.statusCode, 401, what)
  t.equal(response.headers['www-authenticate'], 'XBL3.0', what)
  t.strictSame(response.json(), body, what)
}

/** A refusal for which there is no page. */
const withNumber = (XErr: number): object => ({ Identity: '0', XErr, Message: '' })

const NOT_ISSUED = {
  code: 'The code was not issued here, or was used already, and no user has it as XUID or gamertag.',
  'refresh token': 'The refresh token was not issued here, and no user has it as XUID or gamertag.'
}
const invalidGrant = (description: string) => ({ error: 'invalid_grant', description })

const codeOf = async (emulator: Emulator, hint: string): Promise<string> =>
  new URL((await authorize(emulator, { login_hint: hint })).headers.location as string).searchParams.get('code') as string

/** One of each token, all of the gamer. */
async function collect (emulator: Emulator) {
  const { access_token: access, refresh_token: refresh } = (await postForm(emulator, codeForm('gamer'))).json()
  return { code: await codeOf(emulator, 'gamer'), access, refresh, user: await userTokenOf(emulator, access), session: await signIn(emulator, access) }
}

t.test('a token is good until its end, and not a moment longer', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const { code, access, refresh, user, session } = await collect(emulator)
  for (const [what, lifetime, use, expected] of [
    ['code', 5 * MINUTE, async () => await postForm(emulator, codeForm(code)), 'The code expired at 2020-06-15T12:05:00.0000000Z.'],
    ['access token', 60 * MINUTE, async () => await postUser(emulator, access), REFUSED],
    ['user token', 14 * DAY, async () => await postXsts(emulator, user), withNumber(2148916258)],
    ['refresh token', 90 * DAY, async () => await postForm(emulator, refreshForm(refresh)), 'The refresh token expired at 2020-09-13T12:00:00.0000000Z.']
  ] as const) {
    now = NOW + lifetime
    if (typeof expected === 'string') refusedAs(t, await use(), invalidGrant(expected), what)
    else refused(t, await use(), what, expected)
    now--
    t.equal((await use()).statusCode, 200, what)
  }
  now = NOW + 16 * 60 * MINUTE
  const late = await emulator.get(LIST, { session })
  t.strictSame([late.statusCode, late.json()], [401, { errorCode: 4500, errorMessage: 'The token expired at 2020-06-16T04:00:00.0000000Z.' }])
  now--
  t.equal((await emulator.get(LIST, { session })).statusCode, 200)
})

t.test('a token that was not issued here, or is of another kind', async (t) => {
  const emulator = build(t)
  const { code, access, refresh, user, session } = await collect(emulator)
  const [userHash = '', token = ''] = session.split(';')
  const foreign = await collect(build(t))
  const [friendHash = ''] = (await signIn(emulator, 'friend')).split(';')

  for (const wrong of [access, refresh, user, token, foreign.code, 'nobody']) refusedAs(t, await postForm(emulator, codeForm(wrong)), invalidGrant(NOT_ISSUED.code))
  for (const wrong of [code, access, user, token, foreign.refresh, 'nobody', '2533274790412999', '18446744073709551616', '-1']) refusedAs(t, await postForm(emulator, refreshForm(wrong)), invalidGrant(NOT_ISSUED['refresh token']))
  for (const wrong of [code, refresh, user, token, foreign.access, 'd=', 'd=nobody', 'e=gamer', 'd=d=gamer', ' gamer']) refused(t, await postUser(emulator, wrong), 'ticket')
  for (const wrong of [code, access, refresh, token, foreign.user, 'gamer', GAMER, `d=${user}`]) refused(t, await postXsts(emulator, wrong), 'user token', withNumber(2148916262))
  for (const wrong of ['1', 'x', '4294967296', user]) refused(t, await postXsts(emulator, user, { TitleToken: wrong }), 'title token', withNumber(2148916260))
  for (const wrong of [foreign.session, `${friendHash};${token}`, `${userHash};${user}`, `${userHash};${access}`, `${userHash};gamer`, `demo;${token}`]) {
    const response = await emulator.get(LIST, { session: wrong })
    t.strictSame([response.statusCode, response.json().errorCode, response.headers['www-authenticate']], [401, 4500, 'XBL3.0'])
  }
  t.equal((await postForm(emulator, codeForm(code))).statusCode, 200, 'a refusal uses no code up')
})

t.test('a token of a user who is gone, until the user is back', async (t) => {
  const emulator = build(t)
  const { code, access, refresh, user } = await collect(emulator)
  await command(emulator, 'DELETE', `/users/${GAMER}`)
  for (const response of [await postUser(emulator, access), await postXsts(emulator, user)]) refused(t, response, 'gone')
  for (const form of [refreshForm(refresh), codeForm(code)]) refusedAs(t, await postForm(emulator, form), { error: 'access_denied', description: `There is no user ${GAMER} any more.` })
  await command(emulator, 'POST', '/reset')
  t.equal((await postXsts(emulator, user)).statusCode, 200)
})

t.test('a refusal says what is wrong, and repeats no ticket or token', async (t) => {
  const emulator = build(t)
  const objectOf = 'an object with RelyingParty, TokenType and Properties'
  const auth = (change: object): object => ({ ...userBody('SECRET'), ...change })
  const cases: Array<[string, object | string, string]> = [
    ['/user/authenticate', '', `The body: missing, expected ${objectOf}.`],
    ['/user/authenticate', '{"SECRET', 'The body is not JSON.'],
    ['/user/authenticate', '"SECRET"', `The body: expected ${objectOf}.`],
    ['/user/authenticate', '["SECRET"]', `The body: expected ${objectOf}.`],
    ['/user/authenticate', 'null', `The body: missing, expected ${objectOf}.`],
    ['/user/authenticate', auth({ RelyingParty: 'http://xboxlive.com' }), 'The body, at /RelyingParty: found "http://xboxlive.com", expected "http://auth.xboxlive.com".'],
    ['/user/authenticate', auth({ TokenType: undefined }), 'The body, at /TokenType: missing, expected "JWT".'],
    ['/user/authenticate', auth({ Properties: 'SECRET' }), 'The body, at /Properties: expected an object with AuthMethod, SiteName and RpsTicket.'],
    ['/user/authenticate', userBody(['SECRET']), 'The body, at /Properties/RpsTicket: expected a ticket.'],
    ['/user/authenticate', userBody(''), 'The body, at /Properties/RpsTicket: expected a ticket.'],
    ['/user/authenticate', userBody(undefined), 'The body, at /Properties/RpsTicket: missing, expected a ticket.'],
    ['/user/authenticate', userBody('SECRET', { AuthMethod: 'ProofOfPossession' }), 'The body, at /Properties/AuthMethod: found "ProofOfPossession", expected "RPS".'],
    ['/user/authenticate', userBody('SECRET', { SiteName: 'x' }), 'The body, at /Properties/SiteName: found "x", expected "user.auth.xboxlive.com".'],
    ['/xsts/authorize', `{"Properties":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'The body: nested more than 32 levels deep; expected 32 at most.']
  ]
  for (const [url, body, message] of cases) {
    const response = await post(emulator, url, body)
    t.strictSame([response.statusCode, response.json()], [400, { errorCode: 4000, errorMessage: message }], `${url} ${JSON.stringify(body).slice(0, 90)}`)
  }
})

t.test('a body that is too large, and a method that a path does not have', async (t) => {
  const emulator = build(t)
  for (const url of ['/device/authenticate', '/title/authenticate', '/user/authenticate', '/xsts/authorize', '/authenticate', '/authorize']) {
    t.equal((await post(emulator, url, ' '.repeat(64 * 1024))).statusCode, 400, url)
    const large = await post(emulator, url, ' '.repeat(64 * 1024 + 1))
    t.strictSame([large.statusCode, large.json()], [413, { errorCode: null, errorMessage: 'Request body is too large' }], url)
    const get = await emulator.app.inject(url)
    t.strictSame([get.statusCode, get.headers.allow], [405, 'POST'], url)
  }
})

t.test('without sign-in there are no such paths', async (t) => {
  const emulator = build(t, { config: { signIn: false } })
  for (const [method, url] of [['POST', '/user/authenticate'], ['POST', '/xsts/authorize'], ['POST', '/device/authenticate'], ['POST', '/title/authenticate'], ['POST', '/authenticate'], ['POST', '/authorize'], ['GET', '/titles/default/endpoints'], ['POST', '/oauth20_token.srf'], ['GET', '/oauth20_authorize.srf']] as const) {
    const response = await emulator.app.inject({ method, url })
    t.strictSame([response.statusCode, response.json()], [404, { errorCode: null, errorMessage: `${url} is not a path of this service.` }], url)
  }
})

t.test('neither the log nor the journal has a ticket or token', async (t) => {
  const lines: string[] = []
  const emulator = build(t, { logTo: new Writable({ write (chunk, _encoding, done) { lines.push(String(chunk)); done() } }) })
  const { code, access, refresh, user, session } = await collect(emulator)
  await emulator.get(LIST, { session })
  const body = { ...xstsBody('secret-token'), RelyingParty: '' }
  for (const [url, sent] of [['/xsts/authorize', body], ['/user/authenticate', userBody('secret-token')], ['/oauth20_token.srf', 'code=secret-token'], ['/xsts/authorize', '"secret-token']] as const) await post(emulator, url, sent)
  await postForm(emulator, refreshForm('secret-token'))
  const journal = await command(emulator, 'GET', '/requests')
  t.strictSame(journal.requests.map(({ path, status, body }: any) => [path, status, body]), [
    ['/oauth20_token.srf', 200, null], ['/oauth20_authorize.srf', 302, null], ['/user/authenticate', 200, null], ['/user/authenticate', 200, null], ['/xsts/authorize', 200, null], [LIST, 200, null],
    ['/xsts/authorize', 400, null], ['/user/authenticate', 401, null], ['/oauth20_token.srf', 400, null], ['/xsts/authorize', 400, null], ['/oauth20_token.srf', 400, null]
  ])
  t.equal(lines.map((line) => JSON.parse(line)).findLast(({ status }) => status === 401).reason, 'No user has this XUID or gamertag, and it was not issued here or is of another kind.')
  for (const secret of ['secret-token', code, access, refresh, user, session.split(';')[1] as string]) {
    t.notOk(lines.join('').includes(secret) || JSON.stringify(journal).includes(secret))
  }
})
