import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import type { Test } from 'tap'

/**
 * An address where nobody listens, nor will during the test: its port is the near end of a connection.
 *
 * @param host a name of this machine.
 */
export async function refusedUrl (t: Test, host = '127.0.0.1'): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  t.teardown(() => {
    socket.destroy()
    server.close()
  })
  await once(socket, 'connect')
  return `http://${host}:${socket.localPort}`
}
