import type { FastifyInstance } from 'fastify'
import { sendAnswer, type Made } from '../answers/answer-cache.ts'
import type { Person } from '../../model/user.ts'
import { notFound } from '../../model/refusals.ts'
import { shapeAlone, writeAlone } from '../answers/pages.ts'
import { readHeader } from '../../http/request-headers.ts'
import { pathOfUser, readAchievementId, readServiceConfigId } from '../../http/ids.ts'
import { readContractVersion } from '../request/contract-version.ts'
import { requireActive, requireReadable, requireServiceConfiguration } from '../../rules/access.ts'
import { singleContractOf, type SingleContract } from '../../rules/contract.ts'
import type { XboxServices } from '../services.ts'
import { viewerOf, type Viewer } from '../answers/achievement-cache.ts'
import { userOf } from './user-of.ts'

/** Whatever is inside is checked as an id, but for `update`, which is a path of its own. */
const ACHIEVEMENT_SEGMENT = ':achievementid(^(?![uU][pP][dD][aA][tT][eE]$)[^]*$)'

interface Route { Params: { user: string, scid: string, achievementid: string } }

/** What the answer with one achievement is made of, besides the world: nothing else has a part in it. */
interface SingleInput {
  readonly xuid: string
  readonly scid: string
  readonly id: number
  readonly contract: SingleContract
  readonly viewer: Viewer
}

/** `GET /users/xuid({xuid})/achievements/{scid}/{achievementid}`: one achievement. */
export function getAchievement (app: FastifyInstance, services: XboxServices): void {
  const { config: { dialect, crossUser }, store } = services
  const answer = services.answers('achievement', (input: SingleInput) => writeSingle(services, input))

  app.get<Route>(`${pathOfUser(dialect)}/achievements/:scid/${ACHIEVEMENT_SEGMENT}`, (request, reply) => {
    const { session } = request
    const contract = singleContractOf(readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect), dialect)
    const xuid = userOf(request)
    const scid = readServiceConfigId(request.params.scid, dialect)
    const id = readAchievementId(request.params.achievementid)

    const viewer = viewerOf(request, dialect)
    requireReadable({ claims: session, xuid, rule: crossUser, resource: 'single' }, store.people)
    const configuration = requireServiceConfiguration(session, store.catalogue.findServiceConfiguration({ scid, sandbox: viewer.sandbox }))
    const found = answer({ xuid, scid, id, contract, viewer })
    requireActive(configuration, { xuid, scid, achievementid: id })
    return sendAnswer(reply, found)
  })
}

/** @throws 404 when the service configuration has no such achievement. */
function writeSingle ({ config: { dialect }, store, views }: XboxServices, { xuid, scid, id, contract, viewer }: SingleInput): Made {
  const { generation, hasRarity } = contract
  const { row: person } = store.people.find(xuid) as Person
  const achievement = store.achievements.find(person, { scid, id, sandbox: viewer.sandbox, generation })
  if (achievement === undefined) throw notFound(`The service configuration has no achievement ${id}.`)
  const { row, progress } = achievement
  const shape = shapeAlone(dialect, contract, progress)
  const { write, locale } = views({ shape, viewer })(row)
  const place = shape === 'earned' ? store.achievements.findPlaces({ person, sandbox: viewer.sandbox }, [row]).get(row) : undefined
  const written = write(progress, hasRarity ? store.catalogue.findPopularity(row, viewer.sandbox) : undefined, place)
  return { pieces: writeAlone(written, { dialect, generation }), languages: new Set([locale]) }
}
