import { lookup } from 'node:dns/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Listens. `localhost` may mean several addresses, of which each that can be had is taken; Fastify would
 * make a server of its own for each further one, of which nobody hears what happens to its connections.
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
