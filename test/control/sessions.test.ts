import t from 'tap'
import { LIST_SAMPLE } from '../documented-samples.ts'
import { build, FRIEND, GAMER, listOf, SAMPLE_TITLE } from '../helper.ts'
import { command, control, refusal } from './client.ts'

const NONE = { xuid: null, titleId: null, sandbox: null, location: null, thirdPartySite: false, expires: null }
const INSTANT = 'an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z", or null'
const sessionOf = (authorization: string): string => authorization.replace('XBL3.0 x=', '')

t.test('a session has the claims that it was made with', async (t) => {
  const emulator = build(t)
  const full = { userHash: 'h', token: 't', xuid: GAMER, titleId: SAMPLE_TITLE, sandbox: 'RETAIL', location: 'US', thirdPartySite: true, expires: '2100-01-01T00:00:00Z' }
  const cases: Array<[what: string, claims: object | undefined, minted: object]> = [
    ['every claim', full, { ...full, expires: '2100-01-01T00:00:00.0000000Z' }],
    ['the claims of one that is there', { userHash: 'h', token: 't' }, { userHash: 'h', token: 't', ...NONE }],
    ['leading zeros', { userHash: '1', token: '2', xuid: `00${GAMER}` }, { userHash: '1', token: '2', ...NONE, xuid: GAMER }],
    ['null for each', { userHash: 'a', token: 'b', ...NONE }, { userHash: 'a', token: 'b', ...NONE }]
  ]
  for (const [what, claims, minted] of cases) {
    const { status, body } = await control(emulator, 'POST', '/sessions', claims)
    const { userHash, token } = body
    t.strictSame([status, body], [201, { authorization: `XBL3.0 x=${userHash};${token}`, ...minted }], what)
  }
})

t.test('user hash and token are generated when they are not given', async (t) => {
  const emulator = build(t)
  const minted = []
  for (const body of [undefined, {}, 'null', { userHash: null, token: null }, { userHash: 'mine' }, { token: 'mine' }, { xuid: GAMER }]) {
    const { authorization, userHash, token, ...claims } = await command(emulator, 'POST', '/sessions', body)
    t.equal(authorization, `XBL3.0 x=${userHash};${token}`)
    t.ok(/^(\d{1,20}|mine)$/.test(userHash) && /^([\w-]{43}|mine)$/.test(token), authorization)
    t.strictSame(claims, { ...NONE, xuid: claims.xuid })
    const { statusCode } = await emulator.get(listOf(GAMER), { session: sessionOf(authorization) })
    t.equal(statusCode, claims.xuid === null ? 403 : 200)
    minted.push(authorization)
  }
  t.equal(new Set(minted).size, minted.length)
  const { authorization } = await command(emulator, 'POST', '/sessions', { xuid: GAMER, titleId: SAMPLE_TITLE })
  const response = await emulator.get(listOf(GAMER, `?titleId=${SAMPLE_TITLE}`), { session: sessionOf(authorization) })
  t.strictSame(response.json(), LIST_SAMPLE)
})

t.test('a deleted session is refused at once', async (t) => {
  const emulator = build(t)
  for (const [userHash, token] of [['demo', 'gamer'], ['h', '/'], ['h', '%2F'], ['/a?b#c', ';;'], ['%', '%'], ['h', 'x'.repeat(4096)], ['h'.repeat(256), '"']] as const) {
    await command(emulator, 'POST', '/sessions', { userHash, token, xuid: GAMER })
    const ask = async (): Promise<number> => (await emulator.get(listOf(GAMER), { session: `${userHash};${token}` })).statusCode
    t.equal(await ask(), 200, `${userHash};${token}`)
    const path = `/sessions/${encodeURIComponent(userHash)}/${encodeURIComponent(token)}`
    const { status, body } = await control(emulator, 'DELETE', path)
    t.strictSame([status, body], [204, null])
    t.equal(await ask(), 401, `${userHash};${token}`)
    const again = await control(emulator, 'DELETE', path)
    t.strictSame([again.status, again.body], [404, refusal(null, 'There is no such session.')], 'no token is repeated')
  }
  t.equal((await emulator.get(listOf(FRIEND), { session: 'demo;friend' })).statusCode, 200, 'others stay')
})

t.test('a session expires by the clock of the emulator', async (t) => {
  const emulator = build(t)
  const { authorization } = await command(emulator, 'POST', '/sessions', { userHash: 'h', token: 't', xuid: GAMER, expires: '2021-01-01T00:00:00.5000001Z' })
  for (const [now, expected] of [
    ['2020-12-31T23:59:59Z', 200], ['2021-01-01T00:00:00.500Z', 200], ['2021-01-01T00:00:00.501Z', 401], ['2021-01-01T00:00:00Z', 200], ['2121-01-01T00:00:00Z', 401]
  ] as const) {
    await command(emulator, 'PUT', '/clock', { now })
    const response = await emulator.get(listOf(GAMER), { session: sessionOf(authorization) })
    t.equal(response.statusCode, expected, now)
    if (expected === 401) {
      t.strictSame(response.json(), refusal(4500, 'The token expired at 2021-01-01T00:00:00.5000001Z.'))
      t.equal(response.headers['www-authenticate'], 'XBL3.0')
    }
  }
})

t.test('invalid claims are refused', async (t) => {
  const emulator = build(t)
  const cases: Array<[claims: unknown, message: string]> = [
    [{ xuid: '5' }, 'xuid is "5"; expected the XUID of a user of the world.'],
    [{ titleId: 5 }, 'titleId is 5; expected the id of a title of the world, or of a published application such as the Xbox app (328178078).'],
    [{ xuid: '18446744073709551616' }, 'The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal.'],
    [{ expires: '2020-02-30T00:00:00Z' }, 'The instant is "2020-02-30T00:00:00Z"; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".'],
    [{ expires: 'never' }, `The body, at /expires: found "never", expected ${INSTANT}.`],
    [{ xuid: 5 }, 'The body, at /xuid: found 5, expected a XUID in quotes, or null.'],
    [{ titleId: '5' }, 'The body, at /titleId: found "5", expected an integer from 0 to 4294967295, or null.'],
    [{ sandbox: '' }, 'The body, at /sandbox: found "", expected a sandbox id, e.g. "RETAIL", or null.'],
    [{ location: 'us' }, 'The body, at /location: found "us", expected an ISO 3166 country, e.g. "US", or null.'],
    [{ thirdPartySite: 'true' }, 'The body, at /thirdPartySite: found "true", expected true or false.'],
    ...['a;b', '-', '*'].map((userHash): [unknown, string] => [
      { userHash }, `The body, at /userHash: found "${userHash}", expected a string of visible ASCII characters without semicolons, other than "-" and "*", or null.`
    ]),
    [{ token: 'a b' }, 'The body, at /token: expected a string of visible ASCII characters, or null.'],
    [{ token: '' }, 'The body, at /token: expected a string of visible ASCII characters, or null.'],
    [{ claims: {} }, 'The body, at /claims: unknown member; known are userHash, token, xuid, titleId, sandbox, location, thirdPartySite, expires.'],
    [[{ token: 'SECRET' }], 'The body: expected an object.']
  ]
  for (const [claims, message] of cases) {
    const { status, body } = await control(emulator, 'POST', '/sessions', claims)
    t.strictSame([status, body], [400, refusal(4000, message)], JSON.stringify(claims))
  }
})
