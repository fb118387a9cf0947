import type { FastifyInstance } from 'fastify'
import { readUnsigned32, readUnsigned64 } from '../integers.ts'
import { Query } from '../request/query.ts'
import type { Journal, JournalFilter } from './journal.ts'

/** What was asked. */
export function requestRoutes (app: FastifyInstance, journal: Journal): void {
  app.get<{ Querystring: URLSearchParams }>('/_emulator/requests', (request) => ({ requests: journal.list(readFilter(request.query)) }))

  app.get<{ Querystring: URLSearchParams }>('/_emulator/requests/unmatched', (request) =>
    ({ requests: journal.list({ ...readFilter(request.query), matched: false }) }))

  app.delete('/_emulator/requests', (_request, reply) => {
    journal.clear()
    reply.code(204).send()
  })
}

function readFilter (parameters: URLSearchParams): JournalFilter {
  const query = new Query(parameters)
  return {
    method: query.one('method', 'an HTTP method', (text) => text.toUpperCase()),
    path: query.one('path', 'the beginning of a path', (text) => text),
    status: query.one('status', 'an HTTP status', readUnsigned32),
    xuid: query.one('xuid', 'an unsigned 64-bit integer in decimal', readUnsigned64)
  }
}
