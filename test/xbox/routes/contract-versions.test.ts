import t from 'tap'
import { build, GAMER, listOf, SAMPLE_SCID, singleOf } from '../../helper.ts'

const NO_NUMBERS = ['undefined', 'null', 'vnext', '', 'x', '2, 2', '1, 2', '2;', '0x2', '2e0', 'NaN', '--1', '1.', '.5', '2 2', 'v2']
const NOT_SERVED = ['0', '6', '-1', '-2', '+2', '2.0', '1.5', '4294967295', '4294967296', '99999999999', '18446744073709551617', `2${'0'.repeat(400)}`]

const XBOX_360_SCID = '2f9a60d8-41b7-4c35-9d0e-e8723fb51a96'
const READS = [
  listOf(GAMER), listOf(GAMER, '?maxItems=2&orderBy=Title'), `/users/xuid(${GAMER})/history/titles`, singleOf(GAMER, XBOX_360_SCID, 11), singleOf(GAMER, SAMPLE_SCID, 3),
  `/users/xuid(${GAMER})/titleachievements?titleId=1`, `/users/xuid(${GAMER})/titleachievements`
]

const rest = (body: string): unknown => {
  const { traceInformation, ...members } = JSON.parse(body)
  return members
}

t.test('live: a version that is not a number is treated as 1', async (t) => {
  const { get } = build(t, { config: { dialect: 'live' } })
  const ask = async (url: string, version: string | undefined) => {
    const { statusCode, headers, body } = await get(url, { session: 'demo;titleless', headers: { 'x-xbl-contract-version': version } })
    // A refusal has a random trace.
    return [statusCode, headers['content-language'], statusCode === 200 ? body : rest(body)]
  }
  for (const url of READS) {
    const first = await ask(url, '1')
    for (const version of [undefined, ...NO_NUMBERS]) t.strictSame(await ask(url, version), first, `${url} ${version}`)
  }
})

t.test('live: another number is refused with 406', async (t) => {
  const { get } = build(t, { config: { dialect: 'live' } })
  for (const version of NOT_SERVED) {
    const shown = ['0', '6', '4294967295'].includes(version) ? version : version.length > 80 ? `"${version.slice(0, 78)}…` : `"${version}"`
    for (const url of READS) {
      const { statusCode, body } = await get(url, { headers: { 'x-xbl-contract-version': version } })
      t.strictSame([statusCode, rest(body)], [406, { code: 406, source: 'Progress', description: `x-xbl-contract-version is ${shown}; served are 1 to 5.` }], `${url} ${version}`)
    }
  }
})

t.test('documented: a version that is not an unsigned 32-bit integer is refused with 400', async (t) => {
  const { get } = build(t)
  for (const version of [...NO_NUMBERS, ...NOT_SERVED.filter((version) => !['0', '6', '4294967295'].includes(version))]) {
    const shown = version.length > 80 ? `"${version.slice(0, 78)}…` : `"${version}"`
    for (const url of READS) {
      const { statusCode, body } = await get(url, { headers: { 'x-xbl-contract-version': version } })
      const errorMessage = `x-xbl-contract-version is ${shown}; expected an unsigned 32-bit integer.`
      t.strictSame([statusCode, body], [400, JSON.stringify({ errorCode: 4000, errorMessage })], `${url} ${version}`)
    }
  }
})

t.test('an update is accepted under version 2 alone', async (t) => {
  const live = build(t, { config: { dialect: 'live' } })
  const documented = build(t)
  const post = async ({ app }: typeof live, version: string) => {
    const { statusCode, body } = await app.inject({ method: 'POST', url: singleOf(GAMER, SAMPLE_SCID, 'update'), headers: { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': version }, payload: '{}' })
    return [statusCode, rest(body)]
  }
  const under2 = 'progress is updated under x-xbl-contract-version 2.'
  for (const version of ['1', ...NO_NUMBERS]) {
    t.strictSame(await post(live, version), [406, { code: 406, source: 'Progress', description: `The contract version is 1; ${under2}` }], version)
  }
  t.strictSame(await post(live, '6'), [406, { code: 406, source: 'Progress', description: `The contract version is 6; ${under2}` }])
  t.strictSame(await post(live, '-1'), [406, { code: 406, source: 'Progress', description: 'x-xbl-contract-version is "-1"; served are 1 to 5.' }])
  t.strictSame(await post(documented, 'vnext'), [400, { errorCode: 4000, errorMessage: 'x-xbl-contract-version is "vnext"; expected an unsigned 32-bit integer.' }])
})
