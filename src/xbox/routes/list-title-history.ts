import type { FastifyInstance } from 'fastify'
import { sendJson } from '../../http/response.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { Generation } from '../../model/title.ts'
import type { PlayedTitle } from '../../model/played-title.ts'
import { formatInstant } from '../../base/instant.ts'
import { representHistory, representHistoryV1, representPlayed, representPlayedV1, representRarityOf } from '../answers/title-history.ts'
import { readHeader } from '../../http/request-headers.ts'
import { readHistoryQuery } from '../request/list-query.ts'
import { writeNext } from '../request/paging.ts'
import { pathOfUser } from '../../http/ids.ts'
import { readContractVersion } from '../request/contract-version.ts'
import { requireReadable, sandboxOf } from '../../rules/access.ts'
import { contractOf } from '../../rules/contract.ts'
import type { Services } from '../../http/services.ts'
import type { TitlesShown } from '../../store/lists/history.ts'
import { userOf } from './user-of.ts'

interface Route { Params: { user: string }, Querystring: URLSearchParams }

/** `GET /users/xuid({xuid})/history/titles`: the titles that a user has played, and what was earned in them. */
export function listTitleHistory (app: FastifyInstance, { config: { dialect, crossUser }, store: { history, people } }: Services): void {
  app.get<Route>(`${pathOfUser(dialect)}/history/titles`, (request, reply) => {
    const { generation, hasRarity } = contractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect), dialect)
    const xuid = userOf(request)
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
    if (generation === 'modern') return sendJson(reply, representHistory({ ...page, continuationToken: next }))
    const version = pinned ?? formatInstant(request.now)
    return sendJson(reply, representHistoryV1({ ...page, continuationToken: next !== null && dialect === 'live' ? `${next},${version}` : next }, version))
  })
}

/**
 * V1 lists what was played. V2 lists what something was unlocked or begun in [history]; in the live
 * service, what something was unlocked in [recorded].
 */
const shownOf = (generation: Generation, dialect: Dialect): TitlesShown => generation === 'xbox360' ? 'played' : dialect === 'live' ? 'unlocked' : 'begun'
