import t from 'tap'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { command } from '../control/client.ts'
import { build, GAMER, NOW, type Emulator } from '../helper.ts'
import { start } from '../in-process.ts'
import { post, postForm, refusedAs } from './client.ts'

const URN = 'urn:ietf:params:oauth:grant-type:device_code'
const EXPIRES = '2020-06-15T12:15:00.0000000Z'

interface Connection { user_code: string, device_code: string }

const connect = async (emulator: Emulator, form: Record<string, string> = {}): Promise<Connection> =>
  (await post(emulator, '/oauth20_connect.srf', String(new URLSearchParams({ client_id: 'my-app', scope: 'x', response_type: 'device_code', ...form })))).json()

const poll = async (emulator: Emulator, { device_code: code }: Connection, form: Record<string, string> = {}) =>
  await postForm(emulator, { client_id: 'my-app', grant_type: URN, device_code: code, ...form })

const decide = async ({ app }: Emulator, { user_code: code }: Connection, body: object) =>
  await app.inject({ method: 'PUT', url: `/_emulator/device-codes/${code}`, payload: body })

t.test('what a device is given, and where it says that its code is entered', async (t) => {
  const emulator = build(t)
  for (const [host, origin] of [['localhost:5280', 'http://localhost:5280'], ['login.live.com', 'https://login.live.com']] as const) {
    const response = await emulator.app.inject({ method: 'POST', url: '/oauth20_connect.srf?client_id=my-app', headers: { host }, payload: 'scope=x' })
    const { user_code: userCode, device_code: deviceCode, ...rest } = response.json()
    t.strictSame([response.statusCode, rest], [200, { verification_uri: `${origin}/oauth20_remoteconnect.srf`, interval: 5, expires_in: 900 }])
    t.match(userCode, /^[A-Z0-9]{8}$/)
    t.match(deviceCode, /^[\w-]{43}$/)
  }
})

t.test('a device waits until a person approves, and signs in once', async (t) => {
  const emulator = build(t)
  const code = await connect(emulator)
  const pending = { error: 'authorization_pending', description: `Nobody has entered ${code.user_code} yet.` }
  refusedAs(t, await poll(emulator, code), pending)
  refusedAs(t, await poll(emulator, code, { grant_type: 'device_code' }), pending)
  t.equal((await decide(emulator, code, { decision: 'slowDown' })).statusCode, 204)
  for (let count = 0; count < 2; count++) refusedAs(t, await poll(emulator, code), { error: 'slow_down', description: 'A test wants the device to poll less often.' })
  t.equal((await decide(emulator, code, { decision: 'approve', user: 'GAMER' })).statusCode, 204)
  refusedAs(t, await poll(emulator, code, { client_id: 'other' }), { error: 'invalid_grant', description: 'The device_code was issued to another client_id.' })
  const { access_token: _access, refresh_token: _refresh, ...rest } = (await poll(emulator, code, { client_id: 'MY-app' })).json()
  t.strictSame(rest, { token_type: 'bearer', expires_in: 3600, scope: 'x', user_id: '0ef1d81fba943573' })
  refusedAs(t, await poll(emulator, code), { error: 'invalid_grant', description: 'The device_code was used already.' })
  const again = await decide(emulator, code, { decision: 'decline' })
  t.strictSame([again.statusCode, again.json()], [400, { errorCode: 4000, errorMessage: `The device code ${code.user_code} was used already.` }])
})

t.test('a device whose person declines, or that nobody knows', async (t) => {
  const emulator = build(t)
  const code = await connect(emulator)
  t.equal((await decide(emulator, code, { decision: 'decline' })).statusCode, 204)
  refusedAs(t, await poll(emulator, code), { error: 'authorization_declined', description: 'The person has declined.' })
  refusedAs(t, await poll(emulator, { ...code, device_code: 'gamer' }), { error: 'invalid_grant', description: 'The device_code was not issued here.' })
  await decide(emulator, code, { decision: 'approve', user: GAMER })
  t.equal((await poll(emulator, code)).statusCode, 200, 'the person has changed its mind')
})

t.test('a device code ends on the emulator\'s clock', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const [early, late] = [await connect(emulator), await connect(emulator)]
  await decide(emulator, late, { decision: 'approve', user: 'gamer' })
  now += 900_000
  for (const code of [early, late]) refusedAs(t, await poll(emulator, code), { error: 'expired_token', description: `The device_code expired at ${EXPIRES}.` })
  t.strictSame((await decide(emulator, early, { decision: 'decline' })).json(), { errorCode: 4000, errorMessage: `The device code ${early.user_code} expired at ${EXPIRES}.` })
  now--
  t.equal((await poll(emulator, late)).statusCode, 200)
})

t.test('an approval by somebody who is gone', async (t) => {
  const emulator = build(t)
  const code = await connect(emulator)
  await decide(emulator, code, { decision: 'approve', user: 'gamer' })
  await command(emulator, 'DELETE', `/users/${GAMER}`)
  refusedAs(t, await poll(emulator, code), { error: 'access_denied', description: `There is no user ${GAMER} any more.` })
  t.match(await command(emulator, 'GET', '/device-codes'), { deviceCodes: [{ state: 'approved' }] }, 'it is not used up')
})

