import type { Server } from 'node:http'
import type { FastifyHttpOptions, FastifyInstance } from 'fastify'
import type { Connections } from './connections.ts'
import type { ErrorAnswers } from './error-answers.ts'
import { UPGRADABLE } from './upgrade.ts'

/**
 * The limits of Node's HTTP server, as Fastify's options.
 *
 * @param requestTimeout how long a request may take to arrive whole, and its client may read nothing of
 *   the response, in ms.
 */
export const limitsOf = (requestTimeout: number) => ({
  requestTimeout,
  // Node emits `timeout` for a connection that was idle for so long: connections.ts decides what that means.
  connectionTimeout: requestTimeout,
  http: {
    requestTimeout,
    headersTimeout: requestTimeout,
    connectionsCheckingInterval: Math.min(requestTimeout, 1000),
    IncomingMessage: UPGRADABLE,
    requireHostHeader: false
  }
} as const satisfies FastifyHttpOptions<Server>)

/** Replaces what Node's HTTP server does by default. */
export function prepareServer ({ server, log }: FastifyInstance, connections: Connections, { onConnect }: ErrorAnswers): void {
  // Takes any number of headers: their size is limited. Node would ignore those beyond the first thousand.
  server.maxHeadersCount = 0
  // When a client ends its side of a connection, Node would end the other side in the middle of a response.
  Object.assign(server, { httpAllowHalfOpen: true })
  // Node would answer 417 to an Expect header other than 100-continue.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  // Node would close the connection of a CONNECT request without a response.
  server.on('connect', (_request, socket) => onConnect(socket, { log, connections }))
  // An error of a listening server would end the process, which may be that of a test.
  server.once('listening', () => server.on('error', (error) => log.error(error)))
}
