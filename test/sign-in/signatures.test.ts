import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import t, { type Test } from 'tap'
import { build, type Emulator } from '../helper.ts'
import { userTokenOf, xstsBody } from './client.ts'
import { signRequest } from './sign-request.ts'
import { deviceBody, sessionOf, sisuBody, sisuStart, titleBody } from './xal-client.ts'

interface Key { readonly privateKey: KeyObject, readonly jwk: object }

const createKey = (): Key => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' } }
}

const EXPECTED = 'expected base64 of a version, the time and an ECDSA P-256 signature (docs/specification.md, Sign-in).'

/** Sends a request that is signed with a key; null: not at all. */
async function send ({ app }: Emulator, url: string, { key, body, authorization = '', target = url }: { key: Key | null, body?: object, authorization?: string, target?: string }) {
  const method = body === undefined ? 'GET' : 'POST'
  const payload = body === undefined ? '' : JSON.stringify(body)
  const signature = key && signRequest(key.privateKey, { method, target, authorization, body: Buffer.from(payload) })
  return await app.inject({ method, url, headers: { ...signature && { signature }, ...authorization !== '' && { authorization } }, ...body && { payload } })
}

function refused (t: Test, { statusCode, json }: Awaited<ReturnType<typeof send>>, found: string, what: string): void {
  t.strictSame([statusCode, json()], [403, { errorCode: 4500, errorMessage: `The Signature header: ${found}; ${EXPECTED}` }], what)
}

const NO_KEY = 'there is no key to check it with: expected a ProofKey of the body, or one of when the device token or XSTS token was asked for'

t.test('with --verify-signatures every request for a token has to be signed', async (t) => {
  const emulator = build(t, { config: { verifySignatures: true } })
  const [key, other] = [createKey(), createKey()]
  const device = (await send(emulator, '/device/authenticate', { key, body: deviceBody({ ProofKey: key.jwk }) })).json().Token
  const userToken = await userTokenOf(emulator, 'gamer')
  for (const [url, bodyWith] of [
    ['/device/authenticate', (ProofKey: unknown) => deviceBody({ ProofKey })],
    ['/title/authenticate', (ProofKey: unknown) => titleBody(device, { ProofKey })],
    ['/xsts/authorize', (ProofKey: unknown) => xstsBody(userToken, { DeviceToken: device, ProofKey })],
    ['/authenticate', (ProofKey: unknown) => sisuStart(device, { ProofKey })],
    ['/authorize', (ProofKey: unknown) => sisuBody(device, { ProofKey })]
  ] as const) {
    t.equal((await send(emulator, url, { key, body: bodyWith(key.jwk) })).statusCode, 200, url)
    t.equal((await send(emulator, url, { key: other, body: bodyWith(other.jwk) })).statusCode, 200, `${url}: a client may have a new key`)
    refused(t, await send(emulator, url, { key: null, body: bodyWith(key.jwk) }), 'it is missing', url)
    refused(t, await send(emulator, url, { key: other, body: bodyWith(key.jwk) }), 'it does not fit the request and the key', url)
    const isDevice = url === '/device/authenticate'
    for (const none of [undefined, null, {}, 'nonsense']) {
      const response = await send(emulator, url, { key, body: bodyWith(none) })
      if (isDevice) refused(t, response, NO_KEY, `${url} ${none}`)
      else t.equal(response.statusCode, 200, `${url}: that of the device`)
    }
    if (!isDevice) refused(t, await send(emulator, url, { key: other, body: bodyWith(undefined) }), 'it does not fit the request and the key', url)
  }
  for (const DeviceToken of [undefined, null]) refused(t, await send(emulator, '/xsts/authorize', { key, body: xstsBody(userToken, { DeviceToken }) }), NO_KEY, 'no device')
  refused(t, await send(emulator, '/title/authenticate', { key, body: titleBody('x') }), NO_KEY, 'an unknown device')
  const malformed = await emulator.app.inject({ method: 'POST', url: '/device/authenticate', payload: '{' })
  t.equal(malformed.statusCode, 400, 'what cannot be read is refused before')
  t.equal((await emulator.get('/titles/default/endpoints', { session: null })).statusCode, 200, 'who has no token signs nothing')
})

