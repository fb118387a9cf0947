import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:http'
import { connect, createServer, type AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { connect as connectTls, type ConnectionOptions, type Server as TlsServer } from 'node:tls'
import t, { type Test } from 'tap'
import { logHandshakes } from '../../../src/server/tls/handshake-log.ts'
import { issueAuthority } from '../../../src/server/tls/issue.ts'
import { permit } from '../../../src/server/tls/name-constraints.ts'
import { listen, sentBy } from '../../control/client.ts'
import { GAMER, listOf } from '../../helper.ts'
import { exchange } from '../../raw-http.ts'
import { askHttp1, askHttp2, HOST, listenSecurely } from './client.ts'

const DISTRUST = 'does not trust the certificate, or asked for an address that it is not for; trust ca.pem, or name it'

/** An emulator that serves TLS, the messages of its log, and a way to wait for the next ones. */
async function listenAndLog (t: Test, handshakes: { now?: () => number } = {}) {
  const lines: string[] = []
  const logTo = new Writable({
    write (chunk, _encoding, done) {
      const { level, msg } = JSON.parse(String(chunk))
      if (/^TLS/.test(msg)) lines.push(`${level} ${msg}`)
      this.emit('line')
      done()
    }
  })
  const emulator = await listenSecurely(t, { logTo, handshakes })
  /** The lines, once there are so many. */
  const until = async (count: number): Promise<string[]> => {
    while (lines.length < count) await once(logTo, 'line')
    return lines.splice(0)
  }
  return { emulator, lines, until }
}

/** A connection over TLS that ends as the client wants; what becomes of it is in the log. */
async function attempt (t: Test, port: number, options: ConnectionOptions): Promise<void> {
  const socket = connectTls({ host: '127.0.0.1', port, servername: HOST, ...options })
  t.teardown(() => socket.destroy())
  await new Promise((resolve) => socket.once('error', resolve).once('secureConnect', resolve))
  socket.destroy()
}

/** What a client sends, and that it then leaves. */
async function send (t: Test, port: number, bytes: string | Buffer): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  t.teardown(() => socket.destroy())
  socket.resume().write(bytes)
  await new Promise((resolve) => socket.once('close', resolve))
}

/** The first message of a handshake of TLS 1.2, whose alerts are not encrypted. */
async function writeHello (): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connectTls({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, servername: HOST, maxVersion: 'TLSv1.2' }).on('error', () => {})
  const [socket] = await once(server, 'connection')
  const [hello] = await once(socket, 'data')
  client.destroy()
  socket.destroy()
  server.close()
  return hello
}

/** Begins a handshake, and ends it with an alert once the certificate has come: what OpenSSL and browsers do, and Node does not. */
async function alert (t: Test, port: number, hello: Buffer, number: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  t.teardown(() => socket.destroy())
  socket.write(hello)
  await once(socket, 'data')
  socket.write(Buffer.from([0x15, 3, 3, 0, 2, 2, number]))
  await new Promise((resolve) => socket.once('close', resolve))
}

