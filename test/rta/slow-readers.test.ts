import { once } from 'node:events'
import type { Socket } from 'node:net'
import t from 'tap'
import { createMissedConnections } from '../../src/rta/socket/missed-connections.ts'
import { createConnectionLimits } from '../../src/rta/socket/connection-limits.ts'
import type { Caller } from '../../src/model/session.ts'
import { command } from '../control/client.ts'
import { open } from '../raw-http.ts'
import { handshake } from './handshake.ts'
import { connect, listenForSockets, untilOpen } from './web-socket.ts'

const CALLER: Caller = { xuid: '1', titleId: 1, sandbox: null, location: null, thirdPartySite: false, expires: null, gamertag: null, anyTitle: false }
const MEGABYTE = 'x'.repeat(1024 * 1024)

t.test('a client that does not read is cut, and the next connection of its user and title knows', async (t) => {
  const { emulator, socketUrl, port } = await listenForSockets(t)
  const socket: Socket = await open(t, port)
  socket.write(handshake('/connect'))
  await once(socket, 'data')
  socket.pause()
  const other = await connect(t, socketUrl)
  const [slow, reading] = emulator.realTime.sockets.list()
  let sent = 0
  // The system takes some megabytes; then as much is kept as may be.
  for (; emulator.realTime.list().length === 2 && sent < 100; sent++) {
    slow?.send(MEGABYTE)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await untilOpen(emulator, 1)
  t.ok(sent < 100, 'cut in time')
  slow?.send('nothing becomes of it')
  reading?.send('still there')
  t.equal(await other.next(), 'still there')
  await connect(t, socketUrl, { session: 'demo;friend' })
  await connect(t, socketUrl)
  await connect(t, socketUrl)
  t.strictSame(emulator.realTime.sockets.list().map(({ hasMissed }) => hasMissed), [false, false, true, false])
  const end = emulator.journal.frames.after(0).filter(({ connection }) => connection === 1).at(-1)
  t.match(end, { direction: 'out', text: 'The client does not read.', code: 1006 })
})

t.test('a reset of everything forgets who did not read', async (t) => {
  const emulator = await listenForSockets(t)
  const { realTime } = emulator.emulator
  await connect(t, emulator.socketUrl)
  const [slow] = realTime.sockets.list()
  // More than may wait, in one turn.
  for (let sent = 0; sent < 20; sent++) slow?.send(MEGABYTE)
  await untilOpen(emulator.emulator, 0)
  await command(emulator, 'POST', '/reset?everything=true')
  await connect(t, emulator.socketUrl)
  t.strictSame(realTime.sockets.list().map(({ hasMissed }) => hasMissed), [false])
})

t.test('a frame may be larger than what is kept', async (t) => {
  const { emulator, socketUrl } = await listenForSockets(t)
  const { next } = await connect(t, socketUrl)
  emulator.realTime.sockets.list()[0]?.send(MEGABYTE.repeat(20))
  t.equal((await next()).length, 20 * MEGABYTE.length)
})

t.test('it is remembered for a while, of so many clients', async (t) => {
  const missed = createMissedConnections()
  missed.add(CALLER, 0)
  t.notOk(missed.take({ ...CALLER, titleId: 2 }, 0), 'another title')
  t.notOk(missed.take({ ...CALLER, xuid: null }, 0), 'nobody')
  t.ok(missed.take(CALLER, 299_999))
  t.notOk(missed.take(CALLER, 299_999), 'once')
  missed.add(CALLER, 0)
  t.notOk(missed.take(CALLER, 300_000), 'too late')
  missed.add(CALLER, 0)
  missed.clear()
  t.notOk(missed.take(CALLER, 0), 'forgotten')
  for (let titleId = 0; titleId < 1000; titleId++) missed.add({ ...CALLER, titleId }, 0)
  // Again: it is the newest then.
  missed.add({ ...CALLER, titleId: 1 }, 0)
  for (const titleId of [1000, 1001]) missed.add({ ...CALLER, titleId }, 0)
  t.strictSame([0, 1, 2, 3, 1000, 1001].map((titleId) => missed.take({ ...CALLER, titleId }, 0)), [false, true, false, true, true, true])
})

t.test('the bounds of connections', async (t) => {
  const limits = createConnectionLimits()
  t.equal(limits.refusalOf(CALLER), undefined)
  for (let count = 0; count < 1000; count++) limits.enter(CALLER)
  t.equal(limits.refusalOf(CALLER), '1000 connections of this user are open, which are as many as one can have.')
  t.equal(limits.refusalOf({ ...CALLER, xuid: '2' }), undefined)
  limits.leave(CALLER)
  t.equal(limits.refusalOf(CALLER), undefined)
  for (let count = 999; count < 10_000; count++) limits.enter({ ...CALLER, xuid: String(count) })
  t.equal(limits.refusalOf({ ...CALLER, xuid: null }), '10000 connections are open, which are as many as there can be.')
  limits.leave({ ...CALLER, xuid: '5000' })
  t.equal(limits.refusalOf({ ...CALLER, xuid: null }), undefined)
})
