import { once } from 'node:events'
import http, { createServer, type IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import https, { Agent as HttpsAgent, get, request as requestHttps, type RequestOptions } from 'node:https'
import net, { Socket, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import tls, { connect, type TLSSocket } from 'node:tls'
import axios from 'axios'
import t from 'tap'
import { Agent, fetch as undiciFetch, request } from 'undici'
import { XBOX_HOSTS } from '../../../src/http/hosts.ts'
import { startEmulator } from '../../../src/index.ts'
import { intercept } from '../../../src/server/intercept/intercept.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { start } from '../../in-process.ts'
import { HEADERS, HOST, PATH, refusalOf, startOther, URL_OF_LIST } from './stand-ins.ts'

const read = async (asked: ReturnType<typeof get>): Promise<{ status: number | undefined, body: string }> => {
  const [response] = await once(asked, 'response') as [IncomingMessage]
  return { status: response.statusCode, body: await text(response) }
}

t.test('every HTTP client that asks for a host of Xbox Live reaches the emulator', async (t) => {
  const emulator = await start(t)
  const restore = emulator.intercept()
  t.teardown(restore)
  const keepAlive = new HttpsAgent({ keepAlive: true })
  t.teardown(() => keepAlive.destroy())
  const asks: Array<[string, () => Promise<unknown>]> = [
    ['fetch', async () => await (await fetch(URL_OF_LIST, { headers: HEADERS })).json()],
    ['undici, fetch', async () => await (await undiciFetch(URL_OF_LIST, { headers: HEADERS })).json()],
    ['undici, an agent of its own', async () => await (await request(URL_OF_LIST, { headers: HEADERS, dispatcher: new Agent() })).body.json()],
    ['node:https', async () => JSON.parse((await read(https.get(URL_OF_LIST, { headers: HEADERS }))).body)],
    ['node:https by name, with parts', async () => JSON.parse((await read(requestHttps({ hostname: HOST.toUpperCase(), port: '443', path: PATH, headers: HEADERS }).end())).body)],
    ['node:https, kept alive', async () => JSON.parse((await read(get(URL_OF_LIST, { headers: HEADERS, agent: keepAlive }))).body)],
    ['node:https, kept alive, again', async () => JSON.parse((await read(get(URL_OF_LIST, { headers: HEADERS, agent: keepAlive }))).body)],
    ['node:https without an agent', async () => JSON.parse((await read(get(URL_OF_LIST, { headers: HEADERS, agent: false }))).body)],
    ['axios', async () => (await axios.get(URL_OF_LIST, { headers: HEADERS })).data]
  ]
  for (const [what, ask] of asks) t.strictSame(await ask(), LIST_SAMPLE, what)
  t.equal(emulator.requests({ status: 200 }).length, asks.length)
  for (const host of XBOX_HOSTS) {
    t.equal((await fetch(`https://${host}/nope`)).status, 404, host)
  }
})

t.test('other hosts are not affected', async (t) => {
  const emulator = await start(t)
  const { ca, port } = await startOther(t)
  t.teardown(emulator.intercept())
  const options: RequestOptions = { host: '127.0.0.1', port, ca, servername: 'localhost', headers: { host: HOST }, agent: false }
  t.strictSame(await read(get(options)), { status: 200, body: `other ${HOST}` })
  const socket = connect(port, '127.0.0.1', { ca, servername: 'localhost' })
  await once(socket, 'secureConnect')
  t.equal(socket.authorized, true)
  socket.destroy()
  const plain = createServer((_request, response) => { response.end('plain') }).listen(0, '127.0.0.1')
  t.teardown(() => plain.close())
  await once(plain, 'listening')
  t.equal(await (await fetch(`http://127.0.0.1:${(plain.address() as AddressInfo).port}`, { headers: { connection: 'close' } })).text(), 'plain')
  t.strictSame(emulator.requests(), [])
})

t.test('restore ends the interception, and no connection is reused', async (t) => {
  const functions = (): unknown[] => [tls.connect, Socket.prototype.connect, Socket.prototype.write, Socket.prototype._write, Socket.prototype._writev, Socket.prototype._final]
  const before = functions()
  const [here, there] = [await startOther(t), await startOther(t)]
  const agent = new HttpsAgent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  // The name resolves to the other server: connections that are not intercepted lead there.
  const options: RequestOptions = { host: 'localhost', port: there.port, ca: there.ca, agent, lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) }
  const names = { served: ['localhost'], refusedDomain: 'localhost.test' }
  const restore = intercept(names, { url: new URL('http://127.0.0.1:9'), securePort: async () => here.port })
  t.not(tls.connect, before[0])
  t.equal(connect, tls.connect, 'for those who import it by its name')
  t.strictSame(await read(get(options)), { status: 200, body: `other localhost:${there.port}` })
  t.strictSame([here.asked, there.asked], [['GET /'], []])
  restore()
  t.strictSame(functions(), before)
  t.equal(connect, before[0])
  t.strictSame(await read(get(options)), { status: 200, body: `other localhost:${there.port}` })
  t.strictSame([here.asked, there.asked], [['GET /'], ['GET /']])
  restore()
})

t.test('of several interceptions the latest has the hosts, until it ends', async (t) => {
  const original = tls.connect
  const [one, two] = [await start(t), await start(t, { dialect: 'live' })]
  const asked = async (): Promise<number[]> => {
    await (await fetch(URL_OF_LIST)).text()
    return [one, two].map((emulator) => emulator.requests().length)
  }
  const first = one.intercept()
  t.strictSame(await asked(), [1, 0])
  const second = two.intercept()
  t.strictSame(await asked(), [1, 1])
  second()
  t.strictSame(await asked(), [2, 1])
  const third = two.intercept()
  first()
  t.strictSame(await asked(), [2, 2], 'in any order')
  third()
  t.not(tls.connect, original, 'a layer that passes everything on')
  const fourth = one.intercept()
  t.strictSame(await asked(), [3, 2])
  await one.close()
  fourth()
  const fifth = two.intercept()
  t.strictSame(await asked(), [3, 3], 'closing gives them back, too')
  fifth()
})

t.test('a connection that is kept alive to one emulator is not reused when another one has the hosts', async (t) => {
  const [one, two] = [await start(t), await start(t)]
  const agent = new HttpsAgent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  const asked = async (): Promise<number[]> => {
    await read(get(URL_OF_LIST, { agent }))
    return [one, two].map((emulator) => emulator.requests().length)
  }
  const first = one.intercept()
  t.strictSame(await asked(), [1, 0])
  const second = two.intercept()
  t.strictSame(await asked(), [1, 1])
  t.strictSame(await asked(), [1, 2])
  first()
  t.strictSame(await asked(), [1, 3], 'the one before has none to end')
  second()
})

t.test('an emulator with an IPv6 address', async (t) => {
  const emulator = await startEmulator({ host: '::1' }).catch((error) => {
    if (error.code === 'EADDRNOTAVAIL') return undefined
    throw error
  })
  if (emulator === undefined) return t.pass('this machine has none')
  t.teardown(emulator.close)
  emulator.intercept()
  for (const scheme of ['http', 'https']) t.equal((await fetch(`${scheme}://${HOST}/nope`)).status, 404)
})

t.test('the connection is one of TLS, as its client expects it', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  const seen: Record<string, unknown> = {}
  const socket: TLSSocket = connect(443, HOST, { servername: HOST, ALPNProtocols: ['h2', 'http/1.1'] }, () => {
    Object.assign(seen, { authorized: socket.authorized, error: socket.authorizationError, protocol: socket.getProtocol(), alpn: socket.alpnProtocol })
  })
  await once(socket, 'secureConnect')
  t.strictSame(seen, { authorized: true, error: null, protocol: 'TLSv1.3', alpn: 'h2' })
  t.match(socket.getPeerCertificate(), { subject: { CN: HOST }, subjectaltname: XBOX_HOSTS.map((host) => `DNS:${host}`).join(', ') })
  t.match(socket.getCipher(), { version: 'TLSv1.3' })
  t.equal(socket.remotePort, 443)
  t.equal(socket instanceof tls.TLSSocket, true)
  socket.destroy()
})

