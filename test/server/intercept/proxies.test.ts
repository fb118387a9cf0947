import { once } from 'node:events'
import http, { Agent as HttpAgent, type RequestOptions } from 'node:http'
import net, { type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import tls from 'node:tls'
import axios from 'axios'
import t from 'tap'
import { EnvHttpProxyAgent, ProxyAgent, request } from 'undici'
import { intercept } from '../../../src/server/intercept/intercept.ts'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { start } from '../../in-process.ts'
import { HEADERS, HOST, listen, NAMES, PATH, refusalOf, setVariables, startOther, startProxy, URL_OF_LIST, type Other } from './stand-ins.ts'

const PLAIN_URL = URL_OF_LIST.replace('https', 'http')
const addressOf = ({ port }: { port: number }): string => `http://127.0.0.1:${port}`
const bytesTo = ({ sockets }: Other): number => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0)
const failure = async (asked: Promise<unknown>): Promise<unknown> => await asked.then(() => 'answered', (error) => error.cause ?? error)

/** Asks through a proxy with an absolute URL, as clients do that make no tunnel. */
async function askAbsolute ({ port }: Other, url: string, options: RequestOptions = {}, body?: string | Buffer): Promise<{ status: number | undefined, body: unknown }> {
  const asked = http.request({ host: '127.0.0.1', port, path: url, agent: false, ...options })
  for (const part of body === undefined ? [] : [body.slice(0, 1), body.slice(1)]) {
    asked.write(part)
    await setImmediate()
  }
  const [response] = await once(asked.end(), 'response')
  const answer = await text(response)
  return { status: response.statusCode, body: /^[{[]/.test(answer) ? JSON.parse(answer) : answer }
}

async function connectTo ({ port }: { port: number }): Promise<Socket> {
  const socket = net.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** Asks a proxy for a tunnel. */
async function openTunnel (proxy: Other, to: string): Promise<Socket> {
  const socket = await connectTo(proxy)
  socket.write(Buffer.from(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`))
  t.equal(String((await once(socket, 'data'))[0]), 'HTTP/1.1 200 Connection established\r\n\r\n')
  return socket
}

t.test('what clients would send to a proxy that they were told goes to the emulator', async (t) => {
  const emulator = await start(t)
  const proxy = await startProxy(t)
  emulator.intercept()
  const uri = addressOf(proxy)
  const send = async (url: string, dispatcher: ProxyAgent | EnvHttpProxyAgent): Promise<unknown> => await (await request(url, { headers: HEADERS, dispatcher })).body.json()
  t.strictSame(await send(URL_OF_LIST, new ProxyAgent(uri)), LIST_SAMPLE)
  t.strictSame(await send(PLAIN_URL, new ProxyAgent({ uri, proxyTunnel: true })), LIST_SAMPLE, 'without TLS through a tunnel')
  t.strictSame(await send(PLAIN_URL, new ProxyAgent({ uri, proxyTunnel: false })), LIST_SAMPLE, 'without TLS and tunnel')
  t.strictSame(await send(URL_OF_LIST, new EnvHttpProxyAgent({ httpsProxy: uri })), LIST_SAMPLE)
  t.strictSame((await axios.get(URL_OF_LIST, { headers: HEADERS, proxy: { protocol: 'http', host: '127.0.0.1', port: proxy.port } })).data, LIST_SAMPLE)
  t.strictSame(await askAbsolute(proxy, URL_OF_LIST, { headers: HEADERS }), { status: 200, body: LIST_SAMPLE })
  t.strictSame(await askAbsolute(proxy, `http://user:secret@${HOST.toUpperCase()}:80${PATH}`, { headers: HEADERS }), { status: 200, body: LIST_SAMPLE })
  t.equal(emulator.requests({ status: 200 }).length, 7)
  t.equal(bytesTo(proxy), 0)
  for (const ask of [
    () => request('https://inventory.xboxlive.com/', { dispatcher: new ProxyAgent(uri) }),
    () => axios.get('https://inventory.xboxlive.com/', { proxy: { protocol: 'http', host: '127.0.0.1', port: proxy.port } }),
    () => askAbsolute(proxy, 'https://inventory.xboxlive.com/')
  ]) t.match(await failure(ask()), refusalOf('inventory.xboxlive.com', emulator))
  t.equal(bytesTo(proxy), 0)
})

t.test('a proxy that is asked over TLS learns nothing either', async (t) => {
  const emulator = await start(t)
  const proxy = await startOther(t)
  emulator.intercept()
  const dispatcher = new ProxyAgent({ uri: `https://127.0.0.1:${proxy.port}`, proxyTls: { ca: proxy.ca } })
  t.strictSame(await (await request(URL_OF_LIST, { headers: HEADERS, dispatcher })).body.json(), LIST_SAMPLE)
  t.strictSame(proxy.asked, [])
})

t.test('a proxy of the environment need not be there', async (t) => {
  const emulator = await start(t)
  const gone = await startProxy(t)
  gone.server.close()
  setVariables(t, { HTTPS_PROXY: addressOf(gone), http_proxy: addressOf(gone) })
  emulator.intercept()
  for (const url of [URL_OF_LIST, PLAIN_URL]) {
    t.strictSame(await (await request(url, { headers: HEADERS, dispatcher: new EnvHttpProxyAgent() })).body.json(), LIST_SAMPLE)
    t.strictSame((await axios.get(url, { headers: HEADERS })).data, LIST_SAMPLE)
  }
  t.match(await failure(axios.get('http://example.com/')), { code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: gone.port }, 'for others it is missed as ever')
})

t.test('a proxy of the environment that breaks off', async (t) => {
  const emulator = await start(t)
  const proxy = await listen(t, net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy())), [])
  setVariables(t, { http_proxy: addressOf(proxy) })
  emulator.intercept()
  t.match(await failure(askAbsolute(proxy, 'http://other.test/')), { code: 'ECONNRESET' })
})

t.test('requests for other hosts go through the proxy, with and without a tunnel', async (t) => {
  const emulator = await start(t)
  const other = await startOther(t, ['other.test'])
  const proxy = await startProxy(t, other.port)
  emulator.intercept()
  const askAll = async (): Promise<void> => {
    t.equal(await (await request('https://other.test/x', { dispatcher: new ProxyAgent({ uri: addressOf(proxy), requestTls: { ca: other.ca } }) })).body.text(), 'other other.test')
    t.strictSame(await askAbsolute(proxy, 'http://other.test/y'), { status: 200, body: 'proxy' })
    t.strictSame(await askAbsolute(proxy, `http://notxboxlive.com/?${HOST}`), { status: 200, body: 'proxy' })
    t.strictSame([proxy.asked.splice(0), other.asked.splice(0)], [['CONNECT other.test:443', 'GET http://other.test/y', `GET http://notxboxlive.com/?${HOST}`], ['GET /x']])
  }
  await askAll()
  setVariables(t, { ALL_PROXY: `127.0.0.1:${proxy.port}` })
  await askAll()
  t.strictSame(emulator.requests(), [])
})

t.test('each request on a connection to a proxy goes where it belongs', async (t) => {
  const emulator = await start(t)
  const proxy = await startProxy(t)
  emulator.intercept()
  const agent = new HttpAgent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const large = Buffer.alloc(1024 * 1024, ' ')
  for (let round = 0; round < 2; round++) {
    t.strictSame(await askAbsolute(proxy, 'http://other.test/', { agent }), { status: 200, body: 'proxy' })
    t.strictSame(await askAbsolute(proxy, URL_OF_LIST, { agent, headers: HEADERS }), { status: 200, body: LIST_SAMPLE })
    t.strictSame(await askAbsolute(proxy, 'http://other.test/', { agent, method: 'POST' }, 'body'), { status: 200, body: 'proxy' })
    t.equal((await askAbsolute(proxy, `https://${HOST}/nope`, { agent, method: 'POST', headers: { 'content-type': 'application/json' } }, '{}')).status, 404)
  }
  t.equal((await askAbsolute(proxy, `https://${HOST}/nope`, { method: 'POST', headers: { 'content-length': large.length } }, large)).status, 404)
  t.strictSame(proxy.asked, ['GET http://other.test/', 'POST http://other.test/', 'GET http://other.test/', 'POST http://other.test/'])
  t.equal(emulator.requests().length, 5)
})

t.test('a tunnel leads to the emulator, however TLS is spoken in it', async (t) => {
  const emulator = await start(t)
  const proxy = await startProxy(t)
  const { connect: connectUnseen } = tls
  emulator.intercept()
  const head = `GET ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: ${HEADERS.authorization}\r\nx-xbl-contract-version: 2\r\nConnection: close\r\n\r\n`
  const listOf = (answer: string): unknown => JSON.parse(answer.replace(/^.*\r\n\r\n/s, ''))
  const plain = await openTunnel(proxy, `${HOST}:80`)
  plain.write(head)
  t.strictSame(listOf(await text(plain)), LIST_SAMPLE)
  const tunnel = await openTunnel(proxy, `${HOST}:443`)
  const stream = new Duplex({ read () {}, write (chunk, encoding, done) { tunnel.write(chunk, encoding, done) } })
  tunnel.on('data', (data) => stream.push(data)).once('end', () => stream.push(null))
  const secure = connectUnseen({ socket: stream, servername: HOST, rejectUnauthorized: false })
  secure.write(head)
  t.strictSame(listOf(await text(secure)), LIST_SAMPLE)
  t.equal(bytesTo(proxy), 0)
})

t.test('writes have their callbacks', async (t) => {
  const emulator = await start(t)
  const proxy = await startProxy(t)
  emulator.intercept()
  const write = async (socket: Socket, text: string): Promise<unknown> => await new Promise((resolve) => { socket.write(text, resolve) })
  t.equal(await write(await connectTo(proxy), `CONNECT ${HOST}:443 HTTP/1.1\r\n\r\n`), null)
  t.equal(await write(await connectTo(proxy), `GET https://${HOST}/ HTTP/1.1\r\n\r\n`), null)
  const refused = (await connectTo(proxy)).on('error', () => {})
  t.match(await write(refused, 'GET https://inventory.xboxlive.com/ HTTP/1.1\r\n\r\n'), refusalOf('inventory.xboxlive.com', emulator))
  t.throws(() => refused.write(5 as unknown as string), { code: 'ERR_INVALID_ARG_TYPE' })
})

t.test('an emulator that cannot be reached, and clients that leave', async (t) => {
  const proxy = await startProxy(t)
  setVariables(t, { HTTPS_PROXY: addressOf(proxy), no_proxy: addressOf(proxy), SOCKS_PROXY: 'socks5://127.0.0.1', BAD_PROXY: 'http://[' })
  const restore = intercept(NAMES, { url: new URL('http://127.0.0.1:9'), securePort: async () => 9 })
  t.teardown(restore)
  t.match(await failure(askAbsolute(proxy, URL_OF_LIST)), { code: 'ECONNREFUSED' })
  const socket = await connectTo(proxy)
  socket.resetAndDestroy()
  await once(socket, 'close')
  t.equal((await askAbsolute(proxy, 'http://other.test/')).body, 'proxy')
  const tunnel = await openTunnel(proxy, `${HOST}:443`)
  const secure = tls.connect({ socket: tunnel, servername: HOST })
  t.match((await once(secure, 'error'))[0], { code: 'ECONNREFUSED' })
  if (!tunnel.closed) await once(tunnel, 'close')
})
