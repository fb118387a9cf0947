import type { FastifyInstance } from 'fastify'
import { readPathUser, userPath, type UserListRoute } from '../../http/path-user.ts'
import { requireReadable } from '../../rules/access.ts'
import { prepareListResponses } from '../answers/list-response.ts'
import { sendResponse } from '../answers/response-cache.ts'
import { readContract, requireV1 } from '../request/contract-version.ts'
import { readCatalogueQuery } from '../request/list-query.ts'
import type { XboxServices } from '../services.ts'

/** `GET /users/xuid({xuid})/titleachievements`: the catalogue of an Xbox 360 title, in which everything is locked. */
export function listTitleAchievements (app: FastifyInstance, services: XboxServices): void {
  const { config: { dialect, crossUser }, store: { people } } = services
  const respond = prepareListResponses('titleachievements', services)

  app.get<UserListRoute>(`${userPath(dialect)}/titleachievements`, (request, reply) => {
    // 406 under V2, which has no such route.
    const contract = requireV1(readContract(request, dialect))
    const xuid = readPathUser(request)
    // 400 without a title.
    const query = readCatalogueQuery(request.query, { xuid, generation: contract.generation, dialect })

    // The catalogue contains nothing of the user in the path, and yet 403 protects it like the list.
    requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'list' }, people)

    return sendResponse(reply, respond(request, { ...query, contract }))
  })
}
