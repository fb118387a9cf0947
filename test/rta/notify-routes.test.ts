import t from 'tap'
import { formatInstant } from '../../src/base/instant.ts'
import { formatValue } from '../../src/base/validation.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import { NOW } from '../helper.ts'
import { openNotify, REGISTRATION, resourceOf, type NotifyClient } from './notify-client.ts'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const endpointsOf = ({ store }: NotifyClient) => store.notificationEndpoints.list({ after: 0, limit: 1000 })
const idsOf = (client: NotifyClient): string[] => endpointsOf(client).map(({ endpointId }) => endpointId)

for (const dialect of DIALECTS) {
  t.test(`a title registers an endpoint and ends it, ${dialect}`, async (t) => {
    const client = openNotify(t, { config: { dialect } })
    const { register, unregister } = client
    const registered = await register()
    t.equal(registered.statusCode, 200)
    t.equal(registered.headers['content-type'], 'application/json')
    t.equal(registered.headers['cache-control'], 'no-cache, no-store')
    const { endpointId, ...others } = registered.json()
    t.match(endpointId, GUID)
    t.strictSame(others, {})
    t.strictSame(endpointsOf(client), [{
      row: 1, ...REGISTRATION, endpointId, xuid: '1', titleId: 1, location: null, origin: 'https://notify.xboxlive.com', created: formatInstant(NOW)
    }])

    const deleted = await unregister(endpointId.toUpperCase())
    t.strictSame([deleted.statusCode, deleted.body], [200, ''])
    t.strictSame(endpointsOf(client), [])
    const again = await unregister(endpointId)
    t.equal(again.statusCode, 404)
    const message = `The user has no endpoint "${endpointId}"; it may have been replaced, or forgotten by a reset.`
    t.match(again.json(), dialect === 'live' ? { code: 404, description: message } : { errorCode: null, errorMessage: message })
  })
}

t.test('the same user, system and URI: the new endpoint takes the place of the old one', async (t) => {
  const client = openNotify(t)
  const { register, unregister } = client
  const [first, second] = [(await register()).json().endpointId, (await register({ locale: 'de' })).json().endpointId]
  t.not(first, second)
  t.match(endpointsOf(client), [{ endpointId: second, locale: 'de' }])
  const elsewhere = (await register({ systemId: 'another' })).json().endpointId
  const other = (await register({ endpointUri: resourceOf('1', 2), titleId: 2 }, { token: 'other' })).json().endpointId
  const bobs = (await register({ endpointUri: resourceOf('2', 1) }, { token: 'bob' })).json().endpointId
  t.strictSame(idsOf(client), [second, elsewhere, other, bobs])

  t.equal((await unregister(first)).statusCode, 404, 'one that was replaced')
  t.equal((await unregister(bobs)).statusCode, 404, 'one of another user')
  t.equal((await unregister(second, 'other')).statusCode, 200, 'one\'s own, by a token of another title')
  client.run('user.delete', { xuid: '1' })
  t.strictSame(idsOf(client), [bobs])
  client.run('world.reset', {})
  t.strictSame(idsOf(client), [bobs], 'endpoints are no part of the world')
  client.run('everything.reset', {})
  t.strictSame(idsOf(client), [])
})

/** A registration that is as long as one may be. */
const LARGEST = {
  systemId: 's'.repeat(256), endpointUri: 'u'.repeat(2048), platform: 'p'.repeat(64), transport: 't'.repeat(64), locale: 'l'.repeat(1000), filters: Array(100).fill(REGISTRATION.filters[0])
}

