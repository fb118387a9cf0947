import type { FastifyInstance } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { notFound } from '../model/refusals.ts'
import type { WorldTitle } from '../world/schema.ts'
import { readPageLimit, readKeyedPage } from './page.ts'

/** The titles, in pages, and one title with its achievements. */
export function titleRoutes (app: FastifyInstance, { store }: Services): void {
  app.get<{ Querystring: URLSearchParams }>('/_emulator/titles', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['limit', 'after'])
    const after = query.one('after', 'a title id', readUnsigned32) ?? null
    const { entries, next } = readKeyedPage(readPageLimit(query), (limit) => store.catalogue.listTitles({ after, limit }), ({ titleId }) => titleId)
    return { titles: entries, next }
  })

  app.get<{ Params: { titleId: string }, Querystring: URLSearchParams }>('/_emulator/titles/:titleId', ({ params, query }) => {
    new Query(query).requireKnown([])
    return requireTitle(store, params.titleId)
  })
}

/** @throws 404 when there is no such title. */
export function requireTitle ({ world }: Services['store'], titleId: string): WorldTitle {
  const id = readUnsigned32(titleId)
  const title = id === undefined ? undefined : world.findTitle(id)
  if (title === undefined) throw notFound(`There is no title ${id ?? formatValue(titleId)}.`)
  return title
}