t.test('with --verify-signatures the end points of a title are told to who signs with the key of the XSTS token', async (t) => {
  const emulator = build(t, { config: { verifySignatures: true } })
  const [key, other] = [createKey(), createKey()]
  const device = (await send(emulator, '/device/authenticate', { key, body: deviceBody({ ProofKey: key.jwk }) })).json().Token
  const userToken = await userTokenOf(emulator, 'gamer')
  const url = '/titles/current/endpoints?type=1'
  for (const [signer, body] of [
    [key, xstsBody(userToken, { DeviceToken: device })],
    [other, xstsBody(userToken, { DeviceToken: device, ProofKey: other.jwk })]
  ] as const) {
    const authorization = `XBL3.0 x=${sessionOf((await send(emulator, '/xsts/authorize', { key: signer, body })).json())}`
    t.equal((await send(emulator, url, { key: signer, authorization })).statusCode, 200)
    refused(t, await send(emulator, url, { key: signer === key ? other : key, authorization }), 'it does not fit the request and the key', 'another key')
    refused(t, await send(emulator, url, { key: signer, authorization, target: '/titles/current/endpoints' }), 'it does not fit the request and the key', 'the query is signed')
    refused(t, await send(emulator, url, { key: null, authorization }), 'it is missing', 'none')
    const absolute = await send(emulator, `http://title.mgt.xboxlive.com${url}`, { key: signer, authorization, target: url })
    t.equal(absolute.statusCode, 200, 'as it is sent to a proxy')
  }
  const service = (await send(emulator, '/xsts/authorize', { key, body: xstsBody('', { UserTokens: undefined, DeviceToken: device }) })).json().Token
  t.equal((await send(emulator, url, { key, authorization: `XBL3.0 x=-;${service}` })).statusCode, 200, 'a token without a user')
  refused(t, await send(emulator, url, { key, authorization: 'XBL3.0 x=demo;gamer' }), NO_KEY, 'a token of the world')
  t.equal((await send(emulator, url, { key })).statusCode, 401, 'who may not ask is told first')
})

t.test('a signature is base64 as it is defined, and nothing else', async (t) => {
  const emulator = build(t, { config: { verifySignatures: true } })
  const { privateKey, jwk } = createKey()
  const [url, payload] = ['/device/authenticate', JSON.stringify(deviceBody({ ProofKey: jwk }))]
  const good = signRequest(privateKey, { method: 'POST', target: url, authorization: '', body: Buffer.from(payload) })
  const post = async (signature: string) => await emulator.app.inject({ method: 'POST', url, headers: { signature }, payload })
  t.equal((await post(good)).statusCode, 200)
  for (const [what, signature] of Object.entries({
    unpadded: good.replace(/=+$/, ''),
    blanks: `${good.slice(0, 10)} ${good.slice(10)}`,
    more: `${good}AAAA`,
    twice: `${good}, ${good}`,
    foreign: `!${good}`,
    // 76 bytes end in the middle of a character, whose other bits are zero.
    bits: good.replace(/.(?===$)/, (last) => ({ A: 'B', Q: 'R', g: 'h', w: 'x' })[last] as string)
  })) refused(t, await post(signature), 'it is not base64 with its padding', what)
})

t.test('a member of a body that is not the one of its route has no key', async (t) => {
  const emulator = build(t, { config: { verifySignatures: true } })
  const [key, other] = [createKey(), createKey()]
  const device = (await send(emulator, '/device/authenticate', { key, body: deviceBody({ ProofKey: key.jwk }) })).json().Token
  for (const Properties of [{}, { DeviceToken: {} }, { DeviceToken: true }, { ProofKey: other.jwk }, 'x', []]) {
    const body = { ...sisuBody(device), Properties }
    t.equal((await send(emulator, '/authorize', { key, body })).statusCode, 200, JSON.stringify(Properties))
    refused(t, await send(emulator, '/authorize', { key: other, body }), 'it does not fit the request and the key', JSON.stringify(Properties))
  }
  for (const DeviceToken of [{}, true, 5, [device], null]) refused(t, await send(emulator, '/device/authenticate', { key, body: deviceBody({ DeviceToken }) }), NO_KEY, JSON.stringify(DeviceToken))
})

t.test('without it a signature is not looked at', async (t) => {
  const emulator = build(t)
  for (const signature of ['nonsense', Buffer.alloc(76).toString('base64'), '']) {
    const response = await emulator.app.inject({ method: 'POST', url: '/device/authenticate', headers: { signature }, payload: deviceBody({ ProofKey: 'nonsense' }) })
    t.equal(response.statusCode, 200, signature)
  }
})