t.test('what a body may have', async (t) => {
  const client = openNotify(t)
  const { register } = client
  const filter = { Action: 'EXCLUDE', SOURCE: '8', Type: 4294967295, more: 1 }
  for (const [what, members, token, expected] of [
    ['numbers for texts, other letter case, unknown members', { titleId: 1, TRANSPORT: 'rta', filters: [filter], deviceName: 'x' }, 'token', { transport: 'RTA', filters: [{ action: 'Exclude', source: 8, type: 4294967295 }] }],
    ['no locale, no filters', { locale: undefined, filters: [] }, 'japan', { locale: '', filters: [], location: 'JP' }],
    ['leading zeros, other spelling of the URI', { titleId: '0001', endpointUri: 'HTTPS://Notify.XboxLive.com:443/Users/XUID(01)/deviceid/Current/TITLEID/01?x#y' }, 'token', { titleId: 1 }],
    ['percent-encoded', { endpointUri: 'https://notify.xboxlive.com/users/xuid%281%29/deviceId/current/titleId/1/' }, 'token', { titleId: 1 }],
    ['a URI under a name of the emulator', { endpointUri: 'http://127.0.0.1:5280/users/xuid(1)/deviceId/current/titleId/1' }, 'token', { titleId: 1 }],
    ['as much of everything as there may be', LARGEST, 'token', LARGEST],
    ['another transport, whose URI may be any', { transport: 'FCM', endpointUri: 'APA91b:x' }, 'token', { transport: 'FCM', endpointUri: 'APA91b:x' }],
    ['any title, by a token without one', { titleId: '7', endpointUri: resourceOf('1', 7) }, 'titleless', { titleId: 7 }]
  ] as const) {
    const sent = await register(members, { token })
    t.equal(sent.statusCode, 200, what)
    t.match(endpointsOf(client).at(-1), { endpointId: sent.json().endpointId, ...expected }, what)
  }
  const bare = await client.app.inject({
    method: 'POST', url: '/system/notifications/endpoints', headers: { authorization: 'XBL3.0 x=hash;token', host: '127.0.0.1:5280' }, payload: `${JSON.stringify(REGISTRATION)} and more`
  })
  t.equal(bare.statusCode, 200, 'no contract version, no Content-Type, more text')
  t.equal(endpointsOf(client).at(-1)?.origin, 'http://127.0.0.1:5280')
})

t.test('a token that may be any title registers every title', async (t) => {
  const client = openNotify(t, { config: { dialect: 'live' } })
  client.run('session.create', { userHash: 'hash', token: 'app', xuid: '1', titleId: 1016898439, sandbox: null, location: null, thirdPartySite: false, expires: null })
  t.equal((await client.register({}, { token: 'app' })).statusCode, 200)
})

