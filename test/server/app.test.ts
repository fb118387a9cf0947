import { METHODS } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { DIALECTS } from '../../src/model/dialect.ts'
import { build, GAMER, listOf, SAMPLE_SCID, singleOf, type Emulator } from '../helper.ts'

/** Sends bytes over a connection and reads all that comes back. */
async function exchange (t: Test, { app }: Emulator, bytes: string): Promise<{ head: string[], body: unknown }> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.write(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  return { head: head.split('\r\n'), body: JSON.parse(body) }
}

t.test('an unknown path', async (t) => {
  const { app } = build(t)
  for (const url of ['/', '/users', '/users/me/achievements', `/users/gt(${GAMER})/achievements`, `/users/xuid%2528${GAMER}%2529/achievements`, `${listOf(GAMER)}/x`, '/_emulator', '/_emulator/Health/x?secret=1', '/constructor']) {
    for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
      const response = await app.inject({ method, url, headers: { 'content-type': 'application/json' }, payload: '{' })
      t.equal(response.statusCode, 404, url)
      t.strictSame(response.json(), { errorCode: null, errorMessage: `${decodeURI(url.split('?')[0] ?? '') === url ? url : url.split('?')[0]} is not a path of this service.` })
      t.equal(response.headers['cache-control'], 'no-cache, no-store, must-revalidate')
    }
  }
})

t.test('a method that a path does not have', async (t) => {
  const { app } = build(t)
  for (const url of [listOf(GAMER), `/USERS/XUID%28${GAMER}%29/Achievements/`, singleOf(GAMER, SAMPLE_SCID, 3), listOf('nonsense'), '/_emulator/health']) {
    for (const method of METHODS.filter((each) => !['GET', 'HEAD', 'CONNECT'].includes(each))) {
      const response = await app.inject({ method: method as 'POST', url, headers: { 'content-type': 'application/json' }, payload: '{' })
      t.equal(response.statusCode, 405, `${method} ${url}`)
      t.equal(response.headers.allow, 'GET, HEAD')
      t.strictSame(response.json(), { errorCode: null, errorMessage: `${method} is not supported here; supported: GET, HEAD.` })
    }
  }
})

t.test('HEAD is GET without a body', async (t) => {
  const { app } = build(t)
  const headers = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
  const get = await app.inject({ method: 'GET', url: listOf(GAMER), headers })
  const head = await app.inject({ method: 'HEAD', url: listOf(GAMER), headers })
  t.equal(head.statusCode, 200)
  t.equal(head.body, '')
  t.equal(head.headers['content-length'], get.headers['content-length'])
})

t.test('a URL that cannot be decoded', async (t) => {
  const { get } = build(t)
  for (const url of ['/%zz', '/users/xuid(%C0)/achievements', '/%']) {
    const response = await get(`${url}?token=SECRET`)
    t.equal(response.statusCode, 400)
    t.strictSame(response.json(), { errorCode: 4000, errorMessage: `${url} cannot be decoded; expected percent-encoded UTF-8.` })
    t.equal(response.headers['x-content-type-options'], 'nosniff')
    t.match(response.headers['ms-cv'], /^\w+\.0$/)
  }
})

t.test('MS-CV: that of the request is continued', async (t) => {
  const { get } = build(t)
  const response = await get('/_emulator/health', { headers: { 'ms-cv': 'abcDEF0123456789.7' } })
  t.equal(response.headers['ms-cv'], 'abcDEF0123456789.7.0')
})

t.test('health', async (t) => {
  const { get } = build(t)
  const response = await get('/_emulator/health', { session: null })
  t.equal(response.statusCode, 200)
  t.strictSame(response.json(), {
    status: 'ok', version: '0.1.0', dialect: 'documented', world: { titles: 8, achievements: 71, users: 5 }
  })
})

