import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { closeGracefully } from '../../src/server/close.ts'
import { build } from '../helper.ts'
import { open, parse, request } from '../raw-http.ts'

const skip = process.platform !== 'linux' && 'there is one address of loopback'

t.test('localhost: every address of it that is free is listened to', { skip }, async (t) => {
  const { app, emulator } = build(t)
  const { listen } = await t.mockImport<typeof import('../../src/server/address.ts')>('../../src/server/address.ts', {
    'node:dns/promises': { lookup: async () => ['127.0.0.1', '192.0.2.1', '127.0.0.2'].map((address) => ({ address })) }
  })
  await listen(app, { host: 'localhost', port: 0 })
  const { address, port } = app.server.address() as AddressInfo
  t.equal(address, '127.0.0.1')
  for (const host of ['127.0.0.1', '127.0.0.2']) {
    for (const [bytes, status] of [
      [request('/_emulator/ready'), 200],
      [request('/_emulator/ready', { connection: 'upgrade, close', upgrade: 'websocket' }), 200],
      ['CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n', 405],
      ['nonsense\r\n\r\n', 400]
    ] as const) {
      const socket = await open(t, port, host)
      socket.write(bytes)
      t.equal(parse(await text(socket)).status, status, `${host} ${bytes}`)
    }
  }
  const idle = await open(t, port, '127.0.0.2')
  const [ended] = await Promise.all([text(idle), closeGracefully(emulator)])
  t.equal(ended, '')
  for (const host of ['127.0.0.1', '127.0.0.2']) await t.rejects(open(t, port, host), { code: 'ECONNREFUSED' }, host)
})

t.test('every address of localhost has the same limit of connections', { skip }, async (t) => {
  const { app, emulator } = build(t)
  const { listen } = await t.mockImport<typeof import('../../src/server/address.ts')>('../../src/server/address.ts', {
    'node:dns/promises': { lookup: async () => ['127.0.0.1', '127.0.0.2'].map((address) => ({ address })) }
  })
  app.server.maxConnections = 1
  await listen(app, { host: 'localhost', port: 0 })
  const { port } = app.server.address() as AddressInfo
  for (const host of ['127.0.0.1', '127.0.0.2']) {
    const first = await open(t, port, host)
    const second = await open(t, port, host)
    t.equal(await text(second), '', host)
    first.write(request('/_emulator/ready'))
    t.equal(parse(await text(first)).status, 200, host)
  }
  await closeGracefully(emulator)
})

t.test('any other host is one address', { skip }, async (t) => {
  const { app, emulator } = build(t)
  const { listen } = await import('../../src/server/address.ts')
  await listen(app, { host: '127.0.0.2', port: 0 })
  t.equal((app.server.address() as AddressInfo).address, '127.0.0.2')
  await closeGracefully(emulator)
})
