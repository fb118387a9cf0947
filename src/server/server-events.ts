import type { FastifyInstance } from 'fastify'
import type { createErrorAnswers } from './error-answers.ts'
import type { Connections } from './connections.ts'

/** What Node does otherwise where nobody says what to do. */
export function prepareServer ({ server, log }: FastifyInstance, connections: Connections, { onConnect }: Pick<ReturnType<typeof createErrorAnswers>, 'onConnect'>): void {
  // All that fit the limit in bytes: beyond a thousand it would leave them out.
  server.maxHeadersCount = 0
  // Or it would end a connection in the middle of an answer when its client ends its side: see connections.ts.
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('connect', (_request, socket) => onConnect(socket, { log, connections }))
  // What a server that listens fails with would end the process, which may be a test's.
  server.once('listening', () => server.on('error', (error) => log.error(error)))
}
