import t from 'tap'
import { mayBegin, readRequest, decodeChunk, type Request } from '../../../src/server/intercept/requests.ts'

const socks = (...parts: Array<number[] | string>): string => parts.map((part) => typeof part === 'string' ? part : String.fromCharCode(...part)).join('')

const REQUESTS: Array<[string, Request]> = [
  ['CONNECT a.test:443 HTTP/1.1\r\n\r\n', { kind: 'tunnel', host: 'a.test', port: 443, isWhole: true, answer: 'HTTP/1.1 200 Connection established\r\n\r\n' }],
  ['\r\nconnect  a.test HTTP/1.1\r\nHost: a', { kind: 'tunnel', host: 'a.test', port: 443, isWhole: false, answer: 'HTTP/1.1 200 Connection established\r\n\r\n' }],
  ['CONNECT [::1]:80 HTTP/1.1\n\n', { kind: 'tunnel', host: '[::1]', port: 80, isWhole: true, answer: 'HTTP/1.1 200 Connection established\r\n\r\n' }],
  ['GET http://user:se@cret@A.test:80/x HTTP/1.1\r\n', { kind: 'absolute', host: 'A.test', isWhole: false }],
  ['GET wss://a.test?x HTTP/1.1\r\n\r\n', { kind: 'absolute', host: 'a.test', isWhole: true }],
  ['GET /a HTTP/1.1\r\nhost:\ta.test:5\r\nX: ', { kind: 'origin', host: 'a.test', isWhole: false }],
  ['OPTIONS * HTTP/1.0\r\nX: y\r\nHost: a.test\r\n\r\n', { kind: 'origin', host: 'a.test', isWhole: true }],
  ['GET / HTTP/1.0\r\n\r\nHost: body.test\r\n', { kind: 'origin', host: '', isWhole: true }],
  [socks([5, 1, 0, 3, 6], 'a.test', [1, 187]), { kind: 'tunnel', host: 'a.test', port: 443, isWhole: true, answer: socks([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]) }],
  [socks([5, 1, 0, 1, 192, 0, 2, 1, 0, 80]), { kind: 'tunnel', host: '', port: 80, isWhole: true, answer: socks([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]) }],
  [socks([4, 1, 1, 187, 0, 0, 0, 1], 'me', [0], 'a.test', [0]), { kind: 'tunnel', host: 'a.test', port: 443, isWhole: true, answer: socks([0, 90, 0, 0, 0, 0, 0, 0]) }],
  [socks([4, 1, 0, 80, 192, 0, 2, 1], 'me', [0]), { kind: 'tunnel', host: '', port: 80, isWhole: true, answer: socks([0, 90, 0, 0, 0, 0, 0, 0]) }]
]

t.test('how clients ask', async (t) => {
  for (const [text, expected] of REQUESTS) {
    t.strictSame(readRequest(text), expected, JSON.stringify(text))
    t.equal(mayBegin(Buffer.from(text, 'latin1')), true)
  }
})

t.test('what may be the beginning of a request', async (t) => {
  for (const text of ['G', 'CONN', 'CONNECT ', 'CONNECT a.te', 'CONNECT a.test:', 'CONNECT a.test:44', 'GET ', 'GET /x?y=z', 'GET htt', 'GET http:', 'GET http://a.te', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nX: y\r\nHost: a.te']) {
    t.equal(readRequest(text), 'more', JSON.stringify(text))
    for (const encoding of ['utf8', 'latin1', 'hex'] as const) t.equal(mayBegin(encoding === 'hex' ? Buffer.from(text).toString('hex') : text, encoding), true)
  }
})

t.test('what is no request', async (t) => {
  const long = `GET /${'x'.repeat(20_000)}`
  t.equal(readRequest(decodeChunk(long, 'utf8')), null, 'nothing that is longer than a head')
  t.equal(mayBegin(long, 'utf8'), true)
  for (const text of ['', '\r\n', '{"a": 1}', 'Lorem ipsum dolor', 'Note: GET /', 'word\r\n', 'GET key\r\nnext', 'GET https://a.test/x 200\n', 'CONNECT a.test:443 done\n', '\x16\x03\x01', '\x05\x01\x00', '\x05\x02\x00\x03\x06a.test\x01\xbb', '\x06\x01\x00\x03\x06a.test\x01\xbb', 'é']) {
    t.equal(readRequest(text), null, JSON.stringify(text))
  }
  for (const text of ['', '{"a": 1}', 'Lorem ipsum dolor', 'x'.repeat(100), '\x16\x03\x01', '~', 'é']) {
    t.equal(mayBegin(text, 'utf8'), false, JSON.stringify(text))
    t.equal(mayBegin(Buffer.from(text, 'latin1')), false)
  }
})

t.test('what is written in other encodings', async (t) => {
  t.equal(decodeChunk('R0VUIC8=', 'base64'), 'GET /')
  t.equal(decodeChunk('GET /é', 'latin1'), 'GET /é')
  t.equal(decodeChunk(Buffer.from('GET /'), 'utf8'), 'GET /')
})
