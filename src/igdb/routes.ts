import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { setHosts } from '../http/host-routes.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { forbidden, notFound } from '../model/refusals.ts'
import { readRecordFilter, readRecordQuery } from './record-query.ts'
import { createScrolls } from './scrolls.ts'

interface ListRoute { Params: { ids?: string }, Querystring: URLSearchParams }

/** The achievements of the world in the form of IGDB's catalogue: everything under `/achievements`. */
export function igdbRoutes (app: FastifyInstance, { store: { igdb }, onReset }: Services, injectFaults: InjectFaults): void {
  // Of no host of Xbox Live.
  setHosts(app, [])
  const scrolls = createScrolls()
  onReset(scrolls.clear)

  app.addHook('onRequest', (request, _reply, done) => {
    requireUserKey(request.headers['user-key'], igdb.hasKey)
    done()
  })
  injectFaults(app)

  // GET /achievements/: the records that match the filters; GET /achievements/{ids}: those of the ids.
  const list = (request: FastifyRequest<ListRoute>, reply: FastifyReply): unknown => {
    const { scroll, skip, ...list } = readRecordQuery(request.query, request.params.ids ?? null)
    const { records, last, total } = igdb.list({ ...list, skip, after: null })
    if (scroll) setScrollHeaders(reply, total, last && scrolls.open({ list, after: last }, request.now))
    return reply.send(records)
  }
  app.get<ListRoute>('/achievements/', list)
  app.get<ListRoute>('/achievements/:ids', list)

  // How many records match the filters.
  app.get<{ Querystring: URLSearchParams }>('/achievements/count', ({ query }) => ({ count: igdb.count(readRecordFilter(query, null)) }))

  // The next page of a scroll; an empty one once all pages were read.
  app.get<{ Params: { cursor: string } }>('/achievements/scroll/:cursor', (request, reply) => {
    const { cursor } = request.params
    const scroll = scrolls.find(cursor, request.now)
    if (scroll === undefined) throw notFound(`There is no scroll ${formatValue(cursor)}, or it has ended: its next page has to be asked for within 3 minutes.`)

    const { list, after } = scroll
    const page = after === null ? { records: [], last: null, total: igdb.count(list) } : igdb.list({ ...list, after, skip: 0 })
    // HEAD must not advance the scroll: its client does not see the page.
    if (request.method === 'GET') scrolls.move(cursor, { list, after: page.last }, request.now)
    setScrollHeaders(reply, page.total, page.last && cursor)
    return reply.send(page.records)
  })
}

/**
 * @param isKnown true for a key of the world.
 * @throws 403 when the user key is missing or unknown. The message does not repeat it.
 */
function requireUserKey (header: string | string[] | undefined, isKnown: (key: string) => boolean): void {
  if (header === undefined) throw forbidden('The user-key header is missing; expected one of the world\'s userKeys.')
  if (!isKnown(String(header))) throw forbidden('The user key is not known; expected one of the world\'s userKeys.')
}

/** Says how many records the whole list has and, unless this is its last page, where the next page is. */
function setScrollHeaders (reply: FastifyReply, total: number, cursor: string | null): void {
  reply.header('x-count', total)
  if (cursor !== null) reply.header('x-next-page', `/achievements/scroll/${cursor}`)
}
