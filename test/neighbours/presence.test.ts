import t from 'tap'
import { ANN, BEA, buildSocial, CAL, DAN, EVE, FAY, messageOf, NOBODY } from './social-world.ts'

const BATCH = '/users/batch'
const LAST_MODIFIED = '2020-06-15T11:00:00.0000000Z'
const HOME = { id: '750323071', name: 'Home', placement: 'Background', state: 'Active', lastModified: LAST_MODIFIED }
const ONE = { id: '1', name: 'One', placement: 'Full', state: 'Active', lastModified: LAST_MODIFIED }
const offline = (xuid: string) => ({ xuid, state: 'Offline' })
const BEA_LAST = { ...offline(BEA), lastSeen: { deviceType: 'iOS', titleId: '1', titleName: 'One', timestamp: '2020-06-12T12:00:00.0000000Z' } }
/** Without a time, of titles that the world names, that only the presence names, and that are published elsewhere. */
const DAN_AWAY = {
  xuid: DAN,
  state: 'Away',
  devices: [{
    type: 'XboxOne',
    titles: [
      { id: '1', name: 'One', placement: 'Full', state: 'Inactive' },
      { id: '2', name: '', placement: 'Full', state: 'Active' },
      { id: '3', name: 'Elsewhere', placement: 'Full', state: 'Inactive' }
    ]
  }]
}

t.test('a level decides how much is told of a user who is online', async (t) => {
  const { ask } = buildSocial(t)
  const show = async (query: string) => (await ask(`/users/me${query}`, { host: 'userpresence.xboxlive.com', version: '3' })).json()
  const whole = { xuid: ANN, state: 'Online', devices: [{ type: 'Scarlett', titles: [HOME, ONE] }] }
  t.strictSame(await show('?level=user'), { xuid: ANN, state: 'Online' })
  t.strictSame(await show('?level=device'), { xuid: ANN, state: 'Online', devices: [{ type: 'Scarlett' }] })
  for (const query of ['', '?level=title', '?LEVEL=Title', '?level=', '?level=PresenceLevel.ALL']) t.strictSame(await show(query), whole, query)
  t.strictSame(await show('?level=ALL'), { ...whole, devices: [{ type: 'Scarlett', titles: [HOME, { ...ONE, activity: { richPresence: 'On the roof' } }] }] })
})

t.test('who is offline, hides or does not exist', async (t) => {
  const { ask } = buildSocial(t)
  const show = async (path: string, as = 'ann') => (await ask(path, { as })).json()
  for (const query of ['', '?level=user', '?level=all']) t.strictSame(await show(`/users/xuid(${BEA})${query}`), BEA_LAST, query)
  t.strictSame(await show('/users/gt(DAN)'), DAN_AWAY)
  t.strictSame(await show(`/users/xuid(${EVE})`), { xuid: EVE, state: 'Away', devices: [{ type: 'XboxOne', titles: [] }] })
  t.strictSame(await show(`/users/xuid(${CAL})`), offline(CAL), 'has not added the caller')
  t.strictSame(await show(`/users/xuid(${FAY})`), offline(FAY), 'has blocked everybody')
  t.strictSame(await show('/users/me', 'site'), offline(FAY), 'a site that acts for the user')
  t.strictSame(await show(`/users/xuid(0${NOBODY})`), offline(NOBODY))
  t.match(await show(`/users/xuid(${CAL})`, 'cal'), { state: 'Online' })
})

t.test('an offline user of whom nobody knows since when, or in what, has not been seen', async (t) => {
  const { ask, run } = buildSocial(t)
  const now = Date.UTC(2020, 5, 15)
  const setPresence = (titles: Array<{ titleId: number, name: string, state: 'Active', placement: 'Full', richPresence: null }>) =>
    run('presence.set', { xuid: EVE, presence: { state: 'Offline', deviceType: 'iOS', titles, timestamp: null }, now })
  setPresence([])
  t.strictSame((await ask(`/users/xuid(${EVE})`)).json(), offline(EVE))
  setPresence([{ titleId: 9, name: 'Nine', state: 'Active', placement: 'Full', richPresence: null }])
  t.strictSame((await ask(`/users/xuid(${EVE})`)).json(), { ...offline(EVE), lastSeen: { deviceType: 'iOS', titleId: '9', titleName: 'Nine', timestamp: '2020-06-15T00:00:00.0000000Z' } })
})

t.test('a title has the name that it has in the caller\'s sandbox', async (t) => {
  const { ask } = buildSocial(t)
  const { devices: [{ titles }] } = (await ask(`/users/xuid(${DAN})`, { as: 'sandboxed' })).json()
  t.strictSame(titles.map(({ name }: { name: string }) => name), ['', 'Two', 'Elsewhere'])
})

