import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import t, { type Test } from 'tap'
import { open } from '../raw-http.ts'
import { isOpen } from '../raw-http.ts'
import { startBin } from '../run-bin.ts'

const HEALTH = 'GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n'

/** An update whose body has not arrived. */
const UPDATE = `POST /users/xuid(2533274790412952)/achievements/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/update HTTP/1.1
Host: localhost
Authorization: XBL3.0 x=demo;titleless
x-xbl-contract-version: 2
Content-Length: 2

`.replaceAll('\n', '\r\n')

/**
 * A connection on which one request was answered and another has begun to arrive. Both were sent at
 * once, so that the answer to the first says that the server holds the second.
 */
async function beginRequest (t: Test, url: string, begun: string): Promise<{ socket: Socket, received: () => string, closed: Promise<unknown> }> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  t.teardown(() => socket.destroy())
  let text = ''
  socket.setEncoding('utf8').on('data', (data) => { text += data })
  const closed = once(socket, 'close')
  socket.write(`${HEALTH}\r\n${begun}`)
  while (!text.endsWith('}')) await once(socket, 'data')
  return { socket, received: () => text, closed }
}

/** Resolves once nobody listens any more. */
async function untilRefused (url: string): Promise<void> {
  while (await isOpen(url));
}

/** The line that is told when the server waits for a request. */
const WAITING = 'xbl-achievements: waiting for 1 request, at most 5 s; a second signal stops at once\n'

t.test('a request in flight is answered before the server ends', async (t) => {
  const { greeting, url, signal, ended } = await startBin(t, [], { preload: 'performance.now = () => 0' })
  const { socket, received, closed } = await beginRequest(t, url, UPDATE)
  const first = received()
  signal('SIGTERM')
  await untilRefused(url)
  t.equal(received(), first)
  // Signals that come at the same time, as from a terminal and from npx, count as one.
  signal('SIGTERM')
  signal('SIGINT')
  socket.write('{}')
  await closed
  const [head = '', body = ''] = received().slice(first.length).split('\r\n\r\n')
  t.equal(head.split('\r\n')[0], 'HTTP/1.1 400 Bad Request')
  t.equal(JSON.parse(body).errorMessage, 'The body, at /action: missing, expected "progressUpdate".')
  t.strictSame(await ended, { code: 0, stdout: greeting, stderr: WAITING })
})

/** The clock advances by a second each time it is read. */
const SLOW = 'let now = 0; performance.now = () => (now += 1000)'

t.test('a second signal ends it at once, and the world is exported all the same', async (t) => {
  for (const [first, second, code] of [['SIGTERM', 'SIGTERM', 143], ['SIGINT', 'SIGINT', 130], ['SIGHUP', 'SIGHUP', 129], ['SIGTERM', 'SIGINT', 130]] as const) {
    const file = join(t.testdir(), 'world.json')
    const { greeting, url, signal, told, ended } = await startBin(t, ['--export-on-exit', file], { preload: SLOW })
    const { received, closed } = await beginRequest(t, url, UPDATE)
    const answered = received()
    signal(first)
    await told(/a second signal stops at once/)
    signal(second)
    await closed.catch(() => {})
    t.equal(received(), answered, 'it is cut')
    t.strictSame(await ended, { code, stdout: greeting, stderr: WAITING }, second)
    t.equal(JSON.parse(readFileSync(file, 'utf8')).users.length, 5)
  }
})

t.test('a second signal, and an export that fails', async (t) => {
  const folder = t.testdir({ out: {} })
  const file = join(folder, 'out/world.json')
  const { greeting, url, signal, told, ended } = await startBin(t, ['--export-on-exit', file], { preload: SLOW })
  const { closed } = await beginRequest(t, url, UPDATE)
  rmSync(join(folder, 'out'), { recursive: true })
  signal('SIGTERM')
  await told(/a second signal stops at once/)
  signal('SIGTERM')
  await closed.catch(() => {})
  const { stderr, ...end } = await ended
  t.strictSame(end, { code: 1, stdout: greeting })
  t.match(stderr, /^xbl-achievements: waiting for 1 request[^\n]*\nxbl-achievements: .*world\.json cannot be written: [^\n]*; name another file with --export-on-exit\n$/)
})

