import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { issueAuthority, issueServer } from '../../src/server/tls/issue.ts'
import { permit } from '../../src/server/tls/name-constraints.ts'
import { LIST_SAMPLE } from '../documented-samples.ts'
import { GAMER, listOf, SAMPLE_TITLE } from '../helper.ts'
import { installClient } from './install.ts'

/** HTTP clients, as they are published, with and without a proxy; each asks in a process of its own, because Node reads the variables when it starts. */
const modules = installClient('http-clients').resolve('needle/package.json')
const HOST = 'achievements.xboxlive.com'
const URL_OF_LIST = `https://${HOST}${listOf(GAMER, `?titleId=${SAMPLE_TITLE}`)}`
const run = promisify(execFile)

/** A server that is not the emulator, and what has come to it. */
interface StandIn {
  readonly port: number
  /** What it was asked for. */
  readonly asked: string[]
  /** How many bytes have arrived. */
  readonly bytes: () => number
}

async function listen (t: Test, server: Server, asked: string[]): Promise<StandIn> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked, bytes: () => [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0) }
}

/** A stand-in for the real host, and the file of the CA that clients trust it by. */
async function startHost (t: Test): Promise<StandIn & { ca: string }> {
  const authority = await issueAuthority(permit([HOST]), Date.now())
  const { certificate, key } = await issueServer(authority, [HOST], Date.now())
  const ca = join(t.testdir(), 'ca.pem')
  writeFileSync(ca, authority.certificate)
  const asked: string[] = []
  const server = createSecureServer({ cert: certificate, key, allowHTTP1: true }, ({ headers }, response) => {
    asked.push(String(headers.authorization))
    response.setHeader('content-type', 'application/json')
    response.end('"real"')
  })
  return { ...await listen(t, server, asked), ca }
}

/** A proxy, which leads to the stand-in for the real host. */
async function startProxy (t: Test, host: StandIn): Promise<StandIn> {
  const asked: string[] = []
  const proxy = createServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url}: ${headers.authorization}`)
    response.setHeader('content-type', 'application/json').end('"proxy"')
  })
  proxy.on('connect', ({ method, url }, client) => {
    asked.push(`${method} ${url}`)
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    client.pipe(connect(host.port, '127.0.0.1').on('error', () => {})).pipe(client)
  })
  return await listen(t, proxy, asked)
}

/** What each client is answered. */
async function ask (host: StandIn & { ca: string }, proxy: StandIn, { mode, variables }: { mode: 'intercept' | 'control', variables: Record<string, string> }): Promise<{ answers: Record<string, unknown>, requests: number }> {
  const { stdout } = await run(process.execPath, ['--no-warnings', join(import.meta.dirname, 'ask-http-clients.ts'), modules, URL_OF_LIST, String(host.port), addressOf(proxy), mode], {
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: host.ca, ...variables }, maxBuffer: 16 * 1024 * 1024
  })
  return JSON.parse(stdout)
}

const addressOf = ({ port }: StandIn): string => `http://127.0.0.1:${port}`

/** The variables that name a proxy. needle would have Node send to the proxy what is meant for the proxy itself, which Node refuses. */
const variablesOf = (proxy: StandIn): Record<string, string> => ({
  ...Object.fromEntries(['HTTP_PROXY', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'].map((name) => [name, addressOf(proxy)])), NO_PROXY: '127.0.0.1', NODE_USE_ENV_PROXY: '1'
})

for (const hasVariables of [false, true]) {
  t.test(`every client reaches the emulator ${hasVariables ? 'with' : 'without'} proxy variables`, async (t) => {
    const host = await startHost(t)
    const proxy = await startProxy(t, host)
    const { answers, requests } = await ask(host, proxy, { mode: 'intercept', variables: hasVariables ? variablesOf(proxy) : {} })
    const clients = Object.keys(answers)
    t.strictSame(answers, Object.fromEntries(clients.map((client) => [client, LIST_SAMPLE])))
    t.equal(requests, clients.length)
    t.strictSame({ host: host.bytes(), proxy: proxy.bytes() }, { host: 0, proxy: 0 }, 'and nothing goes anywhere else')
  })
}

t.test('without intercept() none does, and the stand-ins see what they send', async (t) => {
  const host = await startHost(t)
  const proxy = await startProxy(t, host)
  const { answers, requests } = await ask(host, proxy, { mode: 'control', variables: variablesOf(proxy) })
  const inClear = ['needle', 'needle, proxy']
  t.strictSame(answers, Object.fromEntries(Object.keys(answers).map((client) => [client, inClear.includes(client) ? 'proxy' : 'real'])))
  t.equal(requests, 0)
  t.strictSame(host.asked, Array(Object.keys(answers).length - inClear.length).fill('XBL3.0 x=demo;gamer'))
  t.strictSame([...new Set(proxy.asked)], [`CONNECT ${HOST}:443`, `GET ${URL_OF_LIST}: XBL3.0 x=demo;gamer`])
})
