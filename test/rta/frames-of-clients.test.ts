import { once } from 'node:events'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import type { Test } from 'tap'
import { open } from '../raw-http.ts'
import { handshake } from './handshake.ts'
import { connect, listenForSockets, untilOpen } from './web-socket.ts'

/** A frame of a client: its first byte, and its payload, masked with zeros. */
const frame = (first: number, payload: string | Buffer = '', length = Buffer.byteLength(payload)): Buffer =>
  Buffer.concat([Buffer.from([first, ...length < 126 ? [0x80 | length] : [0xfe, length >> 8, length & 0xff], 0, 0, 0, 0]), Buffer.from(payload)])

/** A connection on which a test sends bytes. */
async function openRaw (t: Test, port: number): Promise<Socket> {
  const socket = await open(t, port)
  socket.write(handshake('/connect'))
  await once(socket, 'data')
  return socket
}

/** The close frame that a connection ends with, which is answered. */
async function readEnd (socket: Socket): Promise<{ code: number, reason: string }> {
  let bytes = Buffer.alloc(0)
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk])
    if (bytes.includes(0x88)) socket.end(frame(0x88))
  }
  const start = bytes.indexOf(0x88)
  return { code: bytes.readUInt16BE(start + 2), reason: bytes.toString('utf8', start + 4) }
}

t.test('what is no frame for here closes the connection with the code of RFC 6455', async (t) => {
  const { port, emulator } = await listenForSockets(t)
  for (const [name, bytes, code, reason] of [
    ['a binary frame', frame(0x82, 'binary'), 1003, 'The frame is binary; expected text.'],
    ['a text that is no UTF-8', frame(0x81, Buffer.from([0xff, 0xfe])), 1007, ''],
    ['a message that is too large', frame(0x81, '', 20_000), 1009, ''],
    ['fragments that are too large together', Buffer.concat([frame(0x01, '['.repeat(10_000)), frame(0x80, '['.repeat(10_000))]), 1009, ''],
    ['too many fragments', Buffer.concat([frame(0x01), ...Array.from({ length: 1100 }, () => frame(0x00))]), 1008, ''],
    ['a frame of another protocol', frame(0x83), 1002, ''],
    ['a frame that is compressed', frame(0xc1, 'x'), 1002, ''],
    ['a frame without a mask', Buffer.from([0x81, 1, 0x5b]), 1002, ''],
    ['a continuation of nothing', frame(0x80, 'x'), 1002, ''],
    ['a ping that is too long', frame(0x89, 'x'.repeat(126)), 1002, '']
  ] as const) {
    const socket = await openRaw(t, port)
    socket.write(bytes)
    const end = await readEnd(socket)
    t.strictSame(end, { code, reason }, name)
  }
  await untilOpen(emulator, 0)
})

t.test('a message may come in fragments, with a ping between them', async (t) => {
  const { port } = await listenForSockets(t)
  const socket = await openRaw(t, port)
  socket.write(Buffer.concat([frame(0x01, '[1,7,"https://'), frame(0x89, 'ping'), frame(0x80, 'x"]')]))
  const expected = Buffer.concat([Buffer.from([0x8a, 4]), Buffer.from('ping')])
  const [bytes] = await once(socket, 'data') as [Buffer]
  t.equal(bytes.subarray(0, expected.length).toString('hex'), expected.toString('hex'))
})

t.test('a frame may come with the handshake', async (t) => {
  const { port, emulator } = await listenForSockets(t)
  const socket = await open(t, port)
  socket.write(Buffer.concat([Buffer.from(handshake('/connect')), frame(0x81, '[2,9,1]'), frame(0x88, Buffer.from([3, 232]))]))
  t.match(await text(socket), /^HTTP\/1\.1 101 [^]*\[2,9,/)
  await untilOpen(emulator, 0)
})

t.test('a message may be as long as 16 kB', async (t) => {
  const { port } = await listenForSockets(t)
  const socket = await openRaw(t, port)
  socket.write(frame(0x81, `${'[1,7,"x'.padEnd(16 * 1024 - 2, 'x')}"]`))
  const [bytes] = await once(socket, 'data') as [Buffer]
  t.equal(bytes.toString('utf8', 2), '[1,7,3,0,null]')
})

t.test('compression is not offered', async (t) => {
  const { socketUrl } = await listenForSockets(t)
  const { socket } = await connect(t, socketUrl, { perMessageDeflate: true })
  t.equal(socket.extensions, '')
})

t.test('what comes after the end of a connection is not read', async (t) => {
  const { port, emulator } = await listenForSockets(t)
  const socket = await openRaw(t, port)
  socket.write(Buffer.concat([frame(0x82, 'binary'), frame(0x81, '[1,1,"https://x"]')]))
  t.equal((await readEnd(socket)).code, 1003)
  await untilOpen(emulator, 0)
  t.strictSame(emulator.journal.frames.after(0).map(({ direction, text, isBinary, code }) => ({ direction, text, isBinary, code })), [
    { direction: 'in', text: '', isBinary: true, code: undefined },
    { direction: 'out', text: 'The frame is binary; expected text.', isBinary: undefined, code: 1003 }
  ])
})
