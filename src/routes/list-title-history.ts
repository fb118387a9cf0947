import type { FastifyInstance } from 'fastify'
import { formatInstant } from '../instant.ts'
import { representHistory, representHistoryV1, representPlayed, representPlayedV1 } from '../representation/title-history.ts'
import { readHeader } from '../request/header.ts'
import { readHistoryQuery } from '../request/list-query.ts'
import { writeNext } from '../request/paging.ts'
import { readUser, USER_SEGMENT } from '../request/path.ts'
import { readContractVersion } from '../request/versions.ts'
import { requireReadable, sandboxOf } from '../rules/access.ts'
import { contractOf } from '../rules/contract.ts'
import type { Services } from '../services.ts'

interface Route { Params: { user: string }, Querystring: URLSearchParams }

/** `GET /users/xuid({xuid})/history/titles`: the titles that a user has played, and what was earned in them. */
export function listTitleHistory (app: FastifyInstance, { config: { dialect, crossUser }, store: { history, people } }: Services): void {
  app.get<Route>(`/users/${USER_SEGMENT}/history/titles`, (request) => {
    const { generation } = contractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version')), dialect)
    const xuid = readUser(request.params.user)
    const { list, paging } = readHistoryQuery(request.query, { xuid, generation, dialect })

    const person = requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'history' }, people)

    const { titles, last, totalRecords } = history.list({ ...paging, person: person.row, sandbox: sandboxOf(request.session), generation, order: list.order })
    const continuationToken = writeNext({ last, count: titles.length }, { list, paging, dialect })
    if (generation === 'modern') {
      return representHistory({ items: titles.map((title) => representPlayed(title, dialect)), continuationToken, totalRecords })
    }
    return representHistoryV1({ items: titles.map(representPlayedV1), continuationToken, totalRecords }, formatInstant(request.now))
  })
}
