import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { command, LIVE_HEADERS, refusal, sentBy } from '../control/client.ts'
import { build, GAMER } from '../helper.ts'
import { exchange, open, parse } from '../raw-http.ts'
import { handshake } from './handshake.ts'
import { connect, listenForSockets, PROTOCOL, refused } from './web-socket.ts'

const UPGRADE = { connection: 'close, Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
const NO_WEB_SOCKET = refusal(null, 'The request asks for no WebSocket; expected the headers "Connection: Upgrade" and "Upgrade: websocket".')

t.test('a connection with an Authorization header', async (t) => {
  const emulator = await listenForSockets(t)
  const { socket, closed } = await connect(t, emulator.socketUrl)
  t.equal(socket.protocol, PROTOCOL)
  const [connection] = emulator.emulator.realTime.list()
  t.strictSame(connection, {
    id: 1,
    xuid: GAMER,
    gamertag: 'gamer',
    titleId: 3051199919,
    sandbox: 'RETAIL',
    opened: '2020-06-15T12:00:00.0000000Z',
    ends: '2020-06-15T14:00:00.0000000Z',
    hasProtocol: true,
    subscriptions: []
  })
  socket.close(1000, 'enough')
  t.strictSame(await closed, { code: 1000, reason: 'enough' })
  t.strictSame(emulator.emulator.realTime.list(), [])
})

t.test('the answer to an upgrade', async (t) => {
  const { port } = await listenForSockets(t)
  const socket = await open(t, port)
  socket.write(handshake('/connect', { 'sec-websocket-protocol': `other, ${PROTOCOL}`, 'ms-cv': 'abc.1', host: 'rta.xboxlive.com' }))
  const { status, headers, body } = parse(String((await once(socket, 'data'))[0]))
  t.equal(status, 101)
  t.strictSame({ ...headers, date: '' }, {
    ...LIVE_HEADERS,
    'ms-cv': 'abc.1.0',
    upgrade: 'websocket',
    connection: 'Upgrade',
    // The example of RFC 6455, section 1.3.
    'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    'sec-websocket-protocol': PROTOCOL,
    Date: headers['Date'],
    date: ''
  })
  t.equal(body, '')
})

t.test('a client that does not ask for the subprotocol is connected without it', async (t) => {
  const { socketUrl, emulator } = await listenForSockets(t)
  for (const protocols of [[], ['other'], [PROTOCOL.toLowerCase()]]) {
    // `ws` gives up a connection that has none of the subprotocols that it asked for.
    const headers = protocols.length === 0 ? {} : { 'sec-websocket-protocol': protocols.join() }
    const { socket, closed } = await connect(t, socketUrl, { protocols: [], headers })
      .catch((error: Error) => { throw new Error(`${protocols.join()}: ${error.message}`) })
    t.equal(socket.protocol, '', protocols.join())
    t.equal(emulator.realTime.list()[0]?.hasProtocol, false)
    socket.close()
    await closed
  }
})

t.test('the path is matched as any other', async (t) => {
  const { port } = await listenForSockets(t)
  for (const target of ['/Connect', '/connect/', '/c%6fnnect', 'http://rta.xboxlive.com/connect', '/connect?x=1']) {
    const socket = await open(t, port)
    socket.write(handshake(target))
    t.equal(parse(String((await once(socket, 'data'))[0])).status, 101, target)
    socket.destroy()
  }
})

t.test('who is not authorized is refused, and the connection ends', async (t) => {
  const { socketUrl, port } = await listenForSockets(t)
  const { status, headers, body } = await refused(t, socketUrl, { session: null })
  t.strictSame([status, JSON.parse(body)], [401, refusal(4500, 'The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".')])
  t.match(headers, { ...LIVE_HEADERS, 'www-authenticate': 'XBL3.0', connection: 'close', 'content-type': 'application/json' })
  t.equal((await exchange(t, port, handshake('/connect', { authorization: 'XBL3.0 x=demo;nobody' }))).status, 401)
})

t.test('a request for no WebSocket', async (t) => {
  const { app, get } = build(t)
  const response = await get('/connect')
  t.strictSame([response.statusCode, response.json()], [426, NO_WEB_SOCKET])
  t.match(response.headers, { ...LIVE_HEADERS, ...UPGRADE, 'content-type': 'application/json' })
  t.equal((await get('/connect', { session: null })).statusCode, 401, 'who asks comes first')
  t.equal((await app.inject({ method: 'HEAD', url: '/connect', headers: sentBy() })).statusCode, 426)
  const other = await app.inject({ method: 'POST', url: '/connect', headers: sentBy() })
  t.strictSame([other.statusCode, other.headers.allow], [405, 'GET, HEAD'])
})

t.test('what looks like a request for a WebSocket and is none is answered as any other', async (t) => {
  const { port } = await listenForSockets(t)
  for (const headers of [{ upgrade: 'h2c' }, { upgrade: 'websocket, h2c' }, { connection: 'keep-alive' }, { upgrade: undefined }, { 'content-length': '2', 'content-type': 'application/json' }]) {
    const { status, body } = await exchange(t, port, handshake('/connect', headers) + ('content-length' in headers ? '{}' : ''))
    t.strictSame([status, JSON.parse(body)], [426, NO_WEB_SOCKET], JSON.stringify(headers))
  }
  t.equal((await exchange(t, port, handshake('/connect').replace('HTTP/1.1', 'HTTP/1.0'))).status, 426, 'HTTP/1.0')
})

t.test('another version of the protocol, and a key that is none', async (t) => {
  const { port } = await listenForSockets(t)
  for (const [headers, status, message] of [
    [{ 'sec-websocket-version': '8' }, 426, 'The header Sec-WebSocket-Version is "8"; expected 13.'],
    [{ 'sec-websocket-version': undefined }, 426, 'The header Sec-WebSocket-Version is undefined; expected 13.'],
    [{ 'sec-websocket-key': 'short' }, 400, 'The header Sec-WebSocket-Key is no base64 of 16 bytes.'],
    [{ 'sec-websocket-key': undefined }, 400, 'The header Sec-WebSocket-Key is no base64 of 16 bytes.']
  ] as const) {
    const answer = await exchange(t, port, handshake('/connect', headers))
    t.strictSame([answer.status, JSON.parse(answer.body)], [status, refusal(status === 400 ? 4000 : null, message)])
    t.equal(answer.headers['connection'] ?? answer.headers['Connection'], status === 400 ? 'close' : 'close, Upgrade')
  }
})

t.test('without real-time activity nothing is upgraded', async (t) => {
  const { port } = await listenForSockets(t, { config: { rta: false } })
  const socket = await open(t, port)
  socket.write(handshake('/connect', { host: 'rta.xboxlive.com' }))
  const { status, body } = parse(String((await once(socket, 'data'))[0]))
  t.strictSame([status, JSON.parse(body)], [404, refusal(null, '/connect is not answered: --no-rta leaves out rta.xboxlive.com.')])
})

t.test('a page of another origin connects only if it is allowed to', async (t) => {
  const { socketUrl } = await listenForSockets(t, { config: { allowedOrigins: 'http://localhost:5173' } })
  const { status, body } = await refused(t, socketUrl, { origin: 'http://evil.example' })
  t.strictSame([status, JSON.parse(body)], [403, refusal(4500, 'The emulator does not answer pages of another origin, and this one\'s is "http://evil.example"; allow it with --allowed-origins.')])
  const { socket } = await connect(t, socketUrl, { origin: 'http://localhost:5173' })
  t.equal(socket.protocol, PROTOCOL)
  t.equal((await refused(t, socketUrl, { headers: { host: 'evil.example' } })).status, 403, 'a name that points here')
  t.equal((await refused(t, socketUrl, { headers: { host: 'achievements.xboxlive.com' } })).status, 404, 'another host')
})

t.test('an upgrade is a line of the log and an entry of the journal', async (t) => {
  const emulator = await listenForSockets(t)
  const { socket, closed } = await connect(t, emulator.socketUrl)
  socket.close()
  await closed
  const { requests } = await command(emulator, 'GET', '/requests')
  t.strictSame(requests.map(({ path, status, connection }: any) => ({ path, status, connection })), [{ path: '/connect', status: 101, connection: 1 }])
})

t.test('HTTP/1.0 has no WebSocket', async (t) => {
  const { port } = await listenForSockets(t)
  const { status, headers, body } = await exchange(t, port, handshake('/connect').replace('HTTP/1.1', 'HTTP/1.0'))
  t.strictSame([status, JSON.parse(body)], [426, NO_WEB_SOCKET])
  t.match(headers, UPGRADE)
})

t.test('a connection that was refused ends, whatever its client still sends', async (t) => {
  const { port, app } = await listenForSockets(t)
  const socket = await open(t, port)
  socket.write(`${handshake('/connect', { authorization: undefined })}${'x'.repeat(1000)}`)
  socket.on('data', () => {})
  await once(socket, 'close')
  const count = async (): Promise<number> => await new Promise((resolve) => { app.server.getConnections((_error, open) => resolve(open)) })
  while (await count() > 0) await setImmediate()
  t.equal(await count(), 0)
})