t.test('a request that a fault holds back is not waited for', async (t) => {
  const { greeting, url, stop } = await startBin(t, ['--database', join(t.testdir(), 'test.db')])
  const add = async (fault: object): Promise<void> => { t.equal((await fetch(`${url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) })).status, 201) }
  await add({ delay: 20_000, times: 1 })
  await add({ effect: 'hang', times: 1 })
  const headers = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
  const asked = Array.from({ length: 2 }, async () => await fetch(`${url}/users/xuid(2533274790412952)/achievements`, { headers }).then(({ status }) => status, ({ message }) => message))
  let happened: number[]
  do happened = (await (await fetch(`${url}/_emulator/faults`)).json() as any).faults.map(({ happened }: any) => happened)
  while (happened.join() !== '1,1')
  t.strictSame(await stop('SIGHUP'), { code: 0, stdout: greeting, stderr: '' })
  t.strictSame((await Promise.all(asked)).sort(), [503, 'fetch failed'])
})

t.test('a connection without a request, or with half of its headers, is not waited for', async (t) => {
  const { greeting, url, stop } = await startBin(t)
  const { received, closed } = await beginRequest(t, url, `${HEALTH}X-Half: `)
  const { hostname, port } = new URL(url)
  const silent = connect(Number(port), hostname)
  t.teardown(() => silent.destroy())
  await once(silent, 'connect')
  const silenced = once(silent, 'close')
  const first = received()
  const stopped = stop()
  await Promise.all([closed, silenced])
  t.equal(received(), first)
  t.strictSame(await stopped, { code: 0, stdout: greeting, stderr: '' })
})

/** The timeouts of a closing server are over at once. */
const IMPATIENT = `
  import timers from 'node:timers/promises'
  import { syncBuiltinESMExports } from 'node:module'
  const wait = timers.setTimeout
  timers.setTimeout = (ms, ...rest) => wait(ms === 5000 || ms === 1000 ? 1 : ms, ...rest)
  syncBuiltinESMExports()`

t.test('a request whose body never arrives whole is waited for for a limited time', async (t) => {
  const preload = IMPATIENT
  const { greeting, url, stop } = await startBin(t, [], { preload })
  const { received, closed } = await beginRequest(t, url, UPDATE)
  const first = received()
  const stopped = stop()
  await closed
  t.equal(received(), first)
  t.strictSame(await stopped, { code: 0, stdout: greeting, stderr: WAITING })
})

t.test('it ends whatever connections are open', async (t) => {
  const { greeting, url, stop } = await startBin(t, ['--tls', '--tls-port', '0', '--tls-dir', t.testdir()], { preload: IMPATIENT })
  const [port, tlsPort] = [url, /https:\S+/.exec(greeting)?.[0] ?? ''].map((each) => Number(new URL(each).port)) as [number, number]
  const page = 'GET /_emulator/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const tunnel = 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n'
  for (const bytes of ['', HEALTH, `${HEALTH}\r\n`, UPDATE, tunnel, page.repeat(100)]) {
    const plain = await open(t, port)
    const secure = connectTls({ port: tlsPort, host: '127.0.0.1', rejectUnauthorized: false })
    await once(secure, 'secureConnect')
    for (const socket of [plain, secure]) {
      socket.allowHalfOpen = true
      t.teardown(() => socket.destroy())
      socket.on('error', () => {}).pause().write(bytes)
    }
  }
  await open(t, tlsPort)
  const session = connectHttp2(`https://127.0.0.1:${tlsPort}`, { rejectUnauthorized: false }).on('error', () => {})
  t.teardown(() => session.destroy())
  const stream = session.request({ ':path': '/_emulator/openapi.json' }).on('error', () => {})
  await once(stream, 'response')
  session.request({ ':method': 'POST', ':path': '/_emulator/world' }, { endStream: false }).on('error', () => {})
  const { stderr, ...end } = await stop()
  t.strictSame(end, { code: 0, stdout: greeting })
  t.match(stderr, /^xbl-achievements: waiting for \d+ requests, at most 5 s; a second signal stops at once\n$/)
})

t.test('an unforeseen error is reported, and does not end the server', async (t) => {
  const preload = 'process.on("SIGUSR2", () => { queueMicrotask(() => { throw new Error("unforeseen") }); Promise.reject(null) })'
  const { greeting, url, signal, stop, told } = await startBin(t, [], { preload })
  signal('SIGUSR2')
  await told(/unforeseen[^]*null/)
  t.equal((await fetch(`${url}/_emulator/health`)).status, 200)
  const { stderr, ...end } = await stop()
  t.strictSame(end, { code: 0, stdout: greeting })
  t.match(stderr, /^xbl-achievements: an error that nobody foresaw: Error: unforeseen\n +at .*\n/)
})

t.test('an error of the server itself ends it', async (t) => {
  const preload = `
    import { Server } from 'node:net'
    const { listen } = Server.prototype
    // The last server that listens gets the error.
    Server.prototype.listen = function (...args) {
      process.removeAllListeners('SIGUSR2').on('SIGUSR2', () => this.emit('error', Object.assign(new Error('accept ENOMEM'), { syscall: 'accept' })))
      return Reflect.apply(listen, this, args)
    }`
  for (const args of [[], ['--tls', '--tls-port', '0', '--tls-dir', t.testdir()]]) {
    const { greeting, signal, ended } = await startBin(t, args, { preload })
    signal('SIGUSR2')
    t.strictSame(await ended, { code: 1, stdout: greeting, stderr: 'xbl-achievements: no more connections can be accepted: accept ENOMEM\n' })
  }
})
