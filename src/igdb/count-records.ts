import type { FastifyInstance } from 'fastify'
import type { Services } from '../http/services.ts'
import { readFilter } from './read-list.ts'

/** `GET /achievements/count`: how many records a filter finds. */
export function countRecords (app: FastifyInstance, { store: { igdb } }: Services): void {
  app.get<{ Querystring: URLSearchParams }>('/achievements/count', ({ query }) => ({ count: igdb.count(readFilter(query, null)) }))
}
