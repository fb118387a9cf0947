import type { Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { SecureListener } from './tls/secure-listener.ts'

/** How long requests in flight may take once the server is told to stop, in ms. */
const GRACE = 5000

/**
 * Prepares to close a server that does not listen yet.
 *
 * @param secure the way into it over TLS, if there is one.
 * @returns a function that closes it: it finishes the requests in flight, but does not wait for ever,
 *   nor for a connection that has sent nothing, or not all of its headers.
 */
export function prepareClose (app: FastifyInstance, secure?: SecureListener): () => Promise<void> {
  const none = countRequests(app.server)
  return async () => {
    secure?.stop()
    const closed = app.close()
    await Promise.race([none(), setTimeout(GRACE, undefined, { ref: false })])
    app.server.closeAllConnections()
    secure?.destroy()
    await closed
  }
}

/** Counts the requests that a server has begun to answer; what it returns resolves once there are none. */
function countRequests (server: Server): () => Promise<void> {
  let count = 0
  let tell = (): void => {}
  server.on('request', (_request, response) => {
    count++
    response.once('close', () => {
      count--
      if (count === 0) tell()
    })
  })
  return () => new Promise((resolve) => {
    tell = resolve
    if (count === 0) resolve()
  })
}
