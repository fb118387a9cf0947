import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { startBin } from './run-bin.ts'

const HEALTH = 'GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n'

/** An update whose body has not arrived. */
const UPDATE = `POST /users/xuid(2533274790412952)/achievements/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/update HTTP/1.1
Host: localhost
Authorization: XBL3.0 x=demo;titleless
x-xbl-contract-version: 2
Content-Length: 2

`.replaceAll('\n', '\r\n')

/**
 * A connection on which one request was answered and another has begun to arrive. Both were sent at
 * once, so that the answer to the first says that the server holds the second.
 */
async function beginRequest (t: Test, url: string, begun: string): Promise<{ socket: Socket, received: () => string, closed: Promise<unknown> }> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  t.teardown(() => socket.destroy())
  let text = ''
  socket.setEncoding('utf8').on('data', (data) => { text += data })
  const closed = once(socket, 'close')
  socket.write(`${HEALTH}\r\n${begun}`)
  while (!text.endsWith('}')) await once(socket, 'data')
  return { socket, received: () => text, closed }
}

/** Resolves once nobody listens any more. */
async function untilRefused (url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  for (;;) {
    const socket = connect(Number(port), hostname)
    const isOpen = await once(socket, 'connect').then(() => true, () => false)
    socket.destroy()
    if (!isOpen) return
  }
}

t.test('a request in flight is answered before the server ends', async (t) => {
  const { greeting, url, signal, ended } = await startBin(t)
  const { socket, received, closed } = await beginRequest(t, url, UPDATE)
  const first = received()
  signal('SIGTERM')
  await untilRefused(url)
  t.equal(received(), first)
  // Once more changes nothing.
  signal('SIGTERM')
  signal('SIGINT')
  socket.write('{}')
  await closed
  const [head = '', body = ''] = received().slice(first.length).split('\r\n\r\n')
  t.equal(head.split('\r\n')[0], 'HTTP/1.1 400 Bad Request')
  t.equal(JSON.parse(body).errorMessage, 'The body, at /action: missing, expected "progressUpdate".')
  t.strictSame(await ended, { code: 0, stdout: greeting, stderr: '' })
})

t.test('a connection that has asked for nothing, or not for all of it, is not waited for', async (t) => {
  const { greeting, url, stop } = await startBin(t)
  const { received, closed } = await beginRequest(t, url, `${HEALTH}X-Half: `)
  const { hostname, port } = new URL(url)
  const silent = connect(Number(port), hostname)
  t.teardown(() => silent.destroy())
  await once(silent, 'connect')
  const silenced = once(silent, 'close')
  const first = received()
  const stopped = stop()
  await Promise.all([closed, silenced])
  t.equal(received(), first)
  t.strictSame(await stopped, { code: 0, stdout: greeting, stderr: '' })
})

t.test('a request that never arrives whole is not waited for long', async (t) => {
  const preload = `
    import timers from 'node:timers/promises'
    import { syncBuiltinESMExports } from 'node:module'
    const wait = timers.setTimeout
    // The five seconds of grace pass at once.
    timers.setTimeout = (ms, ...rest) => wait(ms === 5000 ? 1 : ms, ...rest)
    syncBuiltinESMExports()`
  const { greeting, url, stop } = await startBin(t, [], { preload })
  const { received, closed } = await beginRequest(t, url, UPDATE)
  const first = received()
  const stopped = stop()
  await closed
  t.equal(received(), first)
  t.strictSame(await stopped, { code: 0, stdout: greeting, stderr: '' })
})
