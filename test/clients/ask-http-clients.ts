import { once } from 'node:events'
import http2 from 'node:http2'
import https from 'node:https'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import { startEmulator } from '../../src/index.ts'

// A process of its own, which http-clients.test.ts starts: it asks one URL with every client, and prints what each was answered.
const [folder = '', url = '', standIn = '', proxy = '', mode] = process.argv.slice(2)

const require = createRequire(folder)
const HEADERS = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
const { origin, pathname, search } = new URL(url)

// The network of this process: the names of Xbox Live lead to the stand-in for the real hosts. It lies below the interception, which is begun later.
const { connect } = Socket.prototype
Socket.prototype.connect = function (this: Socket, ...args: any[]) {
  const [options, callback] = Array.isArray(args[0]) ? args[0] : args
  if (!String(options.host).endsWith('.xboxlive.com')) return Reflect.apply(connect, this, args)
  Object.defineProperty(this, 'remotePort', { value: options.port })
  return Reflect.apply(connect, this, [{ host: '127.0.0.1', port: Number(standIn) }, callback])
} as typeof connect

const [needle, superagent, phin, tunnel] = ['needle', 'superagent', 'phin', 'tunnel'].map((name) => require(name))
const { default: axios } = require('axios')
const nodeFetch: Record<string, any> = { 2: require('node-fetch2'), 3: require('node-fetch').default }
const gots: Record<string, any> = { 11: require('got11'), 14: require('got14').default, 16: require('got').default }
const undicis: Record<string, any> = { 6: require('undici6'), 7: require('undici7'), 8: require('undici') }
const proxyAgents: Record<string, any> = { 5: require('https-proxy-agent5'), 7: require('https-proxy-agent7').HttpsProxyAgent, 9: require('https-proxy-agent').HttpsProxyAgent }
const { HttpsProxyAgent: Hpagent } = require('hpagent')
const { ProxyAgent: AnyProxyAgent } = require('proxy-agent')
const http2Wrapper = require('http2-wrapper')

const get = async (options: https.RequestOptions = {}): Promise<unknown> => {
  const [response] = await once(https.get(url, { headers: HEADERS, ...options }), 'response')
  return await json(response)
}

const askHttp2 = async (): Promise<unknown> => {
  const session = http2.connect(origin)
  const request = session.request({ ':path': pathname + search, ...HEADERS })
  const body = await json(request)
  session.close()
  return body
}

const askUndici = async ({ request }: any, dispatcher: unknown): Promise<unknown> => await (await request(url, { headers: HEADERS, dispatcher })).body.json()

type Ask = () => Promise<unknown>
const each = (modules: Record<string, any>, ask: (module: any, version: string) => Record<string, Ask>): Record<string, Ask> =>
  Object.assign({}, ...Object.entries(modules).map(([version, module]) => ask(module, version)))