t.test('a reset leaves device codes, one of everything does not', async (t) => {
  const emulator = build(t)
  const code = await connect(emulator)
  await command(emulator, 'POST', '/reset')
  t.match((await poll(emulator, code)).json(), { error: 'authorization_pending' })
  await command(emulator, 'POST', '/reset?everything=true')
  t.match((await poll(emulator, code)).json(), { error: 'invalid_grant' })
})

t.test('what a request for a device code has to have', async (t) => {
  const emulator = build(t)
  for (const [body, error, description] of [
    ['', 'invalid_request', 'client_id is missing; expected the id of the application.'],
    ['client_id=a&response_type=code', 'unsupported_response_type', 'response_type is "code"; expected device_code.'],
    ['client_id=a&scope=', 'invalid_request', 'scope is ""; expected the scopes, separated by blanks.']
  ] as const) refusedAs(t, await post(emulator, '/oauth20_connect.srf', body), { error, description })
})

t.test('a test lists the codes, and decides', async (t) => {
  const emulator = build(t)
  const codes = [await connect(emulator), await connect(emulator, { client_id: 'other' }), await connect(emulator)]
  await decide(emulator, codes[1] as Connection, { decision: 'approve', user: 'gamer' })
  const listed = codes.map(({ user_code: userCode }, index) => ({
    userCode, clientId: index === 1 ? 'other' : 'my-app', scope: 'x', state: index === 1 ? 'approved' : 'pending', xuid: index === 1 ? GAMER : null, expires: EXPIRES
  }))
  t.strictSame(await command(emulator, 'GET', '/device-codes'), { deviceCodes: listed, next: null })
  t.strictSame(await command(emulator, 'GET', '/device-codes?limit=2'), { deviceCodes: listed.slice(0, 2), next: 2 })
  t.strictSame(await command(emulator, 'GET', '/device-codes?after=2'), { deviceCodes: listed.slice(2), next: null })

  const [code = { user_code: '', device_code: '' }] = codes
  for (const [userCode, body, status, errorMessage] of [
    [code.user_code, {}, 400, 'The body, at /decision: missing, expected one of "approve", "decline", "slowDown".'],
    [code.user_code, { decision: 'approve' }, 400, 'The body, at /user: missing, expected the XUID or gamertag of who approves.'],
    [code.user_code, { decision: 'decline', user: 'gamer' }, 400, 'The body, at /user: found a user, expected none when the decision is "decline".'],
    [code.user_code, { decision: 'approve', user: 'nobody' }, 404, 'There is no user "nobody"; expected a XUID, or the gamertag of a user of the world.'],
    [code.user_code, { decision: 'approve', user: '99' }, 404, 'There is no user 99.'],
    ['NOSUCH', { decision: 'decline' }, 404, 'There is no device code "NOSUCH"; expected the user_code that a device was given.']
  ] as const) {
    const response = await decide(emulator, { ...code, user_code: userCode }, body)
    t.strictSame([response.statusCode, response.json()], [status, { errorCode: status === 400 ? 4000 : null, errorMessage }], errorMessage)
  }
})

t.test('the methods of an emulator in a process', async (t) => {
  const emulator = await start(t)
  const ask = async (path: string, form: object): Promise<any> =>
    await (await fetch(emulator.url + path, { method: 'POST', body: new URLSearchParams({ client_id: 'my-app', ...form }) })).json()
  const code = await ask('/oauth20_connect.srf', {})
  const form = { grant_type: URN, device_code: code.device_code }
  emulator.slowDownDeviceCode(code.user_code)
  t.match(await ask('/oauth20_token.srf', form), { error: 'slow_down' })
  emulator.declineDeviceCode(code.user_code.toLowerCase())
  t.match(await ask('/oauth20_token.srf', form), { error: 'authorization_declined' })
  emulator.approveDeviceCode(code.user_code, 'gamer')
  t.match(emulator.deviceCodes(), [{ userCode: code.user_code, state: 'approved', xuid: GAMER }])
  t.match(await ask('/oauth20_token.srf', form), { token_type: 'bearer' })
  t.throws(() => emulator.approveDeviceCode(code.user_code, 5 as unknown as string), { message: 'The user is 5; expected a XUID in quotes, or a gamertag.' })
  t.throws(() => emulator.declineDeviceCode('NOSUCH'), { message: 'There is no device code "NOSUCH"; expected the user_code that a device was given.' })
})

t.test('the newest ten thousand are kept', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => database.close())
  const { store: { deviceCodes }, transact } = prepareStore(database)
  transact(({ write }) => {
    for (let count = 0; count < 10_001; count++) {
      write.deviceCodes.add({ deviceCode: `device ${count}`, userCode: `USER ${count}`, clientId: 'a', scope: 'x', expires: EXPIRES, state: 'pending', xuid: null })
    }
  })
  t.strictSame([deviceCodes.find('device 0'), deviceCodes.find('device 1')?.row, deviceCodes.findByUserCode('user 10000')?.row], [undefined, 2, 10_001])
  transact(({ write }) => write.deviceCodes.add({ deviceCode: 'new', userCode: 'USER 5', clientId: 'a', scope: 'x', expires: EXPIRES, state: 'pending', xuid: null }))
  t.strictSame([deviceCodes.find('device 5'), deviceCodes.findByUserCode('USER 5')?.deviceCode], [undefined, 'new'], 'of two with the same user code the newer one')
})
