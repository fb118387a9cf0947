import { once } from 'node:events'
import { constants } from 'node:http2'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { refusal, sentBy } from '../../control/client.ts'
import { GAMER, listOf } from '../../helper.ts'
import { open, parse, request } from '../../raw-http.ts'
import { accepted, serveMuch } from '../../slow-clients.ts'
import { askHttp1, askHttp2, begin, HOST, listenSecurely, openHttp2, openTls } from './client.ts'

const HEALTH = { path: '/_emulator/health' }
const TOO_LARGE = refusal(null, 'The headers are too large; expected at most 16 kB in all.')

t.test('ALPN', async (t) => {
  const emulator = await listenSecurely(t)
  const old = await openTls(t, emulator, ['http/1.0'])
  t.equal(old.alpnProtocol, 'http/1.0', 'what curl -0 offers')
  old.write('GET /_emulator/health HTTP/1.0\r\n\r\n')
  t.equal(parse(await text(old)).status, 200)
  await t.rejects(openTls(t, emulator, ['spdy/3']), { code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL' })
  t.equal((await askHttp1(emulator, HEALTH)).status, 200)
})

t.test('a handshake that takes too long', async (t) => {
  const emulator = await listenSecurely(t, { handshakes: { handshakeTimeout: 50 } })
  for (const bytes of ['', '\u0016']) {
    const server = accepted(emulator.secure.server, 'connection')
    const socket = await open(t, emulator.port)
    socket.write(bytes)
    await (await server).closed
  }
})

t.test('the limits of handshakes and connections', async (t) => {
  const emulator = await listenSecurely(t, { handshakes: { maxHandshakes: 1 } })
  t.equal(emulator.secure.server.maxConnections, 12_000)
  // A handshake that is over no longer counts.
  await Promise.all([accepted(emulator.secure.server, 'secureConnection'), openTls(t, emulator)])
  const server = accepted(emulator.secure.server, 'connection')
  const first = await open(t, emulator.port)
  const { closed } = await server
  t.equal(await text(await open(t, emulator.port)), '')
  // A reset, because the server keeps a connection that its client only closes until the handshake has timed out.
  first.resetAndDestroy()
  await closed
  t.equal((await askHttp1(emulator, HEALTH)).status, 200)
})

t.test('headers that are too large, over HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t)
  for (const asked of [
    { ...HEALTH, headers: { x: 'x'.repeat(16 * 1024) } },
    { ...HEALTH, headers: Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`x-${index}`, 'xxxxxxxxx'])) },
    { path: `/${'x'.repeat(17 * 1024)}` }
  ]) {
    for (const { status, body } of [await askHttp1(emulator, asked), await askHttp2(t, emulator, asked)]) {
      t.strictSame([status, JSON.parse(body)], [431, TOO_LARGE])
    }
  }
  await t.rejects(askHttp2(t, emulator, { ...HEALTH, headers: { x: 'x'.repeat(64 * 1024) } }))
  t.equal((await askHttp2(t, emulator, HEALTH)).status, 200)
})

t.test('as many headers as fit, over HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t)
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`x${index}`, '']))
  const asked = { path: listOf(GAMER), headers: { ...many, ...sentBy() } }
  t.equal((await askHttp1(emulator, asked)).status, 200)
  t.equal((await askHttp2(t, emulator, asked)).status, 200)
})

