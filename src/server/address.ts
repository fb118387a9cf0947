import { lookup } from 'node:dns/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Listens. `localhost` may resolve to several addresses; each one that is free is taken. Fastify could do
 * this itself, but creates further HTTP servers for it, whose connections it gives no access to.
 *
 * @param app an application that is not ready yet.
 */
export async function listen (app: FastifyInstance, { host, port }: { host: string, port: number }): Promise<void> {
  const [first = host, ...others] = host === 'localhost' ? (await lookup(host, { all: true })).map(({ address }) => address) : [host]
  const servers: Server[] = []
  app.addHook('preClose', (done) => {
    for (const server of servers) server.close()
    done()
  })
  await app.listen({ host: first, port })
  const { port: taken } = app.server.address() as AddressInfo
  for (const other of others) {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => app.server.emit('connection', socket))
    server.maxConnections = app.server.maxConnections
    servers.push(server)
    await new Promise((resolve) => server.listen(taken, other).once('listening', resolve).on('error', resolve))
  }
}

/** The URL of an application that listens, for clients on this machine. */
export const urlOf = (app: FastifyInstance): string => urlAt('http', app.server.address() as AddressInfo)

/** The URL of an address, for clients on this machine. The wildcard addresses 0.0.0.0 and :: become those of loopback. */
export function urlAt (scheme: 'http' | 'https', { address, family, port }: AddressInfo): string {
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address] ?? (family === 'IPv6' ? `[${address}]` : address)
  return `${scheme}://${host}:${port}`
}
