import type { FastifyInstance } from 'fastify'
import type { Dialect, Generation, PlayedTitle } from '../domain.ts'
import { formatInstant } from '../instant.ts'
import { representHistory, representHistoryV1, representPlayed, representPlayedV1, representRarityOf } from '../representation/title-history.ts'
import { readHeader } from '../request/header.ts'
import { readHistoryQuery } from '../request/list-query.ts'
import { writeNext } from '../request/paging.ts'
import { readUser, USER_SEGMENT } from '../request/path.ts'
import { readContractVersion } from '../request/versions.ts'
import { requireReadable, sandboxOf } from '../rules/access.ts'
import { contractOf } from '../rules/contract.ts'
import type { Services } from '../services.ts'
import type { Shown } from '../store/history.ts'

interface Route { Params: { user: string }, Querystring: URLSearchParams }

/** `GET /users/xuid({xuid})/history/titles`: the titles that a user has played, and what was earned in them. */
export function listTitleHistory (app: FastifyInstance, { config: { dialect, crossUser }, store: { history, people } }: Services): void {
  app.get<Route>(`/users/${USER_SEGMENT}/history/titles`, (request) => {
    const { generation, hasRarity } = contractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version')), dialect)
    const xuid = readUser(request.params.user)
    const { list, paging, version: pinned } = readHistoryQuery(request.query, { xuid, generation, dialect })

    const person = requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'history' }, people)

    const { titles, last, totalRecords } = history.list({
      ...list, ...paging, person: person.row, sandbox: sandboxOf(request.session), hasRarity, shows: shownOf(generation, dialect)
    })
    const next = writeNext({ last, count: titles.length }, { list, paging, dialect })
    const represent = (title: PlayedTitle) => ({
      ...generation === 'modern' ? representPlayed(title, dialect) : representPlayedV1(title), ...hasRarity && representRarityOf(title)
    })
    const page = { items: titles.map(represent), totalRecords }
    if (generation === 'modern') return representHistory({ ...page, continuationToken: next })
    const version = pinned ?? formatInstant(request.now)
    return representHistoryV1({ ...page, continuationToken: next !== null && dialect === 'live' ? `${next},${version}` : next }, version)
  })
}

/**
 * V1 lists what was played. V2 lists what something was unlocked or begun in [title-history]; in the live
 * service, what something was unlocked in [recorded].
 */
const shownOf = (generation: Generation, dialect: Dialect): Shown => generation === 'xbox360' ? 'played' : dialect === 'live' ? 'unlocked' : 'begun'
