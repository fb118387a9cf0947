import type { FastifyRequest } from 'fastify'
import type { AchievementList, PageRange } from '../../model/list.ts'
import { requireStillThere } from '../../rules/access.ts'
import { explainEmptyList } from '../../rules/empty-list.ts'
import type { Contract } from '../request/contract-version.ts'
import type { ListQuery } from '../request/list-query.ts'
import { writeNextToken } from '../request/paging.ts'
import type { XboxServices } from '../services.ts'
import type { AchievementRoute } from './cache-headers.ts'
import { formatOfList } from './formats.ts'
import { renderPage } from './page.ts'
import type { CachedResponse, RenderedBody } from './response-cache.ts'
import { audienceOf, type Audience } from './template-cache.ts'

/** All that a page of a list depends on, besides the database. The response cache makes its key of this. */
interface PageInput {
  readonly list: AchievementList
  readonly paging: PageRange
  readonly hasRarity: boolean
  readonly audience: Audience
  /** The clock, in ms since 1970, where the order goes by it and no token holds its time; 0 elsewhere. */
  readonly now: number
}

/** Answers a caller who may read the list with a page of it. */
type RespondWithPage = (request: FastifyRequest, query: ListQuery<AchievementList> & { readonly contract: Contract }) => CachedResponse

/**
 * Prepares to answer with pages of achievements.
 *
 * @param route the route, which has a cache of its own.
 */
export function prepareListResponses (route: AchievementRoute, services: XboxServices): RespondWithPage {
  const respond = services.cacheResponses(route, (input: PageInput) => renderList(services, input))
  return (request, { list, paging, contract: { hasRarity } }) => {
    // With the clock in its key a cached page is useless a millisecond later: only the order that depends on it has it there.
    const now = list.filter.order === 'EndingSoon' && paging.after === null ? request.now : 0
    const response = respond({ list, paging, hasRarity, audience: audienceOf(request, services.config.dialect), now })
    if (response.hint !== undefined) request.hint = response.hint
    return response
  }
}

function renderList ({ config: { dialect }, store, findTemplates }: XboxServices, { list, paging, hasRarity, audience, now }: PageInput): RenderedBody {
  const { xuid, generation, filter } = list
  const { sandbox } = audience
  const { row: person } = requireStillThere(store.people.find(xuid))
  const { items, last, totalRecords } = store.achievements.list({ ...paging, person, sandbox, generation, filter, now })
  const findTemplate = findTemplates({ format: formatOfList(dialect, generation, filter.possibleOnly), audience })
  const locales = new Set<string>()
  const rendered = items.map(({ row, progress, sequence }) => {
    const { render, locale } = findTemplate(row)
    locales.add(locale)
    return render(progress, hasRarity ? store.catalogue.findPopularity(row, sandbox) : undefined, sequence)
  })
  const continuationToken = writeNextToken({ last, count: items.length }, { list, paging, dialect })
  const asked = { generation, titleIds: filter.titleIds, sandbox }
  const hint = totalRecords === 0 ? explainEmptyList(asked, store.findTitlesAtHand(asked)) : undefined
  return { chunks: renderPage({ items: rendered, continuationToken, totalRecords }, generation), locales, hint }
}
