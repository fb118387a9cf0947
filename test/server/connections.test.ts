import { once } from 'node:events'
import { Socket } from 'node:net'
import { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { listen, refusal, sentBy, SERVICE_HEADERS } from '../control/client.ts'
import { build, GAMER, listOf } from '../helper.ts'
import { exchange, open, parse, request } from '../raw-http.ts'
import { accepted, serveMuch } from '../slow-clients.ts'
import { listenSecurely, openTls } from './tls/client.ts'

const CONNECT = 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n'
/** A request that does not ask the server to close the connection. */
const keeping = (path: string, method = 'GET'): string => `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
const NO_CONNECT = refusal(null, 'CONNECT is not supported here; supported: GET, HEAD, POST.')

t.test('a client that resets its connection after CONNECT', async (t) => {
  const { app, port } = await listen(t)
  const server = accepted(app.server)
  const socket = await open(t, port)
  socket.write(CONNECT)
  const { status, headers, body } = parse(String((await once(socket, 'data'))[0]))
  t.strictSame([status, JSON.parse(body)], [405, NO_CONNECT])
  t.match(headers, { ...SERVICE_HEADERS, allow: 'GET, HEAD, POST', connection: 'close', 'content-length': String(body.length) })
  socket.resetAndDestroy()
  await (await server).closed
  t.equal((await exchange(t, port, request('/_emulator/health'))).status, 200, 'the next request is answered')
})

t.test('a connection whose client does not end its side is closed', async (t) => {
  await Promise.all(([[CONNECT, 405], ['nonsense\r\n\r\n', 400]] as const).map(async ([bytes, status]) => {
    // Long enough for the bytes to arrive on a busy machine.
    const { app, port } = await listen(t, { config: { requestTimeout: 1000 } })
    const server = accepted(app.server)
    const socket = await open(t, port)
    socket.allowHalfOpen = true
    socket.write(bytes)
    t.equal(parse(await text(socket)).status, status)
    socket.write('more')
    await (await server).closed
  }))
})

t.test('what a client sends after such a refusal is not answered', async (t) => {
  const { port } = await listen(t)
  for (const bytes of [CONNECT, 'nonsense\r\n\r\n']) {
    const socket = await open(t, port)
    socket.allowHalfOpen = true
    socket.write(bytes)
    await once(socket, 'readable')
    socket.end(`nonsense\r\n\r\n${CONNECT}${request('/_emulator/health')}`)
    t.match((await text(socket)).split('HTTP/1.1 '), ['', /^40/])
  }
})

t.test('a request to upgrade is answered without an upgrade', async (t) => {
  const { port } = await listen(t)
  for (const [upgrade, headers] of [
    ['websocket', { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' }],
    ['h2c', { 'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA' }]
  ] as const) {
    const socket = await open(t, port)
    socket.write(request('/_emulator/ready', { connection: 'upgrade, http2-settings', upgrade, ...headers }))
    const { status, body } = parse(String((await once(socket, 'data'))[0]))
    t.strictSame([status, JSON.parse(body)], [200, { status: 'ready' }], upgrade)
    socket.write(request('/nope'))
    t.equal(parse(await text(socket)).status, 404)
  }
})

t.test('HTTP/2 without TLS', async (t) => {
  const { port } = await listen(t)
  const socket = await open(t, port)
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  t.notMatch(await text(socket), /HTTP\/1.1 (2|5)/)
})

t.test('a refusal waits for the end of the pending response', async (t) => {
  const { port } = await listen(t, {
    routes: (app) => {
      app.get('/slow', (_request, reply) => { reply.send(Readable.from(untilRefused(app))) })
    }
  })
  const socket = await open(t, port)
  socket.write(keeping('/slow'))
  const begun = String((await once(socket, 'data'))[0])
  socket.write('nonsense\r\n\r\n')
  const [slow = '', refused = ''] = (begun + await text(socket)).split(/(?<!^)(?=HTTP\/1.1 )/)
  t.match(slow, /^HTTP\/1.1 200 [^]*5\r\nbegin\r\n3\r\nend\r\n0\r\n\r\n$/)
  t.match(parse(refused), { status: 400, body: /The request is not HTTP\/1.1/ })
})

/** A body that ends once the server has met bytes that are not HTTP. */
async function * untilRefused ({ server }: FastifyInstance): AsyncGenerator<string> {
  yield 'begin'
  await once(server, 'clientError')
  yield 'end'
}

t.test('a refusal behind pipelined requests comes after their responses', async (t) => {
  const { port } = await listen(t)
  const ready = ['HTTP/1.1 200 OK', '{"status":"ready"}']
  const user = 'POST /user/authenticate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}'
  const badRequest = 'HTTP/1.1 400 Bad Request'
  const cases: ReadonlyArray<[bytes: string, expected: Array<string | RegExp>[]]> = [
    [`${keeping('/_emulator/ready').repeat(2)}FOO / HTTP/1.1\r\n\r\n`, [ready, ready, [badRequest, /is not HTTP/]]],
    [`${keeping('/_emulator/ready', 'HEAD')}FOO / HTTP/1.1\r\n\r\n`, [['HTTP/1.1 200 OK', ''], [badRequest, /is not HTTP/]]],
    [`${user}FOO / HTTP/1.1\r\n\r\n`, [[badRequest, /at \/RelyingParty/], [badRequest, /is not HTTP/]]],
    [`${keeping('/_emulator/ready').repeat(2)}${CONNECT}`, [ready, ready, ['HTTP/1.1 405 Method Not Allowed', /CONNECT/]]],
    // The body of the last request is broken: the refusal is the only response to it.
    [`${keeping('/_emulator/ready')}POST /user/authenticate HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n`, [ready, [badRequest, /is not HTTP/]]],
    // Here the response is sent before the broken body arrives.
    ['PUT /nope HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n', [['HTTP/1.1 404 Not Found', /nope/]]]
  ]
  for (const [bytes, expected] of cases) {
    const socket = await open(t, port)
    socket.write(bytes)
    const answers = (await text(socket)).split(/(?<!^)(?=HTTP\/1.1 )/).map((answer) => [answer.slice(0, answer.indexOf('\r\n')), answer.slice(answer.indexOf('\r\n\r\n') + 4)])
    t.match(answers, expected, bytes)
    t.equal(answers.length, expected.length, bytes)
  }
})

t.test('a client that has ended its side gets a response that has begun, and no other', async (t) => {
  async function * untilEnded (socket: Socket): AsyncGenerator<string> {
    yield 'begin'
    await once(socket, 'end')
    yield 'end'
  }
  const routes = (app: FastifyInstance): void => {
    app.get('/two', ({ raw }, reply) => { reply.send(Readable.from(untilEnded(raw.socket))) })
    app.get('/never', async () => await new Promise(() => {}))
  }
  const plain = await listen(t, { routes })
  const secure = await listenSecurely(t, { routes })
  for (const connect of [() => open(t, plain.port), () => openTls(t, secure)]) {
    const socket = await connect()
    socket.write(keeping('/two'))
    const begun = String((await once(socket, 'data'))[0])
    socket.end()
    t.match(begun + await text(socket), /^HTTP\/1.1 200 [^]*5\r\nbegin\r\n3\r\nend\r\n0\r\n\r\n$/)
    const idle = await connect()
    idle.write(keeping('/never'))
    idle.end()
    t.equal(await text(idle), '')
  }
})

t.test('a connection that is closed has no pending response', async (t) => {
  let isCalled = false
  build(t).emulator.connections.afterPending(new Socket(), () => { isCalled = true })
  t.equal(isCalled, true)
})

t.test('a client that does not read its response is cut, and one that takes too long to read it', async (t) => {
  const { app, port } = await listen(t, { config: { requestTimeout: 400 }, routes: serveMuch })
  const cut: string[] = []
  const ends: Array<Promise<unknown>> = []
  for (const path of ['/much', '/trickle']) {
    const server = accepted(app.server)
    const socket = await open(t, port)
    socket.write(request(path))
    if (path === '/trickle') socket.resume()
    const { closed } = await server
    ends.push(closed.then(() => cut.push(path)))
  }
  await Promise.all(ends)
  t.strictSame(cut, ['/much', '/trickle'])
})

t.test('a connection that is idle after a response is closed', async (t) => {
  const { app, port } = await listen(t)
  app.server.keepAliveTimeout = 1
  const server = accepted(app.server)
  const socket = await open(t, port)
  socket.write('GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n')
  t.equal(parse(await text(socket)).status, 200)
  await (await server).closed
})

t.test('more than a thousand headers are read', async (t) => {
  const { port } = await listen(t)
  const many = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`x${index}`, '']))
  t.equal((await exchange(t, port, request(listOf(GAMER), { ...many, ...sentBy() }))).status, 200)
})

t.test('an empty body in chunks is no body', async (t) => {
  const { port } = await listen(t)
  for (const [method, path, status] of [['POST', '/_emulator/reset', 200], ['DELETE', '/_emulator/faults', 204], ['POST', '/_emulator/sessions', 201], ['PUT', '/_emulator/clock', 400]] as const) {
    const bytes = request(path, { 'transfer-encoding': 'chunked' }).replace('GET', method)
    t.equal((await exchange(t, port, `${bytes}0\r\n\r\n`)).status, status, `${method} ${path}`)
  }
})

t.test('the limit of connections', async (t) => {
  const { app, port } = await listen(t)
  t.equal(app.server.maxConnections, 12_000)
  app.server.maxConnections = 1
  const server = accepted(app.server)
  const first = await open(t, port)
  const second = await open(t, port)
  t.equal(await text(second), '')
  first.write(request('/_emulator/health'))
  t.equal(parse(await text(first)).status, 200)
  await (await server).closed
  t.equal((await exchange(t, port, request('/_emulator/health'))).status, 200)
})

t.test('the limit of pipelined requests', async (t) => {
  const { app, port } = await listen(t, { routes: (app) => { app.get('/never', async () => await new Promise(() => {})) } })
  const server = accepted(app.server)
  const socket = await open(t, port)
  const never = 'GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n'
  socket.write(never.repeat(100))
  const { closed } = await server
  let isClosed = false
  const end = closed.then(() => { isClosed = true })
  t.equal((await exchange(t, port, request('/_emulator/health'))).status, 200)
  t.equal(isClosed, false)
  socket.write(never)
  await end
})

t.test('an error of the server itself is logged', async (t) => {
  const lines: any[] = []
  const logTo = new Writable({ write (line, _encoding, done) { lines.push(JSON.parse(line)); done() } })
  const { app, port } = await listen(t, { logTo })
  app.server.emit('error', new Error('no more'))
  t.match(lines.at(-1), { level: 50, err: { message: 'no more' } })
  t.equal((await exchange(t, port, request('/_emulator/health'))).status, 200)
})
