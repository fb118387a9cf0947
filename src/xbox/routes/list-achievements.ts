import type { FastifyInstance } from 'fastify'
import { readHeader } from '../../http/request-headers.ts'
import { readListQuery } from '../request/list-query.ts'
import { pathOfUser } from '../../http/ids.ts'
import { readContractVersion } from '../request/contract-version.ts'
import { requireReadable } from '../../rules/access.ts'
import { contractOf, isCatalogue } from '../../rules/contract.ts'
import type { XboxServices } from '../services.ts'
import { prepareLists } from './answer-list.ts'
import { userOf } from './user-of.ts'

interface Route { Params: { user: string }, Querystring: URLSearchParams }

/** `GET /users/xuid({xuid})/achievements`: what a user has done and, under V2, what there is to do. */
export function listAchievements (app: FastifyInstance, services: XboxServices): void {
  const { config: { dialect, crossUser }, store: { people } } = services
  const answer = prepareLists('achievements', services)

  app.get<Route>(`${pathOfUser(dialect)}/achievements`, (request, reply) => {
    const contract = contractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect), dialect)
    const xuid = userOf(request)
    const query = readListQuery(request.query, { xuid, generation: contract.generation, dialect, isCatalogue: isCatalogue(contract) })

    requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'list' }, people)

    return answer(request, reply, { ...query, contract })
  })
}
