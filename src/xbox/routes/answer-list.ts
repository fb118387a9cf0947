import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendAnswer, type Made } from '../answers/answer-cache.ts'
import type { Person } from '../../model/user.ts'
import type { AchievementList, Paging } from '../../model/list.ts'
import { shapeInList, writePage } from '../answers/pages.ts'
import type { ListQuery } from '../request/list-query.ts'
import { writeNext } from '../request/paging.ts'
import type { Contract } from '../../rules/contract.ts'
import type { AchievementRoute } from '../answers/cache-headers.ts'
import type { XboxServices } from '../services.ts'
import { viewerOf, type Viewer } from '../answers/achievement-cache.ts'

/** What a page of a list is made of, besides the world: nothing else has a part in it. */
interface PageInput {
  readonly list: AchievementList
  readonly paging: Paging
  readonly hasRarity: boolean
  readonly viewer: Viewer
  /** The clock, in ms since 1970, where time decides what comes first and no token holds that time; 0 elsewhere. */
  readonly now: number
}

/** A page of a list, for a caller who may read it. */
type AnswerList = (request: FastifyRequest, reply: FastifyReply, asked: ListQuery<AchievementList> & { readonly contract: Contract }) => FastifyReply

/**
 * Prepares a route to answer with pages of lists.
 *
 * @param name tells the route from others.
 */
export function prepareLists (name: AchievementRoute, services: XboxServices): AnswerList {
  const answer = services.answers(name, (input: PageInput) => writeList(services, input))
  return (request, reply, { list, paging, contract: { hasRarity } }) => {
    const now = list.filter.order === 'EndingSoon' && paging.after === null ? request.now : 0
    return sendAnswer(reply, answer({ list, paging, hasRarity, viewer: viewerOf(request, services.config.dialect), now }))
  }
}

function writeList ({ config: { dialect }, store, views }: XboxServices, { list, paging, hasRarity, viewer, now }: PageInput): Made {
  const { xuid, generation, filter } = list
  const { row: person } = store.people.find(xuid) as Person
  const { items, last, totalRecords } = store.achievements.list({ ...paging, person, sandbox: viewer.sandbox, generation, filter, now })
  const show = views({ shape: shapeInList(dialect, generation, filter.possibleOnly), viewer })
  const languages = new Set<string>()
  const written = items.map(({ row, progress, place }) => {
    const { write, locale } = show(row)
    languages.add(locale)
    return write(progress, hasRarity ? store.catalogue.findPopularity(row, viewer.sandbox) : undefined, place)
  })
  const continuationToken = writeNext({ last, count: items.length }, { list, paging, dialect })
  return { pieces: writePage({ items: written, continuationToken, totalRecords }, generation), languages }
}
