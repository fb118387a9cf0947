import t from 'tap'
import { ANN, BEA, buildSocial, CAL, messageOf, NOBODY, type SocialWorld } from './social-world.ts'

const current = (xuid: string): string => `/users/xuid(${xuid})/devices/current/titles/current`
const heartbeat = (xuid: string): string => `/users/xuid(${xuid})/devices/current/`
const NOW = '2020-06-15T12:00:00.0000000Z'
const title = (titleId: number, members: object = {}) => ({ titleId, name: null, state: 'Active', placement: 'Full', richPresence: null, ...members })
const HOME = title(750323071, { name: 'Home', placement: 'Background' })
const presenceOf = ({ store }: SocialWorld, xuid: string) => store.people.findDetails(xuid)?.presence

t.test('a title says that its user is in it', async (t) => {
  const emulator = buildSocial(t)
  const response = await emulator.ask(current(ANN), { body: { state: 'inactive', activity: { richPresence: { id: 'playingMap', scid: 'x' }, media: null } }, host: 'userpresence.xboxlive.com', version: '3' })
  t.strictSame([response.statusCode, response.headers['x-heartbeat-after'], response.body], [200, '300', ''])
  t.strictSame(presenceOf(emulator, ANN), { state: 'Online', deviceType: 'Scarlett', titles: [HOME, title(1, { state: 'Inactive', richPresence: 'playingMap' })], timestamp: NOW })
  await emulator.ask(current(ANN), { method: 'POST' })
  t.strictSame(presenceOf(emulator, ANN), { state: 'Online', deviceType: 'Scarlett', titles: [HOME, title(1)], timestamp: NOW })
  t.match((await emulator.ask(`/users/xuid(${ANN})`, { as: 'bea' })).json(), { state: 'Online', devices: [{ titles: [{ name: 'Home' }, { name: 'One' }] }] })
})

t.test('a token without a title names one, which need not be of the world', async (t) => {
  const emulator = buildSocial(t)
  const enter = (body: object) => emulator.ask(current(BEA), { as: 'bea', body })
  await enter({ id: 2, state: 'Active', placement: 'snapped', activity: { richPresence: null } })
  // Nothing is left of where she was before she was offline, but the device.
  t.strictSame(presenceOf(emulator, BEA), { state: 'Online', deviceType: 'iOS', titles: [title(2, { placement: 'Snapped' })], timestamp: NOW })
  await enter({ ID: '77', activity: null })
  await enter({ id: '2', state: 'INACTIVE' })
  t.strictSame(presenceOf(emulator, BEA)?.titles, [title(77, { name: 'Title 77' }), title(2, { state: 'Inactive' })])
  await enter({ id: 77, state: 'inactive' })
  t.equal(presenceOf(emulator, BEA)?.state, 'Away')
  // The world has another name for it.
  emulator.run('presence.set', { xuid: BEA, presence: { state: 'Online', deviceType: 'PC', titles: [{ titleId: 78, name: 'Named', state: 'Active', placement: 'Full', richPresence: null }], timestamp: null }, now: 0 })
  await enter({ id: 78 })
  t.strictSame(presenceOf(emulator, BEA)?.titles, [title(78, { name: 'Named' })])
  for (let id = 100; id < 120; id++) await enter({ id })
  t.strictSame(presenceOf(emulator, BEA)?.titles.map(({ titleId }) => titleId), [110, 111, 112, 113, 114, 115, 116, 117, 118, 119])
})

