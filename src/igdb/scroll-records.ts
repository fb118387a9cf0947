import type { FastifyInstance } from 'fastify'
import { notFound } from '../model/refusals.ts'
import { show } from '../base/validation.ts'
import type { Services } from '../http/services.ts'
import { describePage } from './paging-headers.ts'
import type { Scrolls } from './scrolls.ts'

/** `GET /achievements/scroll/{cursor}`: the next page of a scroll; nothing once all of it was read. */
export function scrollRecords (app: FastifyInstance, { store: { igdb } }: Services, scrolls: Scrolls): void {
  app.get<{ Params: { cursor: string } }>('/achievements/scroll/:cursor', (request, reply) => {
    const { cursor } = request.params
    const scroll = scrolls.find(cursor, request.now)
    if (scroll === undefined) throw notFound(`There is no scroll ${show(cursor)}, or it has ended: its next page has to be asked for within 3 minutes.`)

    const { list, after } = scroll
    const page = after === null ? { records: [], last: null, total: igdb.count(list) } : igdb.list({ ...list, after, skip: 0 })
    // A look at the headers reads no page.
    if (request.method === 'GET') scrolls.move(cursor, { list, after: page.last }, request.now)
    describePage(reply, page.total, page.last && cursor)
    return reply.send(page.records)
  })
}
