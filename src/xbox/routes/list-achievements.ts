import type { FastifyInstance } from 'fastify'
import { readPathUser, userPath, type UserListRoute } from '../../http/path-user.ts'
import { requireReadable } from '../../rules/access.ts'
import { prepareListResponses } from '../answers/list-response.ts'
import { sendResponse } from '../answers/response-cache.ts'
import { readContract, isCatalogue } from '../request/contract-version.ts'
import { readListQuery } from '../request/list-query.ts'
import type { XboxServices } from '../services.ts'

/** `GET /users/xuid({xuid})/achievements`: what a user has earned and, under V2, what there is to earn. */
export function listAchievements (app: FastifyInstance, services: XboxServices): void {
  const { config: { dialect, crossUser }, store: { people } } = services
  const respond = prepareListResponses('achievements', services)

  app.get<UserListRoute>(`${userPath(dialect)}/achievements`, (request, reply) => {
    // What is wrong with the request itself comes first, for any caller: 400, or 406 for a contract version that is not served.
    const contract = readContract(request, dialect)
    const xuid = readPathUser(request)
    const query = readListQuery(request.query, { xuid, generation: contract.generation, dialect, isCatalogue: isCatalogue(contract) })

    // 403, also when the response is cached: access is not a part of the cache's key.
    requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'list' }, people)

    return sendResponse(reply, respond(request, { ...query, contract }))
  })
}