t.test('why a client is not served over TLS', async (t) => {
  let now = 0
  // Each attempt is the first in a minute.
  const { emulator, until } = await listenAndLog(t, {
    now: () => {
      now += 60_000
      return now
    }
  })
  const { port, ca } = emulator
  const hello = await writeHello()
  for (const [what, work, line] of [
    ['a client without the CA', () => attempt(t, port, {}), `${DISTRUST} (ECONNRESET)`],
    ['one that checks when the handshake is over', () => attempt(t, port, { maxVersion: 'TLSv1.2' }), `asked for nothing after the handshake; if it shows an error, it ${DISTRUST}`],
    ['a name that the certificate is not for', () => attempt(t, port, { ca, servername: 'other.example' }), 'asked for other.example, which the certificate is not for; name it (ECONNRESET)'],
    ['the same, afterwards', () => attempt(t, port, { ca, servername: 'other.example', maxVersion: 'TLSv1.2' }), 'asked for nothing after the handshake; if it shows an error, it asked for other.example, which the certificate is not for; name it'],
    ['what is no name', () => attempt(t, port, { ca, servername: '$(reboot)', maxVersion: 'TLSv1.3' }), `${DISTRUST} (ECONNRESET)`],
    ['HTTP without TLS', () => send(t, port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'), 'speaks HTTP without TLS to the port of HTTPS; ask for https://, or the port of HTTP (http request)'],
    ['another protocol', () => send(t, port, 'SSH-2.0-OpenSSH_9.2\r\n'), 'speaks no TLS to the port of HTTPS (wrong version number)'],
    ['an old version of TLS', () => attempt(t, port, { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }), 'offers no version of TLS from 1.2 on (unsupported protocol)'],
    ['other ciphers', () => attempt(t, port, { ca, maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }), 'offers no cipher of the server\'s (no shared cipher)'],
    ['another protocol over TLS', () => attempt(t, port, { ca, ALPNProtocols: ['spdy/3'] }), 'offers by ALPN neither HTTP/1.1 nor HTTP/2 (no application protocol)'],
    ['an alert of an unknown CA', () => alert(t, port, hello, 48), 'does not trust the certificate; trust ca.pem (tlsv1 alert unknown ca)'],
    ['an alert of an unknown certificate', () => alert(t, port, hello, 46), `${DISTRUST} (… alert certificate unknown)`],
    ['an alert of a bad certificate', () => alert(t, port, hello, 42), `${DISTRUST} (… alert bad certificate)`],
    ['any other', () => alert(t, port, hello, 80), 'failed in the handshake (… alert internal error)']
  ] as Array<[string, () => Promise<unknown>, string]>) {
    await work()
    // Which alerts are named after SSL and which after TLS depends on the version of OpenSSL.
    t.strictSame((await until(1)).map((text) => text.replace(/\((sslv3|tlsv1|ssl\/tls) alert (?!unknown ca)/, '(… alert ')), [`30 TLS: 127.0.0.1 ${line}`], what)
  }
})

t.test('a client that tries again and again is logged once a minute', async (t) => {
  let now = 0
  const { emulator: { port }, lines, until } = await listenAndLog(t, { now: () => now })
  const hello = await writeHello()
  const attempt = async (number: number): Promise<void> => await alert(t, port, hello, number)
  const distrust = '30 TLS: 127.0.0.1 does not trust the certificate; trust ca.pem (tlsv1 alert unknown ca)'
  for (let count = 0; count < 4; count++) await attempt(48)
  t.strictSame(await until(1), [distrust])
  // For another reason, which is logged after what came before it.
  await attempt(80)
  t.match(await until(1), [/^30 TLS: 127\.0\.0\.1 failed in the handshake/])
  now = 59_999
  await attempt(48)
  now = 60_000
  await attempt(48)
  t.strictSame(await until(1), [`${distrust}; again 4 times in between`])
  now = 120_000
  await attempt(48)
  t.strictSame(await until(1), [distrust])
  t.strictSame(lines, [])
})

/** What is logged of the events of a server. */
async function logEvents () {
  const tls = new EventEmitter()
  const lines: string[] = []
  const { certificate } = await issueAuthority(permit([HOST]), 0)
  logHandshakes(tls as TlsServer, new EventEmitter() as Server, { certificate, log: { info: (line: string) => lines.push(line) } as never, advice: { trust: 'trust it', name: 'name it' }, now: () => 0 })
  return { lines, fail: (code: string, socket: object): void => { tls.emit('tlsClientError', Object.assign(new Error('x'), { code }), socket) }, certify: (socket: object): void => { tls.emit('keylog', Buffer.from('secret'), socket) } }
}

t.test('a client that only looks whether the port is open is not logged; one that stops in the middle is', async (t) => {
  const { lines, fail, certify } = await logEvents()
  const [stranger, gone, slow] = [{ remoteAddress: '::1' }, { remoteAddress: undefined }, { remoteAddress: '::2', allowHalfOpen: true }]
  certify(gone)
  certify(slow)
  t.equal(slow.allowHalfOpen, false)
  slow.allowHalfOpen = true
  certify(slow)
  t.equal(slow.allowHalfOpen, true, 'once')
  for (const socket of [stranger, gone]) for (const code of ['ECONNRESET', 'ERR_TLS_HANDSHAKE_TIMEOUT']) fail(code, socket)
  t.strictSame(lines, [])
  fail('ERR_TLS_HANDSHAKE_TIMEOUT', slow)
  t.strictSame(lines, ['TLS: ::2 did not end the handshake in time (ERR_TLS_HANDSHAKE_TIMEOUT)'])
})

t.test('what is counted is bounded', async (t) => {
  const { lines, fail: failWith } = await logEvents()
  const fail = (remoteAddress: string): void => { failWith('ERR_SSL_X', { remoteAddress }) }
  for (let client = 0; client < 1000; client++) fail(`::${client}`)
  t.equal(lines.length, 1000)
  fail('::0')
  t.equal(lines.length, 1000)
  fail('::1000')
  fail('::0')
  t.strictSame(lines.slice(1000), ['TLS: ::1000 failed in the handshake (ERR_SSL_X)', 'TLS: ::0 failed in the handshake (ERR_SSL_X)'])
})

t.test('clients that are served are not logged', async (t) => {
  const { emulator, lines, until } = await listenAndLog(t)
  const asked = { path: listOf(GAMER), headers: sentBy() }
  t.equal((await askHttp1(emulator, asked)).status, 200)
  t.equal((await askHttp2(t, emulator, asked)).status, 200)
  await send(t, emulator.port, 'SSH-2.0-OpenSSH_9.2\r\n')
  t.strictSame(await until(1), ['30 TLS: 127.0.0.1 speaks no TLS to the port of HTTPS (wrong version number)'])
  // What the emulator itself ends.
  const idle = connectTls({ host: '127.0.0.1', port: emulator.port, servername: HOST, ca: emulator.ca })
  await once(idle, 'secureConnect')
  t.equal((await askHttp1(emulator, asked)).status, 200)
  emulator.secure.stop()
  emulator.emulator.connections.destroy()
  await once(idle.on('error', () => {}).resume(), 'close')
  t.strictSame(lines, [])
})

t.test('TLS to the port of HTTP', async (t) => {
  for (const [config, where] of [
    [{}, 'start with --tls'],
    [{ tls: true }, 'https:// on port 5443'],
    [{ tls: true, tlsPort: 0 }, 'the port of HTTPS']
  ] as const) {
    const lines: unknown[] = []
    const logTo = new Writable({
      write (chunk, _encoding, done) {
        const { level, time, trace, ...members } = JSON.parse(String(chunk))
        lines.push(members)
        done()
      }
    })
    const { port } = await listen(t, { config, logTo })
    lines.length = 0
    const reason = `The client speaks TLS to the port of HTTP; ask for http://, or ${where}.`
    const socket = connectTls({ host: '127.0.0.1', port })
    const [error] = await once(socket, 'error')
    t.match(error.code, /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/)
    t.strictSame(lines, [{ status: 400, reason }])
    t.strictSame(JSON.parse((await exchange(t, port, '\u0016\u0003\u0001\u0000')).body), { errorCode: 4000, errorMessage: reason })
  }
})