t.test('CONNECT whose client does not end, and one whose client is gone', async (t) => {
  const emulator = await listenSecurely(t)
  for (const isGone of [false, true]) {
    const server = accepted(emulator.secure.server, 'secureConnection')
    const session = openHttp2(t, emulator)
    const stream = session.request({ ':method': 'CONNECT', ':authority': 'x:80' }, { endStream: false })
    const [headers] = await once(stream, 'response')
    t.equal(headers[':status'], 405)
    const closed = once(stream.resume(), 'close')
    if (isGone) session.destroy()
    await closed
    session.close()
    await (await server).closed
  }
  const server = accepted(emulator.secure.server, 'secureConnection')
  const socket = await openTls(t, emulator)
  socket.write('CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'data')
  socket.on('error', () => {}).destroy()
  await (await server).closed
  t.equal((await askHttp2(t, emulator, HEALTH)).status, 200)
})

t.test('a client that reads nothing is cut, and later one whose answer never ends, over HTTP/1.1 and HTTP/2', async (t) => {
  const emulator = await listenSecurely(t, { config: { requestTimeout: 400 }, routes: serveMuch })
  const cut: string[] = []
  const clients: ReadonlyArray<[does: string, ask: () => Promise<void>]> = [
    ['reads nothing', async () => { begin(openHttp2(t, emulator), { path: '/much' }).on('error', () => {}) }],
    ['reads nothing', async () => { (await openTls(t, emulator)).on('error', () => {}).pause().write(request('/much')) }],
    ['reads nothing', async () => { (await openTls(t, emulator, ['h2'])).on('error', () => {}).pause().write(Buffer.concat([PREFACE, ask(1, '/much')])) }],
    ['reads on', async () => { begin(openHttp2(t, emulator), { path: '/trickle' }).on('error', () => {}).resume() }],
    ['reads on', async () => { (await openTls(t, emulator)).on('error', () => {}).resume().write(request('/trickle')) }]
  ]
  const ends: Array<Promise<unknown>> = []
  for (const [does, ask] of clients) {
    const server = accepted(emulator.secure.server, 'secureConnection')
    await ask()
    const { closed } = await server
    ends.push(closed.then(() => cut.push(does)))
  }
  await Promise.all(ends)
  t.strictSame(cut, ['reads nothing', 'reads nothing', 'reads nothing', 'reads on', 'reads on'])
})

/** The beginning of an HTTP/2 connection, with the largest flow-control windows, so that answers need not be read. */
const PREFACE = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  frame({ type: 4, stream: 0, payload: Buffer.from('00047fffffff', 'hex') }),
  frame({ type: 8, stream: 0, payload: Buffer.from('7fff0000', 'hex') })
])

/** The indexes in HPACK's static table of the two headers that name the host. */
const AUTHORITY = [0x01]
const HOST_HEADER = [0x0f, 0x17]

/** The headers of a GET without a body: method and scheme are in the table, the rest is literal. */
function ask (stream: number, path: string, name = AUTHORITY): Buffer {
  const host = Buffer.concat([Buffer.from([...name, HOST.length]), Buffer.from(HOST)])
  const target = Buffer.concat([Buffer.from([0x04, path.length]), Buffer.from(path)])
  const payload = Buffer.concat([Buffer.from([0x82, 0x87]), ...name === AUTHORITY ? [host, target] : [target, host]])
  return frame({ type: 1, flags: 5, stream, payload })
}

function frame ({ type, flags = 0, stream, payload }: { type: number, flags?: number, stream: number, payload: Buffer }): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

t.test('a client that resets its requests at once', async (t) => {
  // Node 22 closes the session only once it has been idle.
  const emulator = await listenSecurely(t, { config: { requestTimeout: 5000 } })
  const server = accepted(emulator.secure.server, 'secureConnection')
  const socket = await openTls(t, emulator, ['h2'])
  const answered = text(socket).catch(() => {})
  socket.write(PREFACE)
  for (let stream = 1; stream < 20_000; stream += 2) {
    socket.write(Buffer.concat([ask(stream, '/_emulator/ready'), frame({ type: 3, stream, payload: Buffer.from([0, 0, 0, constants.NGHTTP2_CANCEL]) })]))
  }
  await answered
  await (await server).closed
  t.equal((await askHttp2(t, emulator, HEALTH)).status, 200, 'others are served')
})

t.test('a client of HTTP/2 that ends its side, in the middle of a frame or before the first', async (t) => {
  const secure = await listenSecurely(t)
  for (const bytes of [Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\u0009\0', 'latin1'), Buffer.alloc(0)]) {
    const socket = await openTls(t, secure, ['h2'])
    const closed = once(socket, 'close')
    socket.resume().end(bytes)
    await closed
  }
  t.equal((await askHttp2(t, secure, { path: '/_emulator/ready' })).status, 200)
})

t.test('a request that names its host as HTTP/1.1 does', async (t) => {
  const hosts: unknown[] = []
  let tell = (): void => {}
  const both = new Promise<void>((resolve) => { tell = resolve })
  const emulator = await listenSecurely(t, {
    routes: (app) => { app.get('/host', ({ headers }) => hosts.push(headers.host) === 2 ? tell() : '') }
  })
  const socket = await openTls(t, emulator, ['h2'])
  socket.resume().write(Buffer.concat([PREFACE, ask(1, '/host', HOST_HEADER), ask(3, '/host')]))
  await both
  t.strictSame(hosts, [HOST, HOST])
})

t.test('the limit of requests at a time', async (t) => {
  const session = openHttp2(t, await listenSecurely(t))
  await once(session, 'remoteSettings')
  t.equal(session.remoteSettings.maxConcurrentStreams, 100)
})
