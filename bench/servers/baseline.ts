import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The limit: a server of node:http that sends a ready buffer. `/40000` asks for one of 40,000 bytes. */
const buffers = new Map<string, Buffer>()

const server = createServer(({ url = '' }, response) => {
  const body = buffers.get(url) ?? Buffer.alloc(Number(url.slice(1)), 'x')
  buffers.set(url, body)
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit())