t.test('a title says that its user has left it', async (t) => {
  const emulator = buildSocial(t)
  const leave = () => emulator.ask(current(ANN), { method: 'DELETE' })
  const response = await leave()
  t.strictSame([response.statusCode, response.body], [200, ''])
  t.strictSame(presenceOf(emulator, ANN), { state: 'Online', deviceType: 'Scarlett', titles: [HOME], timestamp: NOW })
  await emulator.ask(current(BEA), { as: 'bea', body: { id: 1 } })
  await emulator.ask(current(BEA), { as: 'bea', method: 'DELETE' })
  const left = { state: 'Offline', deviceType: 'iOS', titles: [title(1)], timestamp: NOW }
  t.strictSame(presenceOf(emulator, BEA), left, 'without a title claim it has left all of them')
  t.equal((await emulator.ask(current(BEA), { as: 'bea', method: 'DELETE' })).statusCode, 200)
  t.strictSame(presenceOf(emulator, BEA), left, 'who is offline stays so')
})

t.test('who is left with titles that are not played is away', async (t) => {
  const emulator = buildSocial(t)
  emulator.run('presence.set', { xuid: ANN, presence: { state: 'Online', deviceType: 'PC', titles: [title(2, { state: 'Inactive' }), title(1)] as never, timestamp: null }, now: 0 })
  await emulator.ask(current(ANN), { method: 'DELETE' })
  t.match(presenceOf(emulator, ANN), { state: 'Away', titles: [{ titleId: 2 }] })
})

t.test('a heartbeat names the titles of a device', async (t) => {
  const emulator = buildSocial(t)
  const host = 'presence-heartbeat.xboxlive.com'
  const titles = [{ expiration: 600, id: 77, state: 'active', sandbox: 'RETAIL' }, { id: '1' }]
  const response = await emulator.ask(heartbeat(BEA), { as: 'bea', host, body: { titles } })
  t.strictSame([response.statusCode, response.headers['x-heartbeat-after'], response.body], [200, '300', ''])
  t.strictSame(presenceOf(emulator, BEA)?.titles, [title(77, { name: 'Title 77' }), title(1)])
  t.equal((await emulator.ask(heartbeat(BEA), { as: 'bea', host, method: 'DELETE' })).statusCode, 200)
  t.match(presenceOf(emulator, BEA), { state: 'Offline', titles: [{ titleId: 1 }] })
  // Without a body it is the title of the token.
  await emulator.ask(heartbeat(ANN), { host, method: 'POST' })
  t.match(presenceOf(emulator, ANN), { titles: [{ titleId: 750323071 }, { titleId: 1, richPresence: null }] })
})

t.test('who has no presence yet is on the device that most have', async (t) => {
  const emulator = buildSocial(t)
  emulator.run('presence.set', { xuid: ANN, presence: null, now: 0 })
  t.equal((await emulator.ask(current(ANN), { method: 'DELETE' })).statusCode, 200)
  t.equal(presenceOf(emulator, ANN), null)
  await emulator.ask(current(ANN), { body: {} })
  t.strictSame(presenceOf(emulator, ANN), { state: 'Online', deviceType: 'XboxOne', titles: [title(1)], timestamp: NOW })
})

t.test('a token that may be any title names any', async (t) => {
  const emulator = buildSocial(t, { unknownTokens: 'ann' })
  await emulator.ask(current(ANN), { as: 'not;known', body: { id: 9 } })
  t.strictSame(presenceOf(emulator, ANN)?.titles.map(({ titleId }) => titleId), [750323071, 1, 9])
})

t.test('of two reports at once none is lost, nor is one at the time of a leave', async (t) => {
  const emulator = buildSocial(t)
  const operations = emulator.emulator.services.operations as { run: typeof emulator.run }
  const { run } = operations
  // Another process writes when the request has been read, just before its own transaction.
  const writeBetween = (titles: object[]): void => {
    operations.run = ((name: 'presence.report', input: never) => {
      operations.run = run
      run('presence.set', { xuid: ANN, presence: { state: 'Online', deviceType: 'PC', titles: titles as never, timestamp: null }, now: 0 })
      return run(name, input)
    }) as typeof run
  }
  const left = title(9, { name: 'Nine' })
  writeBetween([left])
  t.equal((await emulator.ask(current(ANN), { method: 'POST' })).statusCode, 200)
  t.strictSame(presenceOf(emulator, ANN), { state: 'Online', deviceType: 'PC', titles: [left, title(1)], timestamp: NOW })
  writeBetween([left, title(1)])
  t.equal((await emulator.ask(current(ANN), { method: 'DELETE' })).statusCode, 200)
  t.strictSame(presenceOf(emulator, ANN), { state: 'Online', deviceType: 'PC', titles: [left], timestamp: NOW })
})