t.test('HTTP/2 reaches the emulator', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  const session = http2.connect(`https://${HOST}`)
  const stream = session.request({ ':path': PATH, ...HEADERS })
  t.strictSame(JSON.parse(await text(stream)), LIST_SAMPLE)
  t.equal(session.alpnProtocol, 'h2')
  t.strictSame(session.originSet, [`https://${HOST}`])
  session.close()
  await once(session, 'close')
})

t.test('HTTP without TLS reaches it, too', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  t.strictSame(JSON.parse((await read(http.get(URL_OF_LIST.replace('https', 'http'), { headers: HEADERS }))).body), LIST_SAMPLE)
  t.strictSame(JSON.parse((await read(http.get({ host: `${HOST.toUpperCase()}.`, path: PATH, headers: HEADERS, agent: false }))).body), LIST_SAMPLE, 'with the dot of the root')
})

t.test('TLS that a client makes by itself reaches it', async (t) => {
  const emulator = await start(t)
  const { connect: connectUnseen } = tls
  emulator.intercept()
  const over = async (socket: Socket): Promise<unknown> => {
    const secure = new tls.TLSSocket(socket, { isServer: false, rejectUnauthorized: false } as object)
    secure.write(`GET ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: ${HEADERS.authorization}\r\nx-xbl-contract-version: 2\r\nConnection: close\r\n\r\n`)
    return JSON.parse((await text(secure)).replace(/^.*\r\n\r\n/s, ''))
  }
  const socket = net.connect(443, HOST)
  await once(socket, 'connect')
  t.strictSame(await over(socket), LIST_SAMPLE)
  // Who took the function before does not know the certificate: nothing is sent to anybody.
  const [error] = await once(connectUnseen({ host: HOST, port: 443, servername: HOST }), 'error')
  t.equal(error.code, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY')
})

t.test('hosts of Xbox Live that are not served are refused', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  const failure = async (asked: Promise<unknown>): Promise<unknown> => await asked.then(() => 'answered', (error) => error.cause ?? error)
  for (const host of ['inventory.xboxlive.com', 'xboxlive.com']) {
    const expected = refusalOf(host, emulator)
    t.match(await failure(fetch(`https://${host}/`)), expected)
    t.match(await failure(fetch(`http://${host}/`)), expected)
    t.match(await failure(axios.get(`https://${host}/`, { proxy: false })), expected)
    t.match(await failure(once(http2.connect(`https://${host}`), 'connect')), expected)
    t.match(await failure(once(net.connect(443, host), 'connect')), { ...expected, syscall: 'connect', hostname: host })
  }
  const socket = new WebSocket('wss://inventory.xboxlive.com/')
  t.equal((await once(socket as unknown as EventTarget & NodeJS.EventEmitter, 'close'))[0].wasClean, false)
  t.strictSame(emulator.requests(), [])
})

