import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import http, { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import t from 'tap'
import { intercept } from '../../../src/server/intercept/intercept.ts'
import { start } from '../../in-process.ts'
import { HOST, NAMES } from './stand-ins.ts'

t.test('a connection that is given up, or cannot be made', async (t) => {
  const restore = intercept(NAMES, { url: new URL('http://127.0.0.1:9'), securePort: async () => { throw new Error('no certificate') } })
  t.teardown(restore)
  const early = connect({ host: HOST, port: 443 })
  early.destroy()
  await once(early, 'close')
  const [error] = await once(connect({ host: HOST, port: 443 }), 'error')
  t.equal(error.message, 'no certificate')
})

t.test('a socket of the file system is no host', async (t) => {
  const emulator = await start(t)
  emulator.intercept()
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${t.testdirName}` : join(mkdtempSync(join(tmpdir(), 'xbl-')), 's')
  const server = createServer((_request, response) => { response.end('file') }).listen(path)
  t.teardown(() => server.close())
  await once(server, 'listening')
  const [response] = await once(http.get({ socketPath: path, host: HOST, headers: { connection: 'close' }, agent: false }), 'response') as [IncomingMessage]
  t.equal(await text(response), 'file')
  const socket = connect({ path, servername: HOST })
  const [error] = await once(socket, 'error')
  t.equal(error.code, 'ERR_SSL_WRONG_VERSION_NUMBER')
})

t.test('a connection of HTTP/2 ends before it is closed, as when its server closes it', async (t) => {
  const emulator = await start(t)
  for (const [protocol, expected] of [['h2', ['end', 'close']], ['http/1.1', ['close']]] as const) {
    const restore = emulator.intercept()
    const socket = connect({ host: HOST, port: 443, ALPNProtocols: [protocol] })
    await once(socket, 'secureConnect')
    const events: string[] = []
    for (const event of ['end', 'close']) socket.on(event, () => events.push(event))
    restore()
    await once(socket, 'close')
    t.strictSame(events, expected)
  }
})
