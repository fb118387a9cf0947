import type { FastifyInstance } from 'fastify'
import { notFound } from '../errors.ts'
import { representAlone } from '../representation/pages.ts'
import { readHeader } from '../request/header.ts'
import { readAchievementId, readServiceConfigId, readUser, USER_SEGMENT } from '../request/path.ts'
import { readContractVersion } from '../request/versions.ts'
import { requireActive, requireReadable, requireServiceConfiguration, sandboxOf } from '../rules/access.ts'
import { singleContractOf } from '../rules/contract.ts'
import type { Services } from '../services.ts'
import { prepareContexts } from './context.ts'

interface Route { Params: { user: string, scid: string, achievementid: string } }

/** `GET /users/xuid({xuid})/achievements/{scid}/{achievementid}`: one achievement. */
export function getAchievement (app: FastifyInstance, services: Services): void {
  const { config: { dialect, crossUser }, store: { achievements, catalogue, people } } = services

  app.get<Route>(`/users/${USER_SEGMENT}/achievements/:scid/:achievementid`, (request, reply) => {
    const { session } = request
    const contract = singleContractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version')), dialect)
    const xuid = readUser(request.params.user)
    const scid = readServiceConfigId(request.params.scid, dialect)
    const id = readAchievementId(request.params.achievementid)

    const sandbox = sandboxOf(session)
    const person = requireReadable({ claims: session, xuid, rule: crossUser, resource: 'single' }, people)
    const configuration = requireServiceConfiguration(session, catalogue.findServiceConfiguration(scid, sandbox))
    const achievement = achievements.find(person, { scid, id, sandbox, generation: contract.generation })
    if (achievement === undefined) throw notFound(`The service configuration has no achievement ${id}.`)
    requireActive(configuration, { xuid, scid, achievementid: id })

    const contexts = prepareContexts(request, services, contract)
    const context = contexts.of(achievement)
    contexts.describe(reply)
    return representAlone(achievement, context, { dialect, generation: contract.generation })
  })
}
