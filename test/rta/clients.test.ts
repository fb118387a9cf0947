import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import t from 'tap'
import type { Test } from 'tap'
import { Agent, request } from 'undici'
import { sentBy } from '../control/client.ts'
import { start } from '../in-process.ts'
import { begin, connect, listenForSockets, PROTOCOL, untilOpen } from './web-socket.ts'

const SUBSCRIBE = '[1,0,"https://achievements.xboxlive.com/users/xuid(2533274790412952)/achievements/b5dd9daf-0000-0000-0000-000000000000"]'
const SUBSCRIBED = '[1,0,0,0,null]'

/** A nonce, percent-encoded. */
async function nonceOf (url: string): Promise<string> {
  const { nonce } = await (await fetch(`${url}/nonce`, { headers: sentBy() })).json() as { nonce: string }
  return encodeURIComponent(nonce)
}

/** Connects with the WebSocket of Node itself, and returns the first answer. */
async function askNode (t: Test, url: string, message: string): Promise<[protocol: string, answer: string]> {
  const socket = new WebSocket(url, PROTOCOL)
  t.teardown(() => socket.close())
  await once(socket, 'open')
  socket.send(message)
  const [{ data }] = await once(socket, 'message')
  return [socket.protocol, data]
}

t.test('a client without TLS', async (t) => {
  const { url } = await start(t)
  const socketUrl = url.replace('http', 'ws')
  t.strictSame(await askNode(t, `${socketUrl}/connect?nonce=${await nonceOf(url)}`, SUBSCRIBE), [PROTOCOL, SUBSCRIBED])
  const { socket, next } = await connect(t, `${socketUrl}/connect`)
  socket.send(SUBSCRIBE)
  t.equal(await next(), SUBSCRIBED)
})

t.test('a client with TLS', async (t) => {
  const { httpsUrl, ca } = await start(t, { tls: true, tlsPort: 0, tlsDir: t.testdir() })
  const { socket, next } = await connect(t, `${httpsUrl?.replace('http', 'ws')}/connect`, { ca: readFileSync(ca as string) })
  socket.send(SUBSCRIBE)
  t.equal(await next(), SUBSCRIBED)
  const many = 'x'.repeat(20_000)
  socket.send(many)
  t.match(await once(socket, 'close'), [1009])
})

t.test('a client whose connections are intercepted', async (t) => {
  const emulator = await start(t)
  const restore = emulator.intercept()
  const url = 'wss://rta.xboxlive.com/connect'
  t.strictSame(await askNode(t, `${url}?nonce=${await nonceOf('https://rta.xboxlive.com')}`, SUBSCRIBE), [PROTOCOL, SUBSCRIBED])
  const { socket, next, closed } = await connect(t, url)
  socket.send(SUBSCRIBE)
  t.equal(await next(), SUBSCRIBED)
  t.equal((await once(begin(t, 'wss://other.xboxlive.com/connect'), 'error'))[0].code, 'ECONNREFUSED')
  restore()
  t.equal((await closed).code, 1006)
})

t.test('a client whose connections are intercepted is told that the emulator stops, unless it does not listen', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  emulator.intercept()
  const [listening, silent] = [await connect(t, 'wss://rta.xboxlive.com/connect'), await connect(t, 'wss://rta.xboxlive.com/connect')]
  silent.socket.pause()
  const closing = emulator.close()
  t.equal(emulator.close(), closing)
  t.strictSame(await listening.closed, { code: 1001, reason: 'The emulator stops.' })
  await closing
  t.throws(() => emulator.intercept(), { message: 'The emulator was closed, and intercepts nothing any more.' })
})

t.test('HTTP/2 has no WebSocket', async (t) => {
  const { httpsUrl, ca } = await start(t, { tls: true, tlsPort: 0, tlsDir: t.testdir() })
  const dispatcher = new Agent({ allowH2: true, connect: { ca: readFileSync(ca as string) } })
  t.teardown(() => dispatcher.close())
  const { statusCode, headers, body } = await request(`${httpsUrl}/connect`, { dispatcher, headers: sentBy() })
  t.strictSame([statusCode, await body.json()], [426, { errorCode: null, errorMessage: 'The request came over HTTP/2; expected HTTP/1.1, of which alone a connection becomes a WebSocket.' }])
  t.notOk(headers['upgrade'])
})

t.test('an error of what is spoken ends its connection alone, and is logged', async (t) => {
  let log = ''
  const logTo = new Writable({ write: (chunk, _encoding, done) => { log += String(chunk); done() } })
  const { emulator, socketUrl } = await listenForSockets(t, { logTo })
  const [broken, other] = [await connect(t, socketUrl), await connect(t, socketUrl)]
  const { newest } = emulator.services.feed
  Object.assign(emulator.services.feed, { newest: () => { throw new Error('the disk is on fire') } })
  broken.socket.send(SUBSCRIBE)
  t.strictSame(await broken.closed, { code: 1011, reason: 'The emulator failed; its log says why.' })
  Object.assign(emulator.services.feed, { newest })
  await untilOpen(emulator, 1)
  other.socket.send(SUBSCRIBE)
  t.equal(await other.next(), SUBSCRIBED)
  t.match(log, 'the disk is on fire')
  t.match(log, /"path":"\/connect","status":101/)
})
