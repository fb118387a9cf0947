import t from 'tap'
import { build, FRIEND, GAMER, listOf, SAMPLE_SCID, singleOf, STRANGER } from '../../helper.ts'

const MISMATCH = { errorCode: 8377, errorMessage: 'XUID specified in the claim does not match URI XUID.' }
const PRIVATE = { errorCode: 4500, errorMessage: 'The privacy setting of the user in the path does not let the caller see its achievements.' }
const OK = null

const DOCUMENTED = [OK, MISMATCH, MISMATCH, MISMATCH, MISMATCH, MISMATCH, OK]
const PRIVACY = [OK, OK, OK, PRIVATE, PRIVATE, PRIVATE, PRIVATE]
const STRICT = DOCUMENTED

/** The privacy settings: gamer shows to friends, of which friend is one; friend to everyone; stranger to nobody. */
const PAIRS = [
  ['demo;gamer', GAMER],
  ['demo;gamer', FRIEND],
  ['demo;friend', GAMER],
  ['demo;stranger', GAMER],
  ['demo;gamer', STRANGER],
  ['demo;gamer', '1'],
  ['demo;site', STRANGER]
] as const

const historyOf = (xuid: string): string => `/users/xuid(${xuid})/history/titles`

t.test('each rule decides who may read the list, the single achievement and the title history of another user', async (t) => {
  for (const [crossUser, list, single] of [
    ['documented', DOCUMENTED, PRIVACY],
    ['strict', STRICT, STRICT],
    ['privacy', PRIVACY, PRIVACY]
  ] as const) {
    const { get } = build(t, { config: { crossUser } })
    for (const [index, [session, xuid]] of PAIRS.entries()) {
      // The documentation of the history does not require the XUID of the claim: privacy decides, as for the single achievement.
      const asked = [[listOf(xuid), list[index]], [singleOf(xuid, SAMPLE_SCID, 3), single[index]], [historyOf(xuid), single[index]]] as const
      for (const [url, refusal] of asked) {
        const response = await get(url, { session })
        t.equal(response.statusCode, refusal === null ? 200 : 403, `${crossUser}: ${session} reads ${url}`)
        if (refusal !== null) t.strictSame(response.json(), refusal)
      }
      const catalogue = await get(`/users/xuid(${xuid})/titleachievements?titleId=1`, { session, headers: { 'x-xbl-contract-version': '1' } })
      t.equal(catalogue.statusCode, list[index] === null ? 200 : 403)
    }
  }
})

t.test('the list of another user shows the progress of that user', async (t) => {
  const { get } = build(t, { config: { crossUser: 'privacy' } })
  const own = await get(listOf(FRIEND), { session: 'demo;friend', headers: { 'accept-language': 'en' } })
  const seen = await get(listOf(FRIEND), { session: 'demo;gamer', headers: { 'accept-language': 'en' } })
  t.equal(seen.body, own.body)
})

t.test('the default rule is privacy in the live dialect, and as documented in the documented one', async (t) => {
  const { get: documented } = build(t)
  const { get: live } = build(t, { config: { dialect: 'live' } })
  t.equal((await documented(listOf(FRIEND))).statusCode, 403)
  t.equal((await live(listOf(FRIEND))).statusCode, 200)
  const { get: strict } = build(t, { config: { dialect: 'live', crossUser: 'strict' } })
  t.match((await strict(listOf(FRIEND))).json(), { code: 8377, description: MISMATCH.errorMessage })
})
