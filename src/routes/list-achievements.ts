import type { FastifyInstance } from 'fastify'
import { readHeader } from '../request/header.ts'
import { readListQuery } from '../request/list-query.ts'
import { readUser, USER_SEGMENT } from '../request/path.ts'
import { readContractVersion } from '../request/versions.ts'
import { requireReadable } from '../rules/access.ts'
import { contractOf, isCatalogue } from '../rules/contract.ts'
import type { Services } from '../services.ts'
import { prepareLists } from './answer-list.ts'

interface Route { Params: { user: string }, Querystring: URLSearchParams }

/** `GET /users/xuid({xuid})/achievements`: what a user has done and, under V2, what there is to do. */
export function listAchievements (app: FastifyInstance, services: Services): void {
  const { config: { dialect, crossUser }, store: { people } } = services
  const answer = prepareLists('achievements', services)

  app.get<Route>(`/users/${USER_SEGMENT}/achievements`, (request, reply) => {
    const contract = contractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version')), dialect)
    const xuid = readUser(request.params.user)
    const query = readListQuery(request.query, { xuid, generation: contract.generation, dialect, isCatalogue: isCatalogue(contract) })

    requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'list' }, people)

    return answer(request, reply, { ...query, contract })
  })
}
