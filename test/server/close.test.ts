import { once } from 'node:events'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { listen } from '../control/client.ts'
import { open, request } from '../raw-http.ts'
import { begin, listenSecurely, openHttp2, openTls } from './tls/client.ts'

/** Bytes: more than the operating system buffers for a client that does not read, and fewer. */
const LARGE = 16 * 1024 * 1024
const SOME = 512 * 1024
/** How long pending responses may take, and how long clients may take after that, in ms. */
const ANSWER_TIME = 5000
const READ_TIME = 1000

const routes = (app: FastifyInstance): void => {
  app.get('/large', () => Buffer.alloc(LARGE, 'x'))
  app.get('/never', async () => await new Promise(() => {}))
}

/** closeGracefully with other timers: each one ends at once, or never. */
async function closeWith (t: Test, passes: (ms: number) => boolean): Promise<typeof import('../../src/server/close.ts').closeGracefully> {
  const { closeGracefully } = await t.mockImport<typeof import('../../src/server/close.ts')>('../../src/server/close.ts', {
    'node:timers/promises': { setTimeout: (ms: number) => passes(ms) ? Promise.resolve() : new Promise(() => {}) }
  })
  return closeGracefully
}

t.test('a response is sent whole, and then its connection is ended', async (t) => {
  const close = await closeWith(t, () => false)
  const { app, emulator, port } = await listen(t, { routes })
  const idle = await open(t, port)
  const socket = await open(t, port)
  socket.allowHalfOpen = true
  socket.write('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'readable')
  const closed = close(emulator)
  t.equal(await text(idle), '', 'a connection without a request is ended at once')
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  t.ok(head.startsWith('HTTP/1.1 200'))
  t.ok(body === 'x'.repeat(LARGE))
  socket.end()
  await closed
  t.equal(app.server.listening, false)
})

t.test('a response that the operating system still buffers is not discarded', async (t) => {
  const close = await closeWith(t, () => false)
  let tell = (): void => {}
  const answered = new Promise<void>((resolve) => { tell = resolve })
  const { emulator, port } = await listen(t, {
    routes: (app) => { app.get('/some', { onResponse: async () => { tell() } }, () => Buffer.alloc(SOME, 'x')) }
  })
  const socket = await open(t, port)
  socket.allowHalfOpen = true
  socket.pause().write('GET /some HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await answered
  const closed = close(emulator)
  // A connection that was destroyed would be reset by this request.
  await turns(10)
  socket.write(request('/some'))
  await turns(10)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  t.ok(head.startsWith('HTTP/1.1 200'))
  t.equal(body, 'x'.repeat(SOME))
  socket.end()
  await closed
})

/** Waits for some turns of the event loop. */
async function turns (count: number): Promise<void> {
  for (; count > 0; count--) await new Promise(setImmediate)
}

t.test('connections that do not end in time are cut', async (t) => {
  const close = await closeWith(t, () => true)
  const emulator = await listenSecurely(t, { routes })
  const { port } = emulator.app.server.address() as { port: number }
  const sockets: Socket[] = []
  for (const bytes of [request('/never'), request('/large'), 'CONNECT x:80 HTTP/1.1\r\nHost: localhost\r\n\r\n', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ', '']) {
    for (const socket of [await open(t, port), await openTls(t, emulator)]) {
      socket.on('error', () => {}).pause().write(bytes)
      sockets.push(socket)
    }
  }
  await open(t, emulator.port)
  const stream = begin(openHttp2(t, emulator), { path: '/never' }).on('error', () => {})
  const large = begin(openHttp2(t, emulator), { path: '/large' }).on('error', () => {})
  await once(large, 'response')
  const ended = new Promise((resolve) => stream.once('close', resolve))
  await close(emulator.emulator, { secure: emulator.secure })
  await ended
  t.equal(emulator.app.server.listening || emulator.secure.server.listening, false)
})

t.test('the time limits', async (t) => {
  const asked: number[] = []
  const close = await closeWith(t, (ms) => asked.push(ms) > 0)
  await close((await listen(t)).emulator)
  t.strictSame(asked, [ANSWER_TIME, READ_TIME])
})