t.test('an unexpected error: the response says nothing of it, the log everything', async (t) => {
  const lines: string[] = []
  const emulator = build(t, { logTo: collect(lines) })
  emulator.app.addHook('preHandler', async () => { throw new Error('the disk is on fire') })
  const response = await emulator.get('/_emulator/health')
  t.equal(response.statusCode, 500)
  t.strictSame(response.json(), { errorCode: 5000, errorMessage: 'The emulator failed to answer; its log says why.' })
  t.match(lines.map((line) => JSON.parse(line)), [{ level: 50, err: { message: 'the disk is on fire' } }, { level: 30, status: 500 }])
})

t.test('an error of Fastify\'s own keeps its status and gets the documented body', async (t) => {
  const emulator = build(t)
  emulator.app.addHook('preHandler', async () => { throw Object.assign(new Error('too large'), { statusCode: 413 }) })
  const response = await emulator.app.inject({ method: 'POST', url: '/_emulator/reset' })
  t.equal(response.statusCode, 413)
  t.strictSame(response.json(), { errorCode: null, errorMessage: 'too large' })
})

t.test('a request that never arrives whole', async (t) => {
  const { head, body } = await exchange(t, build(t, { config: { requestTimeout: 20 } }), 'GET / HTTP/1.1\r\nHost: x\r\n')
  t.equal(head[0], 'HTTP/1.1 408 Request Timeout')
  t.ok(head.includes('connection: close'))
  t.ok(head.includes('cache-control: no-cache, no-store, must-revalidate'))
  t.ok(head.includes('content-type: application/json; charset=utf-8'))
  t.strictSame(body, { errorCode: null, errorMessage: 'The request did not arrive whole in time.' })
})

t.test('a body that never arrives whole', async (t) => {
  const request = `POST /users/xuid(${GAMER})/achievements/${SAMPLE_SCID}/update HTTP/1.1\r\nHost: localhost\r\nAuthorization: XBL3.0 x=demo;gamer\r\nx-xbl-contract-version: 2\r\nContent-Length: 9\r\n\r\n{`
  const { head, body } = await exchange(t, build(t, { config: { requestTimeout: 20 } }), request)
  t.equal(head[0], 'HTTP/1.1 408 Request Timeout')
  t.strictSame(body, { errorCode: null, errorMessage: 'The request did not arrive whole in time.' })
})

t.test('bytes that are not HTTP', async (t) => {
  const { head, body } = await exchange(t, build(t), 'nonsense\r\n\r\n')
  t.equal(head[0], 'HTTP/1.1 400 Bad Request')
  t.match(body, { errorCode: 4000, errorMessage: /^The request is not HTTP\/1\.1: Parse Error/ })
})

t.test('an unknown expectation is ignored', async (t) => {
  const { head, body } = await exchange(t, build(t), 'GET /nope HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\nConnection: close\r\n\r\n')
  t.equal(head[0], 'HTTP/1.1 404 Not Found')
  t.strictSame(body, { errorCode: null, errorMessage: '/nope is not a path of this service.' })
})

t.test('100 Continue comes before the response, long or short, also behind another request', async (t) => {
  for (const dialect of DIALECTS) {
    const { app } = build(t, { config: { dialect } })
    await app.listen({ host: '127.0.0.1', port: 0 })
    for (const [path, status] of [[listOf(GAMER, '?maxItems=1000'), 200], [listOf(GAMER, '?maxItems=1'), 200], [`/users/xuid(${GAMER})/history/titles`, 200], [listOf('x'), 400]] as const) {
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
      t.teardown(() => socket.destroy())
      const head = 'Host: localhost\r\nAuthorization: XBL3.0 x=demo;gamer\r\nx-xbl-contract-version: 2\r\n'
      socket.write(`HEAD ${path} HTTP/1.1\r\n${head}\r\nGET ${path} HTTP/1.1\r\n${head}Expect: 100-continue\r\nConnection: close\r\n\r\n`)
      const [first = '', second, third = '', body = '', ...rest] = (await text(socket)).split('\r\n\r\n')
      t.strictSame([first.slice(0, 12), second, third.slice(0, 12), rest], [`HTTP/1.1 ${status}`, 'HTTP/1.1 100 Continue', `HTTP/1.1 ${status}`, []], path)
      t.ok(third.toLowerCase().includes(`content-length: ${Buffer.byteLength(body)}\r\n`))
      t.equal(typeof JSON.parse(body), 'object')
    }
  }
})

