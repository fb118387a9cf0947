import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { closeGracefully } from '../../../src/server/close.ts'
import { command, sentBy } from '../../control/client.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { GAMER, listOf, SAMPLE_TITLE } from '../../helper.ts'
import { answerOf, askHttp1, askHttp2, begin, comparable, HOST, listenSecurely, openHttp2, openTls } from './client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const UPDATE = {
  method: 'POST',
  path: `/users/xuid(${GAMER})/achievements/${SCID}/update`,
  headers: sentBy('demo;titleless'),
  body: JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: 1660944384, userId: GAMER, achievements: [{ id: '9', percentComplete: 75 }] })
}
const LIST = { path: listOf(GAMER, `?titleId=${SAMPLE_TITLE}`), headers: sentBy() }

t.test('the documented sample over HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t)
  const one = await askHttp1(emulator, LIST)
  const two = await askHttp2(t, emulator, LIST)
  t.strictSame([one.version, two.version], ['1.1', '2'])
  t.strictSame(JSON.parse(one.body), LIST_SAMPLE)
  t.strictSame(comparable(two), comparable(one))
  t.equal((await openTls(t, emulator, ['h2', 'http/1.1'])).alpnProtocol, 'h2')
  t.equal((await openTls(t, emulator, ['http/1.1'])).alpnProtocol, 'http/1.1')
  t.equal((await openTls(t, emulator)).alpnProtocol, false)
})

t.test('answers are the same over HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t, { config: { allowedHosts: HOST } })
  for (const [asked, status] of [
    [{ path: '/nope' }, 404],
    [{ path: '/%zz' }, 400],
    [{ ...LIST, method: 'DELETE' }, 405],
    [{ ...LIST, headers: {} }, 401],
    [{ ...LIST, headers: { ...LIST.headers, expect: 'miracles' } }, 200],
    [{ ...LIST, method: 'HEAD' }, 200],
    [{ path: '/_emulator/clock' }, 200],
    [{ ...UPDATE, body: '{' }, 400],
    [{ ...UPDATE, body: 'x'.repeat(256 * 1024 + 1) }, 413]
  ] as const) {
    const one = await askHttp1(emulator, asked)
    t.equal(one.status, status, asked.path)
    t.strictSame(comparable(await askHttp2(t, emulator, asked)), comparable(one), asked.path)
  }
})

t.test('a body whose length is said, and one whose length is not', async (t) => {
  for (const headers of [{}, { 'content-length': String(UPDATE.body.length) }]) {
    const emulator = await listenSecurely(t)
    const asked = { ...UPDATE, headers: { ...UPDATE.headers, ...headers } }
    t.match(await askHttp2(t, emulator, asked), { status: 200, body: '' })
    t.match(await askHttp2(t, emulator, asked), { status: 304, body: '' })
    t.match(await askHttp1(emulator, asked), { status: 304, body: '' })
    t.strictSame((await command(emulator, 'GET', '/requests')).requests.map(({ body }: { body: unknown }) => body), Array.from({ length: 3 }, () => JSON.parse(UPDATE.body)))
  }
})

t.test('callers are checked over HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t)
  for (const [path, name, what] of [['/_emulator/clock', HOST, 'The control API'], [LIST.path, 'evil.example', 'The emulator'], ['/nope', 'evil.example', 'The emulator']] as const) {
    const headers = { ...LIST.headers, host: name }
    for (const answer of [
      await askHttp1(emulator, { path, headers }), await askHttp2(t, emulator, { path, headers: { ...LIST.headers, ':authority': name } })
    ]) {
      t.equal(answer.status, 403)
      t.strictSame(JSON.parse(answer.body), { errorCode: 4500, errorMessage: `${what} does not answer under the name "${name}"; allow it with --allowed-hosts.` })
    }
  }
})

