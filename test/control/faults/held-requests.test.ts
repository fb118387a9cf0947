import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { closeGracefully } from '../../../src/server/close.ts'
import { build, GAMER, LARGE_TITLE, listOf, type Emulator } from '../../helper.ts'
import { open } from '../../raw-http.ts'
import { answerOf, begin, listenSecurely, openHttp2, openTls } from '../../server/tls/client.ts'
import { command, journalOf, listen, refusal, sentBy, untilHeld } from '../client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const UPDATE = `${listOf(GAMER)}/${SCID}/update`
const HEADERS = sentBy('demo;titleless')
const BODY = JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete: 75 }] })
const STOPPING = refusal(5300, 'The emulator stops, and holds the request back no longer; it was not carried out.')
const LONGEST = 3_600_000

/** An update as bytes. */
const bytesOf = (): string =>
  `POST ${UPDATE} HTTP/1.1\r\n${Object.entries({ host: 'localhost', 'content-length': String(BODY.length), ...HEADERS }).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${BODY}`

const update = ({ app }: Emulator) => app.inject({ method: 'POST', url: UPDATE, headers: HEADERS, payload: BODY })

for (const fault of [{ effect: 'hang' }, { delay: LONGEST }]) {
  const [[what]] = Object.entries(fault) as [[string, unknown]]
  t.test(`a request that is held back is not carried out when its client disconnects: ${what}`, async (t) => {
    const emulator = await listenSecurely(t, { config: { requestTimeout: LONGEST } })
    const { port } = emulator.app.server.address() as { port: number }
    await command(emulator, 'POST', '/faults', { ...fault, times: 3 })
    for (const socket of [await open(t, port), await openTls(t, emulator)]) {
      socket.write(bytesOf())
      await untilHeld(emulator, 1)
      socket.destroy()
      await untilHeld(emulator, 0)
    }
    const stream = begin(openHttp2(t, emulator), { method: 'POST', path: UPDATE, headers: HEADERS }).on('error', () => {})
    stream.end(BODY)
    await untilHeld(emulator, 1)
    stream.close()
    await untilHeld(emulator, 0)
    t.strictSame(await journalOf(emulator, 3), Array.from({ length: 3 }, () => ({ status: null, fault: 1 })))
    t.equal((await update(emulator)).statusCode, 200, 'it is news')
  })

  t.test(`nor are several requests on one connection: ${what}`, async (t) => {
    const emulator = await listen(t, { config: { requestTimeout: LONGEST } })
    await command(emulator, 'POST', '/faults', fault)
    const socket = await open(t, emulator.port)
    socket.write(bytesOf().repeat(3))
    await untilHeld(emulator, 3)
    socket.destroy()
    await untilHeld(emulator, 0)
    t.strictSame(await journalOf(emulator, 3), Array.from({ length: 3 }, () => ({ status: null, fault: 1 })))
    await command(emulator, 'DELETE', '/faults')
    t.equal((await update(emulator)).statusCode, 200, 'none was carried out')
  })
}

t.test('a request that hangs is ended when the server stops', async (t) => {
  const emulator = await listenSecurely(t)
  const { port } = emulator.app.server.address() as { port: number }
  await command(emulator, 'POST', '/faults', { effect: 'hang' })
  const sockets = [await open(t, port), await openTls(t, emulator)]
  for (const socket of sockets) socket.write(bytesOf())
  const stream = begin(openHttp2(t, emulator), { path: listOf(GAMER), headers: HEADERS })
  const injected = update(emulator)
  await untilHeld(emulator, 4)
  const told: string[] = []
  const ends = [...sockets.map((socket) => text(socket)), t.rejects(answerOf(stream)), t.rejects(injected, { code: 'LIGHT_ECONNRESET' })]
  await closeGracefully(emulator.emulator, { secure: emulator.secure, report: (line) => told.push(line) })
  t.strictSame((await Promise.all(ends)).slice(0, 2), ['', ''])
  t.strictSame(told, [], 'nobody waits for it')
})

t.test('a request that is delayed is answered with 503 when the server stops', async (t) => {
  const emulator = await listenSecurely(t, { config: { requestTimeout: LONGEST } })
  const { port } = emulator.app.server.address() as { port: number }
  await command(emulator, 'POST', '/faults', { delay: LONGEST })
  const sockets = [await open(t, port), await openTls(t, emulator)]
  for (const socket of sockets) socket.write(bytesOf())
  const stream = begin(openHttp2(t, emulator), { path: listOf(GAMER), headers: HEADERS })
  const injected = update(emulator)
  await untilHeld(emulator, 4)
  const told: string[] = []
  const answers = [...sockets.map((socket) => text(socket)), answerOf(stream), injected] as const
  await closeGracefully(emulator.emulator, { secure: emulator.secure, report: (line) => told.push(line) })
  const [overHttp, overTls, overHttp2, inProcess] = await Promise.all(answers) as [string, string, Awaited<ReturnType<typeof answerOf>>, Awaited<typeof injected>]
  for (const answer of [overHttp, overTls]) {
    t.equal(answer.slice(0, 12), 'HTTP/1.1 503')
    t.strictSame(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))), STOPPING)
  }
  t.strictSame([overHttp2.status, JSON.parse(overHttp2.body)], [503, STOPPING])
  t.strictSame([inProcess.statusCode, inProcess.json()], [503, STOPPING])
  t.strictSame(told, [], 'nobody waits for it')
})

t.test('a request that hangs is ended by the limit of all answers', async (t) => {
  const emulator = await listenSecurely(t, { config: { requestTimeout: 200 } })
  const { port } = emulator.app.server.address() as { port: number }
  await command(emulator, 'POST', '/faults', { effect: 'hang' })
  const lost = t.rejects(answerOf(begin(openHttp2(t, emulator), { path: listOf(GAMER), headers: HEADERS })))
  for (const socket of [await open(t, port), await openTls(t, emulator)]) {
    socket.write(bytesOf())
    t.notMatch(await text(socket), 'HTTP/1.1 2')
  }
  await lost
  await untilHeld(emulator, 0)
})

t.test('a request that arrives while the server stops is not held back', async (t) => {
  const emulator = build(t)
  await command(emulator, 'POST', '/faults', { delay: 20_000 })
  emulator.emulator.holds.stop()
  const { statusCode, body } = await update(emulator)
  t.strictSame([statusCode, JSON.parse(body)], [503, STOPPING])
})

t.test('the body of a request that hangs is read, whatever its length', async (t) => {
  const emulator = await listen(t)
  await command(emulator, 'POST', '/faults', { effect: 'hang' })
  const socket = connect(emulator.port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  const received = once(emulator.app.server, 'request')
  socket.write(bytesOf().replace(`content-length: ${BODY.length}`, 'content-length: 200000').replace(BODY, 'x'.repeat(200_000)))
  const [request] = await received
  while (!request.complete) await setImmediate()
  t.equal(emulator.emulator.holds.count(), 1)
})
