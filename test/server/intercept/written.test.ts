import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net, { createServer, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import tls from 'node:tls'
import t, { type Test } from 'tap'
import { LIST_SAMPLE } from '../../documented-samples.ts'
import { start } from '../../in-process.ts'
import { HEADERS, HOST, listen, PATH, refusalOf, startOther, startProxy, type Other } from './stand-ins.ts'

const AUTHORIZED = `Host: ${HOST}\r\nAuthorization: ${HEADERS.authorization}\r\nx-xbl-contract-version: 2\r\nConnection: close\r\n\r\n`
const ASKED = `GET ${PATH} HTTP/1.1\r\n${AUTHORIZED}`
const ABSOLUTE = `GET https://${HOST}${PATH} HTTP/1.1\r\n${AUTHORIZED}`
const CONNECT = `CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`
/** An address of the real host: not of this machine. */
const ADDRESS = '192.0.2.1'
const bytesTo = ({ sockets }: Pick<Other, 'sockets'>): number => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0)
const listIn = async (socket: Socket): Promise<unknown> => JSON.parse((await text(socket)).replace(/^.*\r\n\r\n/s, ''))

async function connectTo ({ port }: { port: number }): Promise<Socket> {
  const socket = net.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function writeParts (socket: Socket, parts: Iterable<string>): Promise<Socket> {
  for (const part of parts) {
    socket.write(part)
    await setImmediate()
  }
  return socket
}

/** The network: the real host's address leads to a stand-in. It lies below the interception, which is begun later. */
function routeAddress (t: Test, { port }: Other): void {
  const { connect } = Socket.prototype
  t.teardown(() => { Socket.prototype.connect = connect })
  Socket.prototype.connect = function (this: Socket, ...args: any[]) {
    const [options, callback] = Array.isArray(args[0]) ? args[0] : args
    return Reflect.apply(connect, this, options.host === ADDRESS ? [{ host: '127.0.0.1', port }, callback] : args)
  } as typeof connect
}

/** A SOCKS proxy, of version 5, that leads nowhere. */
async function startSocks (t: Test): Promise<Other> {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write('\x05\0')
      socket.once('data', () => socket.write('\x05\0\0\x01\0\0\0\0\0\0', 'latin1'))
    })
  })
  return await listen(t, server, [])
}

t.test('a request is found however it is written', async (t) => {
  const emulator = await start(t)
  const proxy = await startProxy(t)
  emulator.intercept()
  t.strictSame(await listIn((await connectTo(proxy)).end(ABSOLUTE)), LIST_SAMPLE, 'with end()')
  t.strictSame(await listIn((await connectTo(proxy)).end(Buffer.from(`\r\n${ABSOLUTE}`).toString('base64'), 'base64')), LIST_SAMPLE, 'in another encoding')
  const early = net.connect(proxy.port, '127.0.0.1')
  early.end(ABSOLUTE)
  t.strictSame(await listIn(early), LIST_SAMPLE, 'before there is a connection')
  const tunnel = await connectTo(proxy)
  tunnel.write(CONNECT.slice(0, -10))
  tunnel.write(CONNECT.slice(-10))
  t.equal(String((await once(tunnel, 'data'))[0]), 'HTTP/1.1 200 Connection established\r\n\r\n')
  const secure = tls.connect({ socket: tunnel })
  secure.write(ASKED)
  t.strictSame(await listIn(secure), LIST_SAMPLE, 'a tunnel whose TLS does not name the host')
  t.equal(bytesTo(proxy), 0)
})

t.test('of a request in pieces, no more goes to the proxy than it takes to see whom it is for', async (t) => {
  const emulator = await start(t)
  const proxy = await startProxy(t)
  emulator.intercept()
  t.strictSame(await listIn(await writeParts(await connectTo(proxy), ABSOLUTE)), LIST_SAMPLE)
  t.equal(bytesTo(proxy), `GET https://${HOST}`.length)
  const tunnel = await writeParts(await connectTo(proxy), [CONNECT.slice(0, 4), CONNECT.slice(4)])
  t.equal(String((await once(tunnel, 'data'))[0]), 'HTTP/1.1 200 Connection established\r\n\r\n')
  t.equal(bytesTo(proxy), `GET https://${HOST}CONN`.length)
  // What was written before it may look like its beginning.
  const kept = await writeParts(await connectTo(proxy), ['PUT http://other.test/ HTTP/1.1\r\nHost: other.test\r\nContent-Length: 4\r\n\r\n', 'true'])
  await once(kept, 'data')
  kept.write(ABSOLUTE)
  t.strictSame(await listIn(kept), LIST_SAMPLE)
  t.strictSame(proxy.asked, ['PUT http://other.test/'])
})

