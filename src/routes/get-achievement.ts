import type { FastifyInstance } from 'fastify'
import { notFound } from '../errors.ts'
import { shapeAlone, writeAlone } from '../representation/pages.ts'
import { readHeader } from '../request/header.ts'
import { readAchievementId, readServiceConfigId, readUser, USER_SEGMENT } from '../request/path.ts'
import { readContractVersion } from '../request/versions.ts'
import { requireActive, requireReadable, requireServiceConfiguration } from '../rules/access.ts'
import { singleContractOf } from '../rules/contract.ts'
import type { Services } from '../services.ts'
import { sendAnswer } from '../answers.ts'
import { viewerOf } from '../views.ts'

/** Whatever is inside is checked as an id, but for `update`, which is a path of its own. */
const ACHIEVEMENT_SEGMENT = ':achievementid(^(?![uU][pP][dD][aA][tT][eE]$)[^]*$)'

interface Route { Params: { user: string, scid: string, achievementid: string } }

/** `GET /users/xuid({xuid})/achievements/{scid}/{achievementid}`: one achievement. */
export function getAchievement (app: FastifyInstance, { config: { dialect, crossUser }, store, views, answers }: Services): void {
  app.get<Route>(`/users/${USER_SEGMENT}/achievements/:scid/${ACHIEVEMENT_SEGMENT}`, (request, reply) => {
    const { session } = request
    const contract = singleContractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version')), dialect)
    const xuid = readUser(request.params.user)
    const scid = readServiceConfigId(request.params.scid, dialect)
    const id = readAchievementId(request.params.achievementid)

    const viewer = viewerOf(request)
    const { sandbox } = viewer
    const person = requireReadable({ claims: session, xuid, rule: crossUser, resource: 'single' }, store.people)
    const configuration = requireServiceConfiguration(session, store.catalogue.findServiceConfiguration(scid, sandbox))

    const name = `single ${person.row} ${contract.generation} ${contract.hasRarity} ${scid} ${id} ${sandbox} ${viewer.location} ${viewer.language}`
    return sendAnswer(reply, answers(name, () => {
      const achievement = store.achievements.find(person, { scid, id, sandbox, generation: contract.generation })
      if (achievement === undefined) throw notFound(`The service configuration has no achievement ${id}.`)
      requireActive(configuration, { xuid, scid, achievementid: id })

      const { row, progress } = achievement
      const { write, locale } = views(shapeAlone(dialect, contract.generation, progress), viewer)(row)
      const written = write(progress, contract.hasRarity ? store.catalogue.findPopularity(row, sandbox) : undefined)
      return { pieces: writeAlone(written, { dialect, generation: contract.generation }), languages: new Set([locale]) }
    }))
  })
}
