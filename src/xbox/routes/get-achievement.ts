import type { FastifyInstance } from 'fastify'
import { readAchievementId, readServiceConfigId } from '../../http/ids.ts'
import { readPathUser, userPath } from '../../http/path-user.ts'
import { notFound } from '../../model/refusals.ts'
import { requireActive, requireReadable, requireServiceConfiguration, requireStillThere } from '../../rules/access.ts'
import { formatOfSingle } from '../answers/formats.ts'
import { renderSingle } from '../answers/page.ts'
import { sendResponse, type RenderedBody } from '../answers/response-cache.ts'
import { audienceOf, type Audience } from '../answers/template-cache.ts'
import { readSingleContract, type SingleContract } from '../request/contract-version.ts'
import type { XboxServices } from '../services.ts'

/** Any segment but `update`, which is a path of its own. The handler checks that it is an achievement id. */
const ACHIEVEMENT_SEGMENT = ':achievementid(^(?![uU][pP][dD][aA][tT][eE]$)[^]*$)'

interface SingleRoute { Params: { user: string, scid: string, achievementid: string } }

/** All that the response depends on, besides the database. The response cache makes its key of this. */
interface SingleInput {
  readonly xuid: string
  readonly scid: string
  readonly id: number
  readonly contract: SingleContract
  readonly audience: Audience
}

/** `GET /users/xuid({xuid})/achievements/{scid}/{achievementid}`: one achievement. */
export function getAchievement (app: FastifyInstance, services: XboxServices): void {
  const { config: { dialect, crossUser }, store: { catalogue, people } } = services
  const respond = services.cacheResponses('achievement', (input: SingleInput) => renderAchievement(services, input))

  app.get<SingleRoute>(`${userPath(dialect)}/achievements/:scid/${ACHIEVEMENT_SEGMENT}`, (request, reply) => {
    // What is wrong with the request itself comes first, for any caller: 400, or 406 for a contract version that is not served.
    const contract = readSingleContract(request, dialect)
    const xuid = readPathUser(request)
    const scid = readServiceConfigId(request.params.scid, dialect)
    const id = readAchievementId(request.params.achievementid)

    // 403 for the user in the path; then 403 or 404 for the service configuration, which the title of the token has to be able to read.
    const audience = audienceOf(request, dialect)
    requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'single' }, people)
    const configuration = requireServiceConfiguration(request.session, catalogue.findServiceConfiguration({ scid, sandbox: audience.sandbox }))

    // 404 for an achievement that does not exist comes before 301, 307 or 410 for one whose service configuration is not active.
    const response = respond({ xuid, scid, id, contract, audience })
    requireActive(configuration, { xuid, scid, achievementid: id })
    return sendResponse(reply, response)
  })
}

/** @throws 404 when the service configuration has no such achievement. */
function renderAchievement ({ config: { dialect }, store, findTemplates }: XboxServices, { xuid, scid, id, contract, audience }: SingleInput): RenderedBody {
  const { generation, hasRarity } = contract
  const { sandbox } = audience
  const { row: person } = requireStillThere(store.people.find(xuid))
  const achievement = store.achievements.find(person, { scid, id, sandbox, generation })
  if (achievement === undefined) throw notFound(`The service configuration has no achievement ${id}.`)
  const { row, progress } = achievement
  const format = formatOfSingle(dialect, contract, progress)
  const { render, locale } = findTemplates({ format, audience })(row)
  // V1 of an earned achievement alone contains the sequence of the unlock, which is slow to find.
  const sequence = format === 'earned' ? store.achievements.findUnlockSequences({ person, sandbox }, [row]).get(row) : undefined
  const rendered = render(progress, hasRarity ? store.catalogue.findPopularity(row, sandbox) : undefined, sequence)
  return { chunks: renderSingle(rendered, { dialect, generation }), locales: new Set([locale]) }
}
