import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../http/services.ts'
import { describePage } from './paging-headers.ts'
import { readList } from './read-list.ts'
import type { Scrolls } from './scrolls.ts'

interface Route { Params: { ids?: string }, Querystring: URLSearchParams }

/** `GET /achievements/`: the records that a filter finds; `GET /achievements/{ids}`: those with ids. */
export function listRecords (app: FastifyInstance, { store: { igdb } }: Services, scrolls: Scrolls): void {
  const answer = (request: FastifyRequest<Route>, reply: FastifyReply): unknown => {
    const { scroll, skip, ...list } = readList(request.query, request.params.ids ?? null)
    const { records, last, total } = igdb.list({ ...list, skip, after: null })
    if (scroll) describePage(reply, total, last && scrolls.open({ list, after: last }, request.now))
    return reply.send(records)
  }
  app.get<Route>('/achievements/', answer)
  app.get<Route>('/achievements/:ids', answer)
}