t.test('hosts that are left out are refused like those that are not served, but for the login hosts, which are not touched', async (t) => {
  const emulator = await start(t, { neighbours: false, rta: false, signIn: false })
  const { ca, port } = await startOther(t)
  emulator.intercept()
  const failure = async (asked: Promise<unknown>): Promise<unknown> => await asked.then(() => 'answered', (error) => error.cause ?? error)
  for (const host of XBOX_HOSTS.filter((host) => host !== HOST && host.endsWith('.xboxlive.com'))) {
    t.match(await failure(fetch(`https://${host}/`)), refusalOf(host, emulator, [HOST]))
  }
  t.equal((await fetch(`https://${HOST}/nope`)).status, 404)
  for (const host of ['login.live.com', 'login.microsoftonline.com']) {
    // Where the name leads, here to another server.
    const lookup = (_host: string, { all }: { all?: boolean }, done: (error: null, address: unknown, family?: number) => void): void => all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)
    t.strictSame(await read(get({ host, port, ca, servername: 'localhost', lookup: lookup as never, agent: false })), { status: 200, body: `other ${host}:${port}` }, host)
  }
})

t.test('a client that has looked the address up by itself is found by the name of the server', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  t.strictSame(JSON.parse((await read(get({ host: '192.0.2.1', path: PATH, headers: { ...HEADERS, host: HOST }, agent: false }))).body), LIST_SAMPLE)
  const [error] = await once(connect({ host: '192.0.2.1', port: 443, servername: 'inventory.xboxlive.com' }), 'error')
  t.match(error, refusalOf('inventory.xboxlive.com', emulator))
  const own = await startOther(t, [HOST])
  t.strictSame(await read(get({ host: '127.0.0.1', port: own.port, ca: own.ca, servername: HOST, path: PATH, headers: { host: HOST }, agent: false })), { status: 200, body: `other ${HOST}` }, 'but not at an address of this machine')
})
