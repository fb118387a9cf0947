import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Connections } from './connections.ts'
import type { SecureListener } from './tls/secure-listener.ts'

/** How long answers under way may take once the server is told to stop, in ms. */
const GRACE = 5000
/** How long clients may take then to read what has left, and to close their side, in ms. */
const GOODBYE = 1000

/**
 * Closes a server: it finishes the answers under way, but does not wait for ever, nor for a connection
 * that has sent nothing, or not all of its headers. A connection is ended, not destroyed, as long as
 * its client may read: the system forgets what it has not delivered of one that is destroyed.
 *
 * @param secure the way into it over TLS, if there is one.
 */
export async function closeGracefully ({ app, connections }: { app: FastifyInstance, connections: Connections }, secure?: SecureListener): Promise<void> {
  secure?.stop()
  // Node would destroy them.
  app.server.closeIdleConnections = () => connections.end()
  const closed = app.close()
  await Promise.race([connections.answered(), setTimeout(GRACE, undefined, { ref: false })])
  await Promise.race([connections.gone(), setTimeout(GOODBYE, undefined, { ref: false })])
  connections.destroy()
  await closed
}