/** What goes to a proxy if the environment says so, with some clients, and else straight to the host. */
const BY_ENVIRONMENT: Record<string, Ask> = {
  fetch: async () => await (await fetch(url, { headers: HEADERS })).json(),
  'node:https': async () => await get(),
  'node:https, agent of its own': async () => await get({ agent: new https.Agent({ keepAlive: true }) }),
  'node:http2': askHttp2,
  axios: async () => (await axios.get(url, { headers: HEADERS })).data,
  ...each(nodeFetch, (fetch, version) => ({ [`node-fetch ${version}`]: async () => await (await fetch(url, { headers: HEADERS })).json() })),
  ...each(gots, (got, version) => ({
    [`got ${version}`]: async () => await got(url, { headers: HEADERS }).json(),
    [`got ${version}, HTTP/2`]: async () => await got(url, { headers: HEADERS, http2: true }).json()
  })),
  'http2-wrapper': async () => await json((await once((await http2Wrapper.auto(url, { headers: HEADERS })).end(), 'response'))[0]),
  ky: async () => await require('ky').default.get(url, { headers: HEADERS }).json(),
  ofetch: async () => await require('ofetch').ofetch(url, { headers: HEADERS }),
  wretch: async () => await require('wretch').default(url).headers(HEADERS).get().json(),
  superagent: async () => (await superagent.get(url).set(HEADERS)).body,
  'superagent, HTTP/2': async () => (await superagent.get(url).http2().set(HEADERS)).body,
  needle: async () => (await needle('get', url, { headers: HEADERS })).body,
  phin: async () => (await phin({ url, headers: HEADERS, parse: 'json' })).body,
  ...each(undicis, (undici, version) => ({
    [`undici ${version}`]: async () => await askUndici(undici, undefined),
    [`undici ${version}, Agent`]: async () => await askUndici(undici, new undici.Agent()),
    [`undici ${version}, HTTP/2`]: async () => await askUndici(undici, new undici.Agent({ allowH2: true })),
    [`undici ${version}, Pool`]: async () => await askUndici(undici, new undici.Agent({ factory: (origin: string, options: object) => new undici.Pool(origin, options) })),
    [`undici ${version}, retry`]: async () => await askUndici(undici, new undici.Agent().compose(undici.interceptors.retry())),
    [`undici ${version}, EnvHttpProxyAgent`]: async () => await askUndici(undici, new undici.EnvHttpProxyAgent())
  }))
}

/** What goes to a proxy that it was told. */
const BY_PROXY: Record<string, Ask> = {
  'node:https, proxyEnv': async () => await get({ agent: new https.Agent({ proxyEnv: { HTTPS_PROXY: proxy } } as https.AgentOptions) }),
  'axios, proxy': async () => (await axios.get(url, { headers: HEADERS, proxy: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(proxy).port) } })).data,
  'needle, proxy': async () => (await needle('get', url, { headers: HEADERS, proxy })).body,
  ...each(proxyAgents, (ProxyAgent, version) => ({
    [`https-proxy-agent ${version}`]: async () => await get({ agent: new ProxyAgent(proxy) }),
    [`node-fetch 3, https-proxy-agent ${version}`]: async () => await (await nodeFetch[3](url, { headers: HEADERS, agent: new ProxyAgent(proxy) })).json(),
    [`superagent, https-proxy-agent ${version}`]: async () => (await superagent.get(url).agent(new ProxyAgent(proxy)).set(HEADERS)).body
  })),
  'proxy-agent': async () => await get({ agent: new AnyProxyAgent({ getProxyForUrl: () => proxy }) }),
  ...each(gots, (got, version) => ({
    [`got ${version}, hpagent`]: async () => await got(url, { headers: HEADERS, agent: { https: new Hpagent({ proxy }) } }).json(),
    [`got ${version}, tunnel`]: async () => await got(url, { headers: HEADERS, agent: { https: tunnel.httpsOverHttp({ proxy: { host: '127.0.0.1', port: Number(new URL(proxy).port) } }) } }).json()
  })),
  'got 14, HTTP/2 through a proxy': async () => await gots[14](url, { headers: HEADERS, http2: true, agent: { http2: new http2Wrapper.proxies.Http2OverHttp({ proxyOptions: { url: new URL(proxy) } }) } }).json(),
  ...each(undicis, (undici, version) => ({ [`undici ${version}, ProxyAgent`]: async () => await askUndici(undici, new undici.ProxyAgent(proxy)) }))
}

const emulator = await startEmulator()
if (mode === 'intercept') emulator.intercept()
const answers: Record<string, unknown> = {}
for (const [client, ask] of Object.entries({ ...BY_ENVIRONMENT, ...BY_PROXY })) {
  answers[client] = await ask().catch((error) => `${error?.cause ?? error}`)
}
const requests = emulator.requests().length
// Their connections are still open, and none of them may end the process when it is closed.
await emulator.close()
process.stdout.write(JSON.stringify({ answers, requests }), () => process.exit())