t.test('what is written at once goes each where it belongs', async (t) => {
  const emulator = await start(t)
  const proxy = await startProxy(t)
  emulator.intercept()
  const socket = await connectTo(proxy)
  socket.cork()
  for (const part of ['GET http://other.test/ HTTP/1.1\r\nHost: other.test\r\n\r\n', ABSOLUTE]) socket.write(part)
  socket.uncork()
  t.match(await text(socket), /proxy.*"achievements"|"achievements".*proxy/s)
  t.strictSame(proxy.asked, ['GET http://other.test/'])
  const refused = await connectTo(proxy)
  refused.cork()
  for (const part of ['GET https://inventory.xboxlive.com/ HTTP/1.1\r\n\r\n', 'body']) refused.write(part)
  refused.uncork()
  t.match((await once(refused, 'error'))[0], refusalOf('inventory.xboxlive.com', emulator))
  const plain = await connectTo(proxy)
  plain.cork()
  for (const part of ['GET http://other.test/x HTTP/1.1\r\n', 'Host: other.test\r\nConnection: close\r\n\r\n']) plain.write(part)
  plain.uncork()
  t.match(await text(plain), /proxy$/)
})

t.test('a connection to an address is known by the header Host', async (t) => {
  const emulator = await start(t)
  const real = await startProxy(t)
  const own = await startProxy(t)
  routeAddress(t, real)
  const earlier = await connectTo(own)
  emulator.intercept()
  const socket = net.connect(80, ADDRESS)
  socket.write(ASKED)
  t.strictSame(await listIn(socket), LIST_SAMPLE)
  const other = net.connect(80, ADDRESS)
  other.write('GET / HTTP/1.1\r\nHost: other.test\r\nConnection: close\r\n\r\n')
  t.match(await text(other), /proxy$/)
  t.strictSame(real.asked, ['GET /'])
  for (const developers of [earlier, await connectTo(own)]) {
    developers.write(ASKED)
    t.match(await text(developers), /proxy$/, 'but a server at this machine is the developer’s own')
  }
})

t.test('a pipe is no connection, whatever is written to it', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  const child = spawn(process.execPath, ['-e', 'process.stdin.pipe(process.stdout)'])
  child.stdin.write(ABSOLUTE)
  child.stdin.end(CONNECT)
  t.equal(await text(child.stdout), ABSOLUTE + CONNECT)
  t.strictSame(emulator.requests(), [])
})

t.test('TLS that was made before or by itself, to an address', async (t) => {
  const emulator = await start(t)
  const real = await startOther(t, [HOST])
  routeAddress(t, real)
  const { connect } = tls
  emulator.intercept()
  const socket = connect({ host: ADDRESS, port: 443, servername: HOST, ca: real.ca })
  socket.write(ASKED)
  t.strictSame(await listIn(socket), LIST_SAMPLE)
  t.strictSame(real.asked, [])
})

t.test('a SOCKS proxy learns nothing of a host that it is asked for by its name', async (t) => {
  const emulator = await start(t)
  const socks = await startSocks(t)
  emulator.intercept()
  const hello = async (): Promise<Socket> => {
    const socket = await connectTo(socks)
    socket.write('\x05\x01\0')
    await once(socket, 'data')
    return socket
  }
  const ask = async (socket: Socket, destination: Buffer): Promise<Buffer> => {
    socket.write(destination)
    return (await once(socket, 'data'))[0]
  }
  const secure = await hello()
  t.equal((await ask(secure, Buffer.concat([Buffer.from([5, 1, 0, 3, HOST.length]), Buffer.from(HOST), Buffer.from([1, 187])]))).toString('hex'), '05000001000000000000')
  const inTls = tls.connect({ socket: secure, servername: HOST })
  inTls.write(ASKED)
  t.strictSame(await listIn(inTls), LIST_SAMPLE)
  const plain = await connectTo(socks)
  t.equal((await ask(plain, Buffer.concat([Buffer.from([4, 1, 0, 80, 0, 0, 0, 1, 0]), Buffer.from(`${HOST}\0`)]))).toString('hex'), '005a000000000000')
  plain.write(ASKED)
  t.strictSame(await listIn(plain), LIST_SAMPLE)
  t.equal(bytesTo(socks), 3)
  const byAddress = await hello()
  await ask(byAddress, Buffer.from([5, 1, 0, 1, 192, 0, 2, 1, 0, 80]))
  byAddress.write(ASKED)
  t.strictSame(await listIn(byAddress), LIST_SAMPLE, 'by an address it is asked for a tunnel, and gets no request')
  t.equal(bytesTo(socks), 16)
})
