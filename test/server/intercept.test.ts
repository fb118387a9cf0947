import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import https, { Agent as HttpsAgent, get, request as requestHttps, type RequestOptions } from 'node:https'
import { createServer as createTlsServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import tls, { connect } from 'node:tls'
import axios from 'axios'
import t, { type Test } from 'tap'
import { Agent, fetch as undiciFetch, request } from 'undici'
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/index.ts'
import { intercept } from '../../src/server/intercept/intercept.ts'
import { issueAuthority, issueServer } from '../../src/server/tls/issue.ts'
import { permit } from '../../src/server/tls/name-constraints.ts'
import { LIST_SAMPLE } from '../documented-samples.ts'
import { GAMER, listOf, SAMPLE_TITLE } from '../helper.ts'

const HOST = 'achievements.xboxlive.com'
const PATH = listOf(GAMER, `?titleId=${SAMPLE_TITLE}`)
const URL_OF_LIST = `https://${HOST}${PATH}`
const HEADERS = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }

async function start (t: Test, options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options)
  t.teardown(emulator.close)
  return emulator
}

const read = async (asked: ReturnType<typeof get>): Promise<{ status: number | undefined, body: string }> => {
  const [response] = await once(asked, 'response') as [IncomingMessage]
  return { status: response.statusCode, body: await text(response) }
}

/** A server that is not the emulator, with a certificate for localhost. */
async function startOther (t: Test): Promise<{ ca: string, port: number, server: Server }> {
  const authority = await issueAuthority(permit(['localhost', '127.0.0.1']), Date.now())
  const { certificate, key } = await issueServer(authority, ['localhost', '127.0.0.1'], Date.now())
  const server = createTlsServer({ cert: certificate, key }, ({ headers }, response) => { response.end(`other ${headers.host}`) }).listen(0, '127.0.0.1')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return { ca: authority.certificate, port: (server.address() as AddressInfo).port, server }
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
  for (const host of ['user.auth.xboxlive.com', 'xsts.auth.xboxlive.com', 'login.live.com']) {
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
  const before = tls.connect
  const emulator = await start(t)
  const { ca, port, server } = await startOther(t)
  const agent = new HttpsAgent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  // The name resolves to the other server: connections that are not intercepted lead there.
  const options: RequestOptions = { host: 'localhost', port, ca, agent, path: PATH, headers: HEADERS, lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) }
  const restore = intercept(['localhost'], new URL(emulator.url))
  t.not(tls.connect, before)
  t.equal(connect, tls.connect, 'for those who import it by its name')
  t.strictSame(JSON.parse((await read(get(options))).body), LIST_SAMPLE)
  restore()
  t.equal(tls.connect, before)
  t.equal(connect, before)
  t.strictSame(await read(get(options)), { status: 200, body: `other localhost:${port}` })
  restore()
  server.closeIdleConnections()
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

t.test('an emulator with an IPv6 address', async (t) => {
  const emulator = await startEmulator({ host: '::1' }).catch((error) => {
    if (error.code === 'EADDRNOTAVAIL') return undefined
    throw error
  })
  if (emulator === undefined) return t.pass('this machine has none')
  t.teardown(emulator.close)
  emulator.intercept()
  t.equal((await fetch(`https://${HOST}/nope`)).status, 404)
})
