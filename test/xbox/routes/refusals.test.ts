import t from 'tap'
import { build, FRIEND, GAMER, listOf, SAMPLE_SCID, singleOf, STRANGER } from '../../helper.ts'

const RETIRED_SCID = '5be07f91-d2a8-43cc-86f3-19e4b70a5d2e'

type Mistake = 'method' | 'path' | 'token' | 'service version' | 'contract version' | 'parameter' | 'claim' | 'permission' | 'existence' | 'mark'

/** Each mistake and its status, in the order in which they are checked. */
const ORDER: ReadonlyArray<[Mistake, number]> = [
  ['path', 404],
  ['method', 405],
  ['token', 401],
  ['service version', 406],
  ['contract version', 400],
  ['parameter', 400],
  ['claim', 403],
  ['permission', 403],
  ['existence', 404],
  ['mark', 410]
]

t.test('a request with several mistakes is refused for the first one in the order of the checks', async (t) => {
  const { app } = build(t)
  // All mistakes from the nth on at once, for both resources.
  for (const [index, [mistake, status]] of ORDER.entries()) {
    const has = (name: Mistake): boolean => ORDER.slice(index).some(([each]) => each === name)
    const headers = {
      ...!has('token') && { authorization: `XBL3.0 x=demo;${has('claim') ? 'anonymous' : 'titleless'}` },
      'x-requestedserviceversion': has('service version') ? '2' : '1',
      'x-xbl-contract-version': has('contract version') ? 'two' : '2'
    }
    const method = has('method') ? 'DELETE' as const : 'GET' as const
    const suffix = has('path') ? '/more/and/more' : ''

    const xuid = has('parameter') ? 'x' : has('permission') ? STRANGER : GAMER
    const single = singleOf(xuid, RETIRED_SCID, has('existence') ? 99 : 1)
    const response = await app.inject({ method, url: single + suffix, headers })
    t.equal(response.statusCode, status, `single: ${mistake}`)
    t.match(response.json(), { errorMessage: String })

    if (mistake === 'existence' || mistake === 'mark') continue
    const list = await app.inject({ method, url: listOf(has('permission') ? STRANGER : GAMER, `${suffix}${has('parameter') ? '?maxItems=0' : ''}`), headers })
    t.equal(list.statusCode, status, `list: ${mistake}`)
  }
})

const UNKNOWN = 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.'
const MALFORMED = 'The Authorization header is malformed; expected "XBL3.0 x=<userhash>;<token>".'

t.test('a missing, malformed or unknown authorization is refused with 401', async (t) => {
  const { get } = build(t)
  for (const [authorization, message] of [
    [undefined, 'The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".'],
    ['', MALFORMED],
    ['XBL3.0', MALFORMED],
    ['XBL3.0 x=', MALFORMED],
    ['XBL3.0 x=demo', MALFORMED],
    ['XBL3.0 x=demo;', MALFORMED],
    ['XBL3.0 x=;gamer', MALFORMED],
    ['XBL3.0 demo;gamer', MALFORMED],
    ['XBL3.0 x=demo;gamer extra', MALFORMED],
    ['XBL2.0 x=demo;gamer', MALFORMED],
    ['Bearer demo;gamer', MALFORMED],
    ['XBL3.0 x=demo;nobody', UNKNOWN],
    ['XBL3.0 x=other;gamer', UNKNOWN],
    ['XBL3.0 x=Demo;gamer', UNKNOWN],
    ['XBL3.0 x=demo;Gamer', UNKNOWN],
    ['XBL3.0 x=*;nobody', UNKNOWN],
    ['XBL3.0 x=-;nobody', UNKNOWN],
    ['XBL3.0 x=-*;gamer', UNKNOWN],
    ['XBL3.0 x=**;gamer', UNKNOWN],
    ['XBL3.0 x=-;', MALFORMED],
    ['XBL3.0 x=*;', MALFORMED],
    [`XBL3.0 x=demo;${'g'.repeat(10_000)}`, UNKNOWN],
    ...['demo', '-', '*'].map((userHash) => [`XBL3.0 x=${userHash};expired`, 'The token expired at 2013-03-01T00:00:00.0000000Z.'] as const)
  ] as const) {
    for (const url of [listOf(GAMER), singleOf(GAMER, SAMPLE_SCID, 3)]) {
      const response = await get(url, { headers: { authorization } })
      t.equal(response.statusCode, 401, String(authorization).slice(0, 40))
      t.equal(response.headers['www-authenticate'], 'XBL3.0')
      t.strictSame(response.json(), { errorCode: 4500, errorMessage: message })
    }
  }
  const lower = await get(listOf(GAMER), { headers: { authorization: 'xbl3.0 x=demo;gamer' } })
  t.equal(lower.statusCode, 200, 'a scheme has no letter case')
})

t.test('a token is refused from the instant at which it expires', async (t) => {
  const end = Date.parse('2013-03-01T00:00:00Z')
  for (const [now, status] of [[end - 1, 200], [end, 401]] as const) {
    const { get } = build(t, { now: () => now })
    t.equal((await get(listOf(GAMER), { session: 'demo;expired' })).statusCode, status)
  }
})

t.test('a token without a user claim is refused', async (t) => {
  const { get } = build(t)
  for (const url of [listOf(GAMER), singleOf(GAMER, SAMPLE_SCID, 3), singleOf(FRIEND, SAMPLE_SCID, 3)]) {
    const response = await get(url, { session: 'demo;anonymous' })
    t.equal(response.statusCode, 403)
    t.strictSame(response.json(), { errorCode: 4500, errorMessage: 'The token carries no user claim; expected one of a user.' })
  }
})

t.test('another service version is refused with 406, a malformed contract version with 400', async (t) => {
  const { get } = build(t)
  for (const [header, value, status, message] of [
    ['x-requestedserviceversion', '1', 200, ''],
    ['x-requestedserviceversion', '2', 406, 'X-RequestedServiceVersion is "2"; served is 1.'],
    ['x-requestedserviceversion', '', 406, 'X-RequestedServiceVersion is ""; served is 1.'],
    ['x-requestedserviceversion', '1.0', 406, 'X-RequestedServiceVersion is "1.0"; served is 1.'],
    ['x-requestedserviceversion', '1, 1', 406, 'X-RequestedServiceVersion is "1, 1"; served is 1.'],
    ['x-xbl-contract-version', '002', 200, ''],
    ['x-xbl-contract-version', '', 400, 'x-xbl-contract-version is ""; expected an unsigned 32-bit integer.'],
    ['x-xbl-contract-version', '-2', 400, 'x-xbl-contract-version is "-2"; expected an unsigned 32-bit integer.'],
    ['x-xbl-contract-version', '2.0', 400, 'x-xbl-contract-version is "2.0"; expected an unsigned 32-bit integer.'],
    ['x-xbl-contract-version', '2, 2', 400, 'x-xbl-contract-version is "2, 2"; expected an unsigned 32-bit integer.'],
    ['x-xbl-contract-version', 'vnext', 400, 'x-xbl-contract-version is "vnext"; expected an unsigned 32-bit integer.'],
    ['x-xbl-contract-version', '4294967296', 400, 'x-xbl-contract-version is "4294967296"; expected an unsigned 32-bit integer.']
  ] as const) {
    for (const url of [listOf(GAMER), singleOf(GAMER, SAMPLE_SCID, 3)]) {
      const response = await get(url, { headers: { [header]: value } })
      t.equal(response.statusCode, status, `${header}: ${value}`)
      if (status !== 200) t.strictSame(response.json(), { errorCode: status === 400 ? 4000 : null, errorMessage: message })
    }
  }
})
