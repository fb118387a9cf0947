import { once } from 'node:events'
import https, { Agent, type RequestOptions } from 'node:https'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { start } from '../../in-process.ts'
import { HEADERS, HOST, PATH, refusalOf, startOther, type Other } from './stand-ins.ts'

const LOOKUP: RequestOptions['lookup'] = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }])

/** Opens a connection to the stand-in for a real host, which an agent keeps. */
async function openEarlier (t: Test, host: string): Promise<{ ask: (options?: RequestOptions, body?: string) => Promise<string>, real: Other }> {
  const real = await startOther(t, [host])
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const ask = async (options?: RequestOptions, body?: string): Promise<string> => {
    const [response] = await once(https.request({ host, port: real.port, ca: real.ca, agent, lookup: LOOKUP, ...options }).end(body), 'response')
    return await text(response)
  }
  t.equal(await ask(), `other ${host}:${real.port}`)
  return { ask, real }
}

t.test('a request on a connection to the real host that was opened before goes to the emulator', async (t) => {
  const emulator = await start(t)
  const { ask, real } = await openEarlier(t, HOST)
  const restore = emulator.intercept()
  for (let round = 0; round < 2; round++) t.strictSame(JSON.parse(await ask({ path: PATH, headers: HEADERS })), LIST_SAMPLE)
  t.match(await ask({ path: '/nope', method: 'POST' }, '{}'), /nope/)
  restore()
  t.equal(await ask(), `other ${HOST}:${real.port}`, 'and none afterwards')
  t.strictSame(real.asked, ['GET /', 'GET /'])
  t.equal(real.sockets.length, 2)
  t.equal(emulator.requests().length, 3)
})

t.test('and to a host that is not served it is refused', async (t) => {
  const emulator = await start(t)
  const { ask, real } = await openEarlier(t, 'inventory.xboxlive.com')
  emulator.intercept()
  t.match(await ask({ headers: HEADERS }).catch((error) => error), refusalOf('inventory.xboxlive.com', emulator))
  t.strictSame(real.asked, ['GET /'])
})