t.test('CONNECT', async (t) => {
  const { head, body } = await exchange(t, build(t), 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n')
  t.equal(head[0], 'HTTP/1.1 405 Method Not Allowed')
  t.ok(head.includes('allow: GET, HEAD, POST'))
  t.strictSame(body, { errorCode: null, errorMessage: 'CONNECT is not supported here; supported: GET, HEAD, POST.' })
})

t.test('headers that are too large', async (t) => {
  const lines: string[] = []
  const { head, body } = await exchange(t, build(t, { logTo: collect(lines) }), `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
  t.equal(head[0], 'HTTP/1.1 431 Request Header Fields Too Large')
  t.strictSame(body, { errorCode: null, errorMessage: 'The headers are too large; expected at most 16 kB in all.' })
  t.match(JSON.parse(lines.at(-1) ?? ''), { level: 30, status: 431, reason: 'The headers are too large; expected at most 16 kB in all.' })
})

t.test('a request without a Host is answered like any other', async (t) => {
  const { head, body } = await exchange(t, build(t), 'GET /nope HTTP/1.1\r\nConnection: close\r\n\r\n')
  t.equal(head[0], 'HTTP/1.1 404 Not Found')
  t.strictSame(body, { errorCode: null, errorMessage: '/nope is not a path of this service.' })
})

t.test('a client that hangs up in the middle of a request', async (t) => {
  const emulator = build(t)
  await emulator.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = emulator.app.server.address() as AddressInfo
  const reset = new Promise((resolve) => emulator.app.server.once('clientError', resolve))
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('GET / HTTP/1.1\r\n', () => socket.resetAndDestroy())
  })
  t.match(await reset, { code: 'ECONNRESET' })
  const response = await fetch(`http://127.0.0.1:${port}/_emulator/health`)
  t.equal(response.status, 200, 'the next request is answered')
})

t.test('the log has one line for each request, and no token', async (t) => {
  const lines: string[] = []
  const { get } = build(t, { logTo: collect(lines) })
  await get(listOf(GAMER, '?access_token=of-the-query'), { headers: { 'x-secret': 'of-a-header' } })
  await get(listOf(GAMER), { session: 'demo;not-a-session' })
  await get('/nope?code=of-the-query')
  await get('/%zz?token=of-the-query')
  const logged = lines.map((line) => JSON.parse(line))
  t.match(logged.map(({ time, reqId, ms, ...line }) => line), [
    { level: 30, method: 'GET', path: listOf(GAMER), status: 200, xuid: GAMER },
    { level: 30, method: 'GET', path: listOf(GAMER), status: 401 },
    { level: 30, method: 'GET', path: '/nope', status: 404 },
    { level: 30, method: 'GET', path: '/%zz', status: 400 }
  ])
  t.equal(logged.length, 4)
  for (const { ms } of logged) t.type(ms, 'number')
  for (const secret of ['of-the-query', 'of-a-header', 'not-a-session', 'demo;', 'XBL3.0']) {
    t.notOk(lines.some((line) => line.includes(secret)), secret)
  }
})

t.test('in a terminal the log is readable', async (t) => {
  const lines: string[] = []
  const { get } = build(t, { logTo: Object.assign(collect(lines), { isTTY: true }) })
  await get('/nope')
  t.notOk(lines.join('').startsWith('{'))
  t.match(lines, [/^\[[\d:.]+\] INFO: 404 GET +\d+\.\d\d ms v2 {17}\/nope: \/nope is not a path of this service\.\n$/])
})

function collect (lines: string[]): Writable {
  return new Writable({
    write (chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    }
  })
}