t.test('what is wrong with a request is said, and nothing is changed', async (t) => {
  const emulator = buildSocial(t)
  for (const [path, message, options] of [
    [current(BEA), '403 XUID specified in the claim does not match URI XUID.', { method: 'POST' }],
    [current(BEA), '403 XUID specified in the claim does not match URI XUID.', { method: 'DELETE' }],
    [heartbeat(NOBODY), '403 XUID specified in the claim does not match URI XUID.', { method: 'DELETE' }],
    ['/users/me/devices/current/titles/current', '403 The token carries no user claim; expected one of a user.', { method: 'DELETE', as: 'nobody' }],
    [current('x'), '400 The XUID is "x"; expected an unsigned 64-bit integer in decimal.', { method: 'DELETE' }],
    [current(ANN), '403 The body names title 2, the token is one of title 1.', { body: { id: 2 } }],
    [current(CAL), '400 The body, at /id: found null, expected a title id, because the token carries no title claim.', { as: 'cal', method: 'POST' }],
    [heartbeat(CAL), '400 The body, at /titles/0/id: found "0", expected a title id, because the token carries no title claim.', { as: 'cal', body: { titles: [{ id: 0 }] } }],
    [heartbeat(CAL), '400 titles names title 1 twice; expected each once.', { as: 'cal', body: { titles: [{ id: 1 }, { id: '1' }] } }],
    [heartbeat(CAL), '400 The body, at /titles: found 11 elements, expected a list of at most 10 titles.', { as: 'cal', body: { titles: Array(11).fill({ id: 1 }) } }],
    [heartbeat(CAL), '400 The body, at /titles/0: found "1", expected an object with id and state.', { as: 'cal', body: { titles: [1] } }],
    [current(ANN), '400 The body: found [], expected an object with state.', { body: [] }],
    [current(ANN), '400 The body, at /id: found "x", expected a title id, an unsigned 32-bit integer.', { body: { id: 'x' } }],
    [current(ANN), '400 The body, at /id: found "4294967296", expected a title id, an unsigned 32-bit integer.', { body: { id: 4294967296 } }],
    [current(ANN), '400 The body, at /id: found "-1", expected a title id, an unsigned 32-bit integer.', { body: { id: -1 } }],
    [current(ANN), '400 The body, at /id: found "1e400", expected a title id, an unsigned 32-bit integer.', { body: '{"id":1e400}' }],
    [current(ANN), '400 The body, at /state: found "asleep", expected "active" or "inactive", or null.', { body: { state: 'asleep' } }],
    [current(ANN), '400 The body, at /state: found "1", expected "active" or "inactive", or null.', { body: { state: 1 } }],
    [current(ANN), '400 The body, at /placement: found "half", expected "full", "fill", "snapped" or "background", or null.', { body: { placement: 'half' } }],
    [current(ANN), '400 The body, at /activity: found "x", expected an object with richPresence, or null.', { body: { activity: 'x' } }],
    [current(ANN), '400 The body, at /activity/richpresence/id: found "", expected the name of a rich presence text, of at most 256 characters.', { body: { activity: { richPresence: { id: '' } } } }],
    [current(ANN), '400 The body, at /activity/richpresence/id: missing, expected the name of a rich presence text, of at most 256 characters.', { body: { activity: { richPresence: {} } } }]
  ] as const) {
    t.equal(messageOf(await emulator.ask(path, options)), message, message)
  }
})
