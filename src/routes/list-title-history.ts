import type { FastifyInstance } from 'fastify'
import { formatInstant } from '../instant.ts'
import { representHistory, representHistoryV1, representPlayed, representPlayedV1 } from '../representation/title-history.ts'
import { writeContinuationToken } from '../request/continuation-token.ts'
import { readHeader } from '../request/header.ts'
import { readHistoryQuery } from '../request/list-query.ts'
import { pathOfUser } from '../request/path.ts'
import { readContractVersion } from '../request/versions.ts'
import { requireReadable, sandboxOf } from '../rules/access.ts'
import { contractOf } from '../rules/contract.ts'
import type { Services } from '../services.ts'
import { userOf } from './user-of.ts'

interface Route { Params: { user: string }, Querystring: URLSearchParams }

/** `GET /users/xuid({xuid})/history/titles`: the titles that a user has played, and what was earned in them. */
export function listTitleHistory (app: FastifyInstance, { config: { dialect, crossUser }, store: { history, people } }: Services): void {
  app.get<Route>(`${pathOfUser(dialect)}/history/titles`, (request) => {
    const { generation } = contractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect), dialect)
    const xuid = userOf(request)
    const { list, paging } = readHistoryQuery(request.query, { xuid, generation, dialect })

    const person = requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'list' }, people)

    const { titles, last, totalRecords } = history.list({ ...paging, person: person.row, sandbox: sandboxOf(request.session), generation, order: list.order })
    const continuationToken = last && writeContinuationToken(last, list)
    if (generation === 'modern') {
      return representHistory({ items: titles.map((title) => representPlayed(title, dialect)), continuationToken, totalRecords })
    }
    return representHistoryV1({ items: titles.map(representPlayedV1), continuationToken, totalRecords }, formatInstant(request.now))
  })
}
