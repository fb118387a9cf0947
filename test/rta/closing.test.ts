import { once } from 'node:events'
import t from 'tap'
import { closeGracefully } from '../../src/server/close.ts'
import { command, untilHeld } from '../control/client.ts'
import { open } from '../raw-http.ts'
import { start } from '../in-process.ts'
import { handshake } from './handshake.ts'
import { begin, connect, listenForSockets, refused, untilOpen } from './web-socket.ts'

const STOPS = { code: 1001, reason: 'The emulator stops.' }

t.test('an emulator that closes says so to its clients', async (t) => {
  const emulator = await start(t)
  const url = `${emulator.url.replace('http', 'ws')}/connect`
  const clients = [await connect(t, url), await connect(t, url)]
  const closed = emulator.close()
  t.strictSame(await Promise.all(clients.map(({ closed }) => closed)), [STOPS, STOPS])
  await closed
})

t.test('a client that does not answer is cut', async (t) => {
  const { emulator, port } = await listenForSockets(t)
  const socket = await open(t, port)
  socket.allowHalfOpen = true
  socket.write(handshake('/connect'))
  await once(socket, 'data')
  await closeGracefully(emulator)
  await untilOpen(emulator, 0)
  socket.destroy()
})

t.test('an emulator that stops opens no connection, and ends one that was being opened', async (t) => {
  const { emulator, socketUrl } = await listenForSockets(t, {
    routes: (app) => app.addHook('onSend', async ({ url }, reply) => { if (url === '/connect' && reply.statusCode === 101) emulator.realTime.stop() })
  })
  t.strictSame(await (await connect(t, socketUrl)).closed, STOPS)
  const { status, body } = await refused(t, socketUrl)
  t.strictSame([status, JSON.parse(body)], [503, { errorCode: 5300, errorMessage: 'The emulator stops.' }])
})

t.test('a connection ends from either side', async (t) => {
  const { emulator, socketUrl } = await listenForSockets(t)
  const [one, other, third] = [await connect(t, socketUrl), await connect(t, socketUrl, { session: 'demo;friend' }), await connect(t, socketUrl)]
  t.equal(emulator.realTime.close({ connection: 1 }, { code: 4000, reason: 'bye' }), 1)
  t.strictSame(await one.closed, { code: 4000, reason: 'bye' })
  await untilOpen(emulator, 2)
  t.equal(emulator.realTime.close({ xuid: '2533274790412953' }, { code: null, reason: '' }), 1)
  t.strictSame(await other.closed, { code: 1006, reason: '' })
  third.socket.terminate()
  await untilOpen(emulator, 0)
  t.strictSame(emulator.journal.frames.after(0).map(({ connection, direction, text, code }) => ({ connection, direction, text, code })), [
    { connection: 1, direction: 'out', text: 'bye', code: 4000 },
    { connection: 2, direction: 'out', text: '', code: 1006 },
    { connection: 3, direction: 'in', text: '', code: 1006 }
  ])
})

t.test('a client that ends its side without a close frame is let go', async (t) => {
  const { emulator, port } = await listenForSockets(t)
  const socket = await open(t, port)
  socket.write(handshake('/connect'))
  await once(socket, 'data')
  socket.resume().end()
  await once(socket, 'close')
  await untilOpen(emulator, 0)
})

t.test('faults happen to upgrades', async (t) => {
  const emulator = await listenForSockets(t)
  const fault = (spec: object) => command(emulator, 'POST', '/faults', { path: '/connect', times: 1, ...spec })
  await fault({ status: 503 })
  t.equal((await refused(t, emulator.socketUrl)).status, 503)
  for (const effect of ['reset', 'drop', 'truncate']) {
    await fault({ effect })
    const [error] = await once(begin(t, emulator.socketUrl), 'error')
    t.match(error, { code: 'ECONNRESET' }, effect)
  }
  await fault({ delay: 1 })
  await connect(t, emulator.socketUrl)
  await fault({ effect: 'hang' })
  const hanging = begin(t, emulator.socketUrl)
  await untilHeld(emulator, 1)
  hanging.terminate()
  await untilHeld(emulator, 0)
  t.equal(emulator.emulator.realTime.list().length, 1)
})

t.test('a client that leaves while an earlier request is held back is noticed', async (t) => {
  const emulator = await listenForSockets(t)
  await command(emulator, 'POST', '/faults', { path: '/nonce', effect: 'hang' })
  const socket = await open(t, emulator.port)
  socket.write(handshake('/nonce', { upgrade: undefined, connection: undefined }) + handshake('/connect'))
  await untilHeld(emulator, 1)
  socket.end()
  await untilHeld(emulator, 0)
  t.strictSame(emulator.emulator.realTime.list(), [])
})

t.test('an upgrade waits for the answers to earlier requests', async (t) => {
  const { port } = await listenForSockets(t)
  const socket = await open(t, port)
  socket.write(handshake('/nonce', { upgrade: undefined, connection: undefined }) + handshake('/connect'))
  let answers = ''
  while (!/ 101 /.test(answers)) answers += String((await once(socket, 'data'))[0])
  t.match(answers, /^HTTP\/1\.1 200 [^]*"nonce"[^]*HTTP\/1\.1 101 /)
})
