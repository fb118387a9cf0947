import t from 'tap'
import { LOCKED_SINGLE_SAMPLE, SINGLE_SAMPLE } from '../../documented-samples.ts'
import { build, FRIEND, GAMER, SAMPLE_SCID, singleOf, STRANGER } from '../../helper.ts'

const REFUSED = { errorCode: 4500, errorMessage: 'The privacy setting of the user in the path does not let the caller see its achievements.' }

t.test('the answer is the documented sample to the letter under every contract version', async (t) => {
  const { get } = build(t)
  for (const version of [undefined, '1', '2', '3', '4294967295']) {
    const response = await get(singleOf(GAMER, SAMPLE_SCID, 3), { headers: { 'x-xbl-contract-version': version } })
    t.equal(response.statusCode, 200)
    t.equal(response.body, JSON.stringify(SINGLE_SAMPLE), `version ${version}`)
    t.equal(response.headers['content-language'], 'en-US')
    t.equal(response.headers.vary, 'Accept-Language')
  }
})

t.test('letter case, percent-encoding and leading zeros of the path, and a query, make no difference', async (t) => {
  const { get } = build(t)
  for (const url of [
    singleOf(GAMER, SAMPLE_SCID.toUpperCase(), '0003'),
    `/Users/Xuid%28${GAMER}%29/ACHIEVEMENTS/${SAMPLE_SCID}/3/`,
    `${singleOf(GAMER, SAMPLE_SCID, 3)}?orderBy=nonsense&maxItems=-1`
  ]) {
    t.equal((await get(url)).body, JSON.stringify(SINGLE_SAMPLE), url)
  }
})

// [requester, privacy setting of the target, allowed]. The target has added the friend.
const PRIVACY = [
  ['me', 'everyone', true],
  ['me', 'friendsOnly', true],
  ['me', 'blocked', true],
  ['friend', 'everyone', true],
  ['friend', 'friendsOnly', true],
  ['friend', 'blocked', false],
  ['stranger', 'everyone', true],
  ['stranger', 'friendsOnly', false],
  ['stranger', 'blocked', false],
  ['site', 'everyone', true],
  ['site', 'friendsOnly', false],
  ['site', 'blocked', false],
  // A web site that acts for the user itself, or for a friend, is treated as a web site.
  ['site of me', 'everyone', true],
  ['site of me', 'friendsOnly', false],
  ['site of friend', 'friendsOnly', false]
] as const

t.test('who may read a single achievement is as in the privacy table', async (t) => {
  for (const [requester, privacy, allowed] of PRIVACY) {
    const { get } = build(t, {
      world: {
        titles: [{ titleId: 1, name: 'One', serviceConfigId: SAMPLE_SCID, public: true, achievements: [{ id: 3, name: 'Three' }] }],
        users: [
          { xuid: GAMER, gamertag: 'gamer', privacy, friends: [FRIEND] },
          { xuid: FRIEND, gamertag: 'friend' },
          // Has added the target, but the target has not added it.
          { xuid: STRANGER, gamertag: 'stranger', friends: [GAMER] }
        ],
        sessions: [
          { userHash: 'the', token: 'me', xuid: GAMER },
          { userHash: 'the', token: 'friend', xuid: FRIEND },
          { userHash: 'the', token: 'stranger', xuid: STRANGER },
          { userHash: 'the', token: 'site', xuid: STRANGER, thirdPartySite: true },
          { userHash: 'the', token: 'site-of-me', xuid: GAMER, thirdPartySite: true },
          { userHash: 'the', token: 'site-of-friend', xuid: FRIEND, thirdPartySite: true }
        ]
      }
    })
    const response = await get(singleOf(GAMER, SAMPLE_SCID, 3), { session: `the;${requester.replaceAll(' ', '-')}` })
    t.equal(response.statusCode, allowed ? 200 : 403, `${requester}, ${privacy}`)
    if (allowed) t.equal(response.json().achievement.name, 'Three')
    else t.strictSame(response.json(), REFUSED)
  }
})

t.test('the progress is that of the user in the path, not of the caller', async (t) => {
  const { get } = build(t)
  const friends = await get(singleOf(GAMER, SAMPLE_SCID, 3), { session: 'demo;friend' })
  t.equal(friends.statusCode, 200)
  t.equal(friends.json().achievement.progressState, 'Achieved')
  const gamers = await get(singleOf(FRIEND, SAMPLE_SCID, 3), { headers: { 'accept-language': 'en-US' } })
  t.strictSame(gamers.json(), LOCKED_SINGLE_SAMPLE)
})

