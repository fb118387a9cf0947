import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import t from 'tap'
import { findWrongSignature, type SignedRequest } from '../../src/rules/request-signature.ts'
import { readProofKey, type ProofKey } from '../../src/model/proof-key.ts'
import { signRequest } from '../sign-in/sign-request.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const KEY = readProofKey(publicKey.export({ format: 'jwk' })) as ProofKey
const REQUEST: SignedRequest = { method: 'POST', target: '/a?b=c', authorization: 'XBL3.0 x=1;t', body: Buffer.from('{"é":1}') }

t.test('a signature by the published formula', async (t) => {
  for (const change of [{}, { method: 'GET' }, { target: '/' }, { authorization: '' }, { body: Buffer.alloc(0) }, { body: Buffer.alloc(8192, 'x') }]) {
    const request = { ...REQUEST, ...change }
    t.equal(findWrongSignature(signRequest(privateKey, request), KEY, request), undefined)
  }
  const long = Buffer.alloc(20_000, 'x')
  const signature = signRequest(privateKey, { ...REQUEST, body: long })
  t.equal(findWrongSignature(signature, KEY, { ...REQUEST, body: long }), undefined)
  t.equal(findWrongSignature(signature, KEY, { ...REQUEST, body: Buffer.concat([long.subarray(0, 8192), Buffer.from('y')]) }), undefined, 'what comes after 8192 bytes is not signed')
})

t.test('what is signed cannot be another', async (t) => {
  const signature = signRequest(privateKey, REQUEST)
  const wrong = 'it does not fit the request and the key'
  for (const change of [
    { method: 'PUT' }, { target: '/a' }, { target: '/A?b=c' }, { authorization: '' }, { body: Buffer.from('{"é":2}') }, { body: Buffer.alloc(0) }
  ]) t.equal(findWrongSignature(signature, KEY, { ...REQUEST, ...change }), wrong, JSON.stringify(change))
  const bytes = Buffer.from(signature, 'base64')
  for (const at of [4, 11, 12, 75]) {
    const other = Buffer.from(bytes)
    other[at] = (other[at] as number) ^ 1
    t.equal(findWrongSignature(other.toString('base64'), KEY, REQUEST), wrong, `byte ${at}`)
  }
  const another = readProofKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })) as ProofKey
  t.equal(findWrongSignature(signature, another, REQUEST), wrong)
  const digest = createHash('sha256').update('x').digest()
  t.equal(findWrongSignature(Buffer.concat([bytes.subarray(0, 12), sign('sha256', digest, { key: privateKey, dsaEncoding: 'ieee-p1363' })]).toString('base64'), KEY, REQUEST), wrong)
  t.equal(findWrongSignature(signature, { ...KEY, x: 'A'.repeat(43), y: 'A'.repeat(43) }, REQUEST), wrong, 'a key that is no point of the curve')
})

t.test('what is no signature', async (t) => {
  const version = Buffer.from(signRequest(privateKey, REQUEST), 'base64')
  version.writeUInt32BE(2)
  for (const [header, found] of [
    [undefined, 'it is missing'],
    ['', 'it is not 76 bytes long, but 0'],
    ['nonsense', 'it is not 76 bytes long, but 6'],
    ['bm9uc2Vuc2U', 'it is not base64 with its padding'],
    [Buffer.alloc(77).toString('base64'), 'it is not 76 bytes long, but 77'],
    [version.toString('base64'), 'its version is not 1, but 2']
  ] as const) t.equal(findWrongSignature(header, KEY, REQUEST), found)
})

t.test('which values are a key', async (t) => {
  t.strictSame(readProofKey({ ...KEY, alg: 'ES256', use: 'sig', d: 'private' }), KEY)
  for (const change of [{ kty: 'RSA' }, { crv: 'P-384' }, { x: undefined }, { y: 1 }, { x: KEY.x.slice(1) }, { y: `${KEY.y.slice(1)}=` }]) t.equal(readProofKey({ ...KEY, ...change }), null, JSON.stringify(change))
  for (const value of [undefined, null, '', 'x', 5, true, [], {}]) t.equal(readProofKey(value), null)
})