t.test('a batch', async (t) => {
  const { ask } = buildSocial(t)
  const show = async (body: object | string) => (await ask(BATCH, { body, version: '3' })).json()
  t.strictSame(await show({ users: [BEA, CAL, NOBODY, DAN, `0${BEA}`] }), [BEA_LAST, offline(CAL), offline(NOBODY), DAN_AWAY])
  t.strictSame(await show(`{"Users":[${BEA},${FAY}],"OnlineOnly":false,"Level":"all","titles":null,"deviceTypes":null} x`), [BEA_LAST, offline(FAY)])
  t.strictSame(await show({ users: [BEA, CAL, EVE, ANN], onlineOnly: true, level: 'user' }), [{ xuid: EVE, state: 'Away' }, { xuid: ANN, state: 'Online' }])
  t.strictSame(await show({ users: [] }), [])
})

t.test('a batch for some titles or devices alone', async (t) => {
  const { ask } = buildSocial(t)
  const show = async (members: object) => (await ask(BATCH, { body: { users: [ANN, DAN], ...members } })).json()
  const [, two] = DAN_AWAY.devices[0]?.titles ?? []
  t.strictSame(await show({ titles: ['2', 9] }), [offline(ANN), { ...DAN_AWAY, devices: [{ type: 'XboxOne', titles: [two] }] }])
  t.strictSame(await show({ titles: [1], deviceTypes: ['scarlett'] }), [{ xuid: ANN, state: 'Online', devices: [{ type: 'Scarlett', titles: [ONE] }] }, offline(DAN)])
  t.strictSame(await show({ deviceTypes: ['XBOXONE'], level: 'device' }), [offline(ANN), { xuid: DAN, state: 'Away', devices: [{ type: 'XboxOne' }] }])
  t.strictSame(await show({ deviceTypes: [], titles: [], onlineOnly: null, level: null }), [{ xuid: ANN, state: 'Online', devices: [{ type: 'Scarlett', titles: [HOME, ONE] }] }, DAN_AWAY])
  t.strictSame(await show({ titles: [7], onlineOnly: true }), [])
})

t.test('where those are whom a user has added', async (t) => {
  const { ask } = buildSocial(t)
  t.strictSame((await ask('/users/me/groups/People?level=device')).json(), [BEA_LAST, offline(CAL), { xuid: DAN, state: 'Away', devices: [{ type: 'XboxOne' }] }, offline(FAY)])
  t.strictSame((await ask(`/users/xuid(${BEA})/groups/people?level=user`)).json(), [{ xuid: ANN, state: 'Online' }, { xuid: EVE, state: 'Away' }])
  t.strictSame((await ask(`/users/xuid(${CAL})/groups/People`)).json(), [], 'hidden')
  t.strictSame((await ask(`/users/xuid(${NOBODY})/groups/People`)).json(), [])
})

t.test('what is wrong with a request is said', async (t) => {
  const { ask } = buildSocial(t)
  const NO_USER = '403 The token carries no user claim; expected one of a user.'
  for (const [path, message, options] of [
    ['/users/me', NO_USER, { as: 'nobody' }],
    [`/users/xuid(${BEA})`, NO_USER, { as: 'nobody' }],
    [BATCH, NO_USER, { as: 'nobody', body: { users: [] } }],
    ['/users/gt(ann)/groups/People', NO_USER, { as: 'nobody' }],
    ['/users/xuid(a)', '400 The XUID is "a"; expected an unsigned 64-bit integer in decimal.'],
    ['/users/gt(zed)', '404 No user has the gamertag "zed".'],
    ['/users/me?level=user&level=all', '400 level was given 2 times; expected once.'],
    ['/users/me/groups/Pals', '400 The group is "Pals"; expected People.'],
    [BATCH, '400 The body: missing, expected an object with users.', { method: 'POST' }],
    [BATCH, '400 The body, at /users: found 1101 elements, expected a list of at most 1100 XUIDs.', { body: { users: Array(1101).fill(1) } }],
    [BATCH, '400 The body, at /users/0: found {}, expected a XUID.', { body: { users: [{}] } }],
    [BATCH, '400 The body, at /level: found true, expected a string, or null.', { body: { users: [], level: true } }],
    [BATCH, '400 The body, at /onlineonly: found "yes", expected true or false, or null.', { body: { users: [], onlineOnly: 'yes' } }],
    [BATCH, '400 The body, at /devicetypes: found "PC", expected a list of strings, or null.', { body: { users: [], deviceTypes: 'PC' } }],
    [BATCH, '400 The body, at /titles/0: found null, expected a title id.', { body: { users: [], titles: [null] } }],
    [BATCH, '400 The body, at /titles/1: found "4294967296", expected a title id, an unsigned 32-bit integer.', { body: { users: [], titles: [1, '4294967296'] } }],
    [BATCH, '400 The body, at /titles/0: found "-1", expected a title id, an unsigned 32-bit integer.', { body: { users: [], titles: [-1] } }]
  ] as const) {
    t.equal(messageOf(await ask(path, options)), message, message)
  }
})
