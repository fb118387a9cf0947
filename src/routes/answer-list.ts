import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Person } from '../domain.ts'
import { writePage, type Shape } from '../representation/pages.ts'
import { writeContinuationToken } from '../request/continuation-token.ts'
import type { ListQuery } from '../request/list-query.ts'
import type { Contract } from '../rules/contract.ts'
import type { Services } from '../services.ts'
import { sendAnswer, type Made } from '../answers.ts'
import { viewerOf, type Viewer } from '../views.ts'

interface List {
  readonly person: Person
  readonly query: ListQuery
  readonly contract: Contract
  readonly shape: Shape
}

/** Answers with a page of a list that the caller may read. */
export function answerList ({ request, reply, services }: { request: FastifyRequest, reply: FastifyReply, services: Services }, list: List): FastifyReply {
  const viewer = viewerOf(request)
  const { now } = request
  return sendAnswer(reply, services.answers(nameOf(list, viewer, now), () => write(services, list, { viewer, now })))
}

/** All that a page depends on besides the database; what a caller has made up comes last. */
function nameOf ({ person, query, contract, shape }: List, { sandbox, location, language }: Viewer, now: number): string {
  // Where time decides what comes first, and no token holds that time.
  const { after, skip, limit, filter } = query
  const start = after === null && filter.order === 'EndingSoon' ? now : `${after?.snapshot} ${after?.key} ${after?.row}`
  return `${query.list} ${person.row} ${shape} ${contract.hasRarity} ${start} ${skip} ${limit} ${sandbox} ${location} ${language}`
}

function write ({ store, views }: Services, { person, query, contract: { generation, hasRarity }, shape }: List, { viewer, now }: { viewer: Viewer, now: number }): Made {
  const { items, last, totalRecords } = store.achievements.list({ ...query, person, sandbox: viewer.sandbox, generation, now })
  const show = views(shape, viewer)
  const languages = new Set<string>()
  const written = items.map(({ row, progress }) => {
    const { write, locale } = show(row)
    languages.add(locale)
    return write(progress, hasRarity ? store.catalogue.findPopularity(row, viewer.sandbox) : undefined)
  })
  const continuationToken = last && writeContinuationToken(last, query.list)
  return { pieces: writePage({ items: written, continuationToken, totalRecords }, generation), languages }
}