t.test('a user who does not exist and one who is blocked have the same refusal', async (t) => {
  const { get } = build(t)
  for (const target of [STRANGER, '1', '18446744073709551615']) {
    const response = await get(singleOf(target, SAMPLE_SCID, 3))
    t.equal(response.statusCode, 403)
    t.strictSame(response.json(), REFUSED)
  }
})

const OWN = 'aaaaaaaa-0000-0000-0000-000000000001'
const OTHER = 'bbbbbbbb-0000-0000-0000-000000000002'
const PUBLIC = 'cccccccc-0000-0000-0000-000000000003'
const DEV = 'dddddddd-0000-0000-0000-000000000004'
const OWN_DEV = 'eeeeeeee-0000-0000-0000-000000000005'
const title = (titleId: number, serviceConfigId: string, rest = {}): object =>
  ({ titleId, name: `t${titleId}`, serviceConfigId, achievements: [{ id: 1, name: 'n' }], ...rest })

const CLAIMS = {
  titles: [
    title(1, OWN), title(2, OTHER), title(3, PUBLIC, { public: true }), title(4, DEV, { public: true, sandboxes: ['DEV.1'] }),
    title(5, OWN_DEV, { sandboxes: ['DEV.1'] }),
    { titleId: 6, name: 'shares', serviceConfigId: OWN },
    // Is not published itself, and defines an achievement of a service configuration that is.
    { titleId: 7, name: 'hidden', serviceConfigId: OWN, sandboxes: ['DEV.1'], achievements: [{ id: 2, name: 'hidden' }] }
  ],
  users: [{ xuid: GAMER, gamertag: 'gamer' }],
  sessions: [
    { userHash: 'of', token: 'none', xuid: GAMER },
    { userHash: 'of', token: '1', xuid: GAMER, titleId: 1, sandbox: 'RETAIL' },
    { userHash: 'of', token: '6', xuid: GAMER, titleId: 6 },
    { userHash: 'of', token: '5', xuid: GAMER, titleId: 5 },
    { userHash: 'of', token: 'dev', xuid: GAMER, titleId: 5, sandbox: 'DEV.1' },
    { userHash: 'of', token: 'lower', xuid: GAMER, titleId: 5, sandbox: 'dev.1' }
  ]
}

const NO_TITLE = 'The service configuration is not public and the token carries no title claim: those have one that name a title, come of a TitleToken, or of a client id that a title has in clientIds.'
const OTHER_TITLE = 'The service configuration is not public and does not belong to the title of the token.'
const NOT_PUBLISHED = 'The service configuration is not published in the sandbox of the token.'
const UNKNOWN = '99999999-0000-0000-0000-000000000000'

t.test('the title and sandbox claims decide which service configurations may be read', async (t) => {
  const { get } = build(t, { world: CLAIMS })
  for (const [session, scid, id, status, message] of [
    ['none', OWN, 1, 403, NO_TITLE],
    ['none', PUBLIC, 1, 200, ''],
    ['none', DEV, 1, 403, NO_TITLE],
    ['none', UNKNOWN, 1, 403, NO_TITLE],
    ['1', OWN, 1, 200, ''],
    ['6', OWN, 1, 200, ''],
    ['1', OTHER, 1, 403, OTHER_TITLE],
    ['1', PUBLIC, 1, 200, ''],
    ['1', DEV, 1, 403, OTHER_TITLE],
    ['1', UNKNOWN, 1, 403, OTHER_TITLE],
    ['1', OWN, 2, 404, 'The service configuration has no achievement 2.'],
    ['1', OWN, 4294967295, 404, 'The service configuration has no achievement 4294967295.'],
    ['5', OWN_DEV, 1, 404, NOT_PUBLISHED],
    ['dev', OWN_DEV, 1, 200, ''],
    ['dev', DEV, 1, 200, ''],
    ['dev', PUBLIC, 1, 403, OTHER_TITLE],
    ['lower', OWN_DEV, 1, 404, NOT_PUBLISHED]
  ] as const) {
    const response = await get(singleOf(GAMER, scid, id), { session: `of;${session}` })
    t.equal(response.statusCode, status, `${session} ${scid}`)
    if (status === 200) t.equal(response.json().achievement.serviceConfigId, scid)
    else t.strictSame(response.json(), { errorCode: status === 403 ? 4500 : null, errorMessage: message })
  }
})
