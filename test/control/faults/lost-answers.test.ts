import { once } from 'node:events'
import { request } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { GAMER, LARGE_TITLE, listOf, type Emulator } from '../../helper.ts'
import { answerOf, begin, HOST, listenSecurely, openHttp2, type Secure } from '../../server/tls/client.ts'
import { command, journalOf, listen, sentBy } from '../client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const PATH = `${listOf(GAMER)}/${SCID}/update`
const HEADERS = sentBy('demo;titleless')
const bodyOf = (percentComplete: number): string => JSON.stringify({
  action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete }]
})

interface Asked { readonly method: string, readonly path: string, readonly headers: Record<string, string>, readonly body: string }

/** Sends a request, and returns the code of the error that its client gets instead of an answer. */
type Send = (asked: Asked) => Promise<string>

const updateOf = (percentComplete: number): Asked => ({ method: 'POST', path: PATH, headers: HEADERS, body: bodyOf(percentComplete) })
const list = (method: string): Asked => ({ method, path: listOf(GAMER), headers: HEADERS, body: '' })

const codeOf = (error: NodeJS.ErrnoException): string => String(error.code)

/** Every transport of a request, with the error that its client reports for a lost answer. */
async function transports (t: Test): Promise<Array<readonly [name: string, emulator: Emulator, lost: string, send: Send]>> {
  const emulator = await listen(t)
  const secure: Emulator & Secure = await listenSecurely(t)
  const overHttp1 = (begin: typeof request, options: object): Send => async ({ body, ...asked }) => {
    const sent = begin({ host: '127.0.0.1', agent: false, ...options, ...asked }).end(body)
    return await once(sent, 'response').then(([{ statusCode }]) => `answered ${statusCode}`, codeOf)
  }
  return [
    ['HTTP/1.1', emulator, 'ECONNRESET', overHttp1(request, { port: emulator.port })],
    ['TLS', secure, 'ECONNRESET', overHttp1(requestSecurely, { port: secure.port, ca: secure.ca, servername: HOST })],
    ['HTTP/2', secure, 'ERR_HTTP2_STREAM_ERROR', async ({ body, ...asked }) => {
      const stream = begin(openHttp2(t, secure), asked, { endStream: body === '' })
      const failed = new Promise<string>((resolve) => {
        stream.once('error', (error) => resolve(codeOf(error))).once('close', () => resolve('closed'))
      })
      if (body !== '') stream.end(body)
      return await Promise.race([failed, once(stream, 'response').then(([{ ':status': status }]) => `answered ${status}`)])
    }],
    ['inject', emulator, 'LIGHT_ECONNRESET', async ({ method, path, headers, body }) =>
      await emulator.app.inject({ method: method as 'GET', url: path, headers, payload: body }).then(({ statusCode }) => `answered ${statusCode}`, codeOf)]
  ]
}

t.test('the effect drop carries the request out, and loses its answer', async (t) => {
  let percentComplete = 70
  for (const [name, emulator, lost, send] of await transports(t)) {
    percentComplete++
    await command(emulator, 'DELETE', '/faults')
    await command(emulator, 'DELETE', '/requests')
    const { id } = await command(emulator, 'POST', '/faults', { effect: 'drop', times: 1, path: '*/update' })
    t.equal(await send(updateOf(percentComplete)), lost, name)
    t.strictSame(await journalOf(emulator, 1), [{ status: null, fault: id }], name)
    const again = await emulator.app.inject({ method: 'POST', url: PATH, headers: HEADERS, payload: bodyOf(percentComplete) })
    t.equal(again.statusCode, 304, `${name}: it was written`)
    await command(emulator, 'POST', '/reset')
  }
})

t.test('the effect drop loses refusals and lists, also after a delay', async (t) => {
  for (const [name, emulator, lost, send] of await transports(t)) {
    await command(emulator, 'POST', '/faults', { effect: 'drop', delay: 1, times: 3 })
    t.equal(await send({ ...updateOf(1), body: '{' }), lost, name)
    t.equal(await send(list('GET')), lost, name)
    t.equal(await send(list('HEAD')), lost, name)
    t.equal(await send(list('GET')), 'answered 200', name)
    await command(emulator, 'DELETE', '/faults')
  }
})

t.test('the effect truncate loses an answer without a body', async (t) => {
  for (const [name, emulator, lost, send] of await transports(t)) {
    await command(emulator, 'POST', '/faults', { effect: 'truncate', times: 3 })
    t.equal(await send(updateOf(75)), lost, `${name}, 200`)
    t.equal(await send(updateOf(75)), lost, `${name}, 304`)
    t.equal(await send(list('HEAD')), lost, `${name}, HEAD`)
    await command(emulator, 'POST', '/faults', { effect: 'truncate', status: 304, times: 1 })
    t.equal(await send(list('GET')), lost, `${name}, 304 of a fault`)
    t.equal(await send(updateOf(75)), 'answered 304', `${name}: it was written`)
    await command(emulator, 'DELETE', '/faults')
    await command(emulator, 'POST', '/reset')
  }
})

t.test('the effect reset works over every transport', async (t) => {
  for (const [name, emulator, lost, send] of await transports(t)) {
    await command(emulator, 'POST', '/faults', { effect: 'reset', times: 1, path: '*/update' })
    // With HTTP/2 the whole session ends, with all streams.
    t.match(await send(updateOf(75)), name === 'HTTP/2' ? /^(closed|E[A-Z0-9_]+)$/ : lost, name)
    t.equal(await send(updateOf(75)), 'answered 200', `${name}: it was not carried out`)
    await command(emulator, 'DELETE', '/faults')
    await command(emulator, 'POST', '/reset')
  }
})

t.test('the effect drop waits for an earlier answer on the connection, which is sent completely, and ends the connection', async (t) => {
  const { port, ...emulator } = await listen(t)
  await command(emulator, 'POST', '/faults', { delay: 50, times: 1 })
  await command(emulator, 'POST', '/faults', { effect: 'drop', times: 1 })
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.write(`GET ${listOf(GAMER)} HTTP/1.1\r\nHost: localhost\r\n${Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`.repeat(3))
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  t.equal(head.split('\r\n')[0], 'HTTP/1.1 200 OK')
  t.equal(body, (await emulator.get(listOf(GAMER), { session: 'demo;titleless' })).body)
})

t.test('over HTTP/2 other streams of the session are answered', async (t) => {
  const emulator = await listenSecurely(t)
  await command(emulator, 'POST', '/faults', { effect: 'drop', times: 1 })
  const session = openHttp2(t, emulator)
  const first = begin(session, { path: listOf(GAMER), headers: HEADERS })
  const [error] = await once(first, 'error')
  t.equal(error.message, 'Stream closed with error code NGHTTP2_INTERNAL_ERROR')
  t.equal((await answerOf(begin(session, { path: listOf(GAMER), headers: HEADERS }))).status, 200)
})
