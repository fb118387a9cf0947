import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { GAMER, LARGE_TITLE, listOf } from './helper.ts'
import { open } from './raw-http.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const BODY = JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id: '9', percentComplete: 75 }] })
const UPDATE = `POST ${listOf(GAMER)}/${SCID}/update HTTP/1.1
Host: localhost
Authorization: XBL3.0 x=demo;titleless
x-xbl-contract-version: 2
Content-Length: ${BODY.length}

`.replaceAll('\n', '\r\n')

t.test('a request over any address is answered before the database is closed', { skip: process.platform !== 'linux' && 'there is one address of loopback' }, async (t) => {
  const { startEmulator } = await t.mockImport<typeof import('../src/index.ts')>('../src/index.ts', {
    'node:dns/promises': { lookup: async () => ['127.0.0.1', '127.0.0.2'].map((address) => ({ address })) }
  })
  const emulator = await startEmulator({ host: 'localhost' })
  t.teardown(emulator.close)
  const port = Number(new URL(emulator.url).port)
  const socket = await open(t, port, '127.0.0.2')
  let received = ''
  socket.setEncoding('utf8').on('data', (data) => { received += data })
  socket.write(`GET /_emulator/ready HTTP/1.1\r\nHost: localhost\r\n\r\n${UPDATE}`)
  while (!received.endsWith('}')) await once(socket, 'data')
  const closed = emulator.close()
  // Until nobody listens; what ends with the last address ends a few turns later.
  for (let isOpen = true; isOpen;) {
    const probe = connect(port, '127.0.0.1')
    isOpen = await once(probe, 'connect').then(() => true, () => false)
    probe.destroy()
  }
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
  const before = received.length
  socket.write(BODY)
  await Promise.all([once(socket, 'close'), closed])
  t.equal(received.slice(before, before + 15), 'HTTP/1.1 200 OK')
})