t.test('what is refused', async (t) => {
  const client = openNotify(t)
  const text = (path: string, found: string, expected: string): string => `The body, at /${path}: ${found}, expected ${expected}.`
  const uri = resourceOf('1', 1)
  const wrongUri = (found: string): string => text('endpointuri', `found ${formatValue(found)}`, `${uri} with the transport RTA`)
  const ascii = (longest: number): string => `a text of 1 to ${longest} characters of ASCII`
  const foreign = 'XUID specified in the claim does not match URI XUID.'
  for (const [members, message, status = 400, token = 'token'] of [
    [{ systemId: undefined }, text('systemid', 'missing', ascii(256))],
    [{ systemId: '' }, text('systemid', 'found ""', ascii(256))],
    [{ systemId: 'x'.repeat(257) }, text('systemid', `found ${formatValue('x'.repeat(257))}`, ascii(256))],
    [{ locale: 'x'.repeat(1001) }, text('locale', `found ${formatValue('x'.repeat(1001))}`, 'a text of at most 1000 characters of ASCII')],
    [{ transport: 'x'.repeat(65) }, text('transport', `found ${formatValue('x'.repeat(65))}`, ascii(64))],
    [{ endpointUri: 'x'.repeat(2049), transport: 'FCM' }, 'The body, at /endpointuri: expected a URI of at most 2048 characters of ASCII.'],
    [{ systemId: ['x'] }, text('systemid', 'found ["x"]', ascii(256))],
    [{ systemId: 'a\u0000' }, text('systemid', 'found "a\\u0000"', ascii(256))],
    [{ platform: 'x'.repeat(65) }, text('platform', `found "${'x'.repeat(65)}"`, ascii(64))],
    [{ transport: null }, text('transport', 'found null', ascii(64))],
    [{ locale: 'é' }, text('locale', 'found "é"', 'a text of at most 1000 characters of ASCII')],
    [{ endpointUri: 'a secret of Google', transport: 'FCM' }, 'The body, at /endpointuri: expected a URI of at most 2048 characters of ASCII.'],
    [{ endpointUri: 'x' }, wrongUri('x')],
    [{ endpointUri: 'https://achievements.xboxlive.com/users/xuid(1)/deviceId/current/titleId/1' }, wrongUri('https://achievements.xboxlive.com/users/xuid(1)/deviceId/current/titleId/1')],
    [{ endpointUri: resourceOf('1', 2) }, wrongUri(resourceOf('1', 2))],
    [{ endpointUri: resourceOf('18446744073709551616', 1) }, wrongUri(resourceOf('18446744073709551616', 1))],
    [{ endpointUri: `${uri}/x` }, wrongUri(`${uri}/x`)],
    [{ titleId: '4294967296' }, text('titleid', 'found "4294967296"', 'a title id, an unsigned 32-bit integer')],
    [{ titleId: undefined }, text('titleid', 'missing', 'a title id')],
    [{ filters: undefined }, text('filters', 'missing', 'a list of at most 100 filters')],
    [{ filters: Array(101).fill(REGISTRATION.filters[0]) }, text('filters', 'found 101 elements', 'a list of at most 100 filters')],
    [{ filters: [null] }, text('filters/0', 'found null', 'an object with action, source and type')],
    [{ filters: [{ action: 'Ignore', source: 8, type: 1 }] }, text('filters/0/action', 'found "Ignore"', '"Include" or "Exclude"')],
    [{ filters: [{ action: 'Include', source: true, type: 1 }] }, text('filters/0/source', 'found true', 'an unsigned 32-bit integer')],
    [{ filters: [REGISTRATION.filters[0], { action: 'Include', source: 8, type: -1 }] }, text('filters/1/type', 'found "-1"', 'an unsigned 32-bit integer')],
    [{ endpointUri: resourceOf('2', 1) }, foreign, 403],
    [{ endpointUri: resourceOf('99', 1) }, foreign, 403],
    [{}, 'The body names title 1, the token is one of title 2.', 403, 'other'],
    [{}, 'The token carries no user claim; expected one of a user.', 403, 'nobody']
  ] as const) {
    const response = await client.register(members, { token })
    t.equal(response.statusCode, status, message)
    t.equal(response.json().errorMessage, message)
  }
  const expected = 'expected an object with systemId, endpointUri, platform, transport, titleId and filters.'
  for (const [payload, message] of [['', `The body: missing, ${expected}`], ['null', `The body: missing, ${expected}`], ['[]', `The body: found [], ${expected}`], ['"x"', `The body: found "x", ${expected}`], ['{', 'The body is not JSON: ']] as const) {
    const response = await client.app.inject({ method: 'POST', url: '/system/notifications/endpoints', headers: { authorization: 'XBL3.0 x=hash;token' }, payload })
    t.equal(response.statusCode, 400, payload)
    t.ok(response.json().errorMessage.startsWith(message), response.json().errorMessage)
  }
  t.equal((await client.unregister('x', 'nobody')).statusCode, 403)
  t.equal((await client.unregister('x', 'unknown')).statusCode, 401)
  const version = await client.register({}, { headers: { 'x-xbl-contract-version': 'one' } })
  t.strictSame([version.statusCode, version.json().errorMessage], [400, 'x-xbl-contract-version is "one"; expected an unsigned 32-bit integer.'])
  t.equal((await client.register({}, { headers: { 'x-xbl-contract-version': '7' } })).statusCode, 200, 'the number of the version matters to nobody')
  t.equal((await client.register({}, { headers: { host: 'rta.xboxlive.com' } })).statusCode, 404)
  t.equal(endpointsOf(client).length, 1, 'what is refused is not there')
})

t.test('without real-time activity there is nothing to register at', async (t) => {
  const { register } = openNotify(t, { config: { rta: false } })
  const response = await register()
  t.equal(response.statusCode, 404)
  t.match(response.json().errorMessage, '--no-rta leaves out notify.xboxlive.com')
})