t.test('bytes that are not HTTP, and CONNECT', async (t) => {
  const emulator = await listenSecurely(t)
  const exchange = async (bytes: string): Promise<string[]> => {
    const socket = await openTls(t, emulator)
    socket.write(bytes)
    return (await text(socket)).split('\r\n')
  }
  const bad = await exchange('nonsense\r\n\r\n')
  t.equal(bad[0], 'HTTP/1.1 400 Bad Request')
  t.match(JSON.parse(bad.at(-1) ?? ''), { errorCode: 4000, errorMessage: /^The request is not HTTP\/1\.1: Parse Error/ })
  const large = await exchange(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
  t.equal(large[0], 'HTTP/1.1 431 Request Header Fields Too Large')
  const refused = { errorCode: null, errorMessage: 'CONNECT is not supported here; supported: GET, HEAD, POST.' }
  const tunnel = await exchange('CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n')
  t.equal(tunnel[0], 'HTTP/1.1 405 Method Not Allowed')
  t.strictSame(JSON.parse(tunnel.at(-1) ?? ''), refused)
  const answer = await answerOf(openHttp2(t, emulator).request({ ':method': 'CONNECT', ':authority': 'x:80' }))
  t.match(answer, { status: 405, headers: { allow: 'GET, HEAD, POST', 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' } })
  t.strictSame(JSON.parse(answer.body), refused)
})

t.test('a body that never arrives whole', async (t) => {
  // Long enough for the headers to arrive on a busy machine.
  const emulator = await listenSecurely(t, { config: { requestTimeout: 1000 } })
  const late = { errorCode: null, errorMessage: 'The request did not arrive whole in time.' }
  const socket = await openTls(t, emulator)
  socket.write(`POST ${UPDATE.path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: XBL3.0 x=demo;gamer\r\nx-xbl-contract-version: 2\r\nContent-Length: 9\r\n\r\n{`)
  const one = (await text(socket)).split('\r\n')
  t.equal(one[0], 'HTTP/1.1 408 Request Timeout')
  t.strictSame(JSON.parse(one.at(-1) ?? ''), late)
  const stream = begin(openHttp2(t, emulator), UPDATE)
  stream.write('{')
  const two = await answerOf(stream)
  t.equal(two.status, 408)
  t.strictSame(JSON.parse(two.body), late)
})

t.test('faults that break the connection or the answer', async (t) => {
  const emulator = await listenSecurely(t)
  await command(emulator, 'POST', '/faults', { effect: 'reset', times: 2 })
  await t.rejects(askHttp1(emulator, LIST), { code: 'ECONNRESET' })
  const session = openHttp2(t, emulator)
  await Promise.all([once(session, 'close'), t.rejects(answerOf(begin(session, LIST)))])
  await command(emulator, 'POST', '/faults', { effect: 'truncate', times: 2 })
  await t.rejects(askHttp1(emulator, LIST), { code: 'ECONNRESET' })
  await t.rejects(askHttp2(t, emulator, LIST), { code: 'ERR_HTTP2_STREAM_ERROR' })
  t.equal((await askHttp2(t, emulator, LIST)).status, 200)
  t.strictSame((await command(emulator, 'GET', '/requests')).requests.map(({ status }: { status: unknown }) => status), [null, null, 200, 200, 200])
})

t.test('a client that refuses the certificate, and one that hangs up, disturb no other client', async (t) => {
  const emulator = await listenSecurely(t)
  await t.rejects(askHttp1({ ...emulator, ca: '' }, LIST), { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' })
  const stream = begin(openHttp2(t, emulator), UPDATE)
  stream.write('{')
  const closed = once(stream, 'close')
  stream.close()
  await closed
  t.equal((await askHttp1(emulator, LIST)).status, 200)
})

t.test('an HTTP/2 session that asks for nothing ends', async (t) => {
  const emulator = await listenSecurely(t, { config: { requestTimeout: 20 } })
  t.strictSame(await once(openHttp2(t, emulator), 'close'), [])
})

t.test('closing finishes what is in flight, and waits for nothing else', async (t) => {
  const emulator = await listenSecurely(t)
  const session = openHttp2(t, emulator)
  const idle = openHttp2(t, emulator)
  const [half, silent] = [await openTls(t, emulator), await openTls(t, emulator)]
  half.write('GET / HTTP/1.1\r\nHost: x\r\n')
  const stream = begin(session, UPDATE)
  const ends = [session, idle, half, silent].map((each) => once(each, 'close'))
  // Answered: the server holds what came before.
  t.equal((await answerOf(begin(session, LIST))).status, 200)
  const closed = closeGracefully(emulator.emulator, { secure: emulator.secure })
  await once(session, 'goaway')
  stream.end(UPDATE.body)
  t.match(await answerOf(stream), { status: 200, body: '' })
  await Promise.all([closed, ...ends])
  await t.rejects(askHttp1(emulator, LIST), { code: 'ECONNREFUSED' })
})
