import type { FastifyInstance } from 'fastify'
import { readHeader } from '../../http/request-headers.ts'
import { readCatalogueQuery } from '../request/list-query.ts'
import { pathOfUser } from '../../http/ids.ts'
import { readContractVersion } from '../request/contract-version.ts'
import { requireReadable } from '../../rules/access.ts'
import { contractOf, requireV1 } from '../../rules/contract.ts'
import type { XboxServices } from '../services.ts'
import { prepareLists } from './answer-list.ts'
import { userOf } from './user-of.ts'

interface Route { Params: { user: string }, Querystring: URLSearchParams }

/** `GET /users/xuid({xuid})/titleachievements`: the catalogue of an Xbox 360 title, always as locked. V1 alone has it. */
export function listTitleAchievements (app: FastifyInstance, services: XboxServices): void {
  const { config: { dialect, crossUser }, store: { people } } = services
  const answer = prepareLists('titleachievements', services)

  app.get<Route>(`${pathOfUser(dialect)}/titleachievements`, (request, reply) => {
    const contract = requireV1(contractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect), dialect))
    const xuid = userOf(request)
    const query = readCatalogueQuery(request.query, { xuid, generation: contract.generation, dialect })

    requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'list' }, people)

    return answer(request, reply, { ...query, contract })
  })
}
