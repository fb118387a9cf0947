import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readVersionHeader } from '../http/contract-header.ts'
import { originOf } from '../http/origin.ts'
import { sendText } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import type { HubTitle } from '../model/hub-title.ts'
import { notFound } from '../model/refusals.ts'
import type { StoredUser } from '../model/user.ts'
import { findReadable, sandboxOf } from '../rules/access.ts'
import { readPathXuid, USER_SEGMENT, type PathUserRoute } from './path-user.ts'
import { toHubTitle } from './titlehub-answer.ts'
import { readDecorations, readMaxItems, readNamedTitle, readTitleBatch, readTitleMoniker, type NamedTitles } from './titlehub-request.ts'

interface HubParams { moniker: string, decorations: string }
interface HubRoute { Params: HubParams, Querystring: URLSearchParams }
interface UserHubRoute extends PathUserRoute { Params: HubParams & PathUserRoute['Params'] }

const NOBODY = 'the user in the path hides its titles from the caller, or there is no such user, or the token carries no user claim'

/**
 * titlehub.xboxlive.com: titles, and what users have done in them. Of a user whom the caller may not read the list is
 * empty, as it is of one who does not exist, so that nobody learns who exists.
 */
export function titlehubRoutes (app: FastifyInstance, { config: { crossUser }, store: { people, titleHub } }: Services): void {
  /** The user in the path, when the caller may read it. */
  function findUser (request: FastifyRequest<PathUserRoute>): { xuid: string, person: StoredUser | undefined } {
    const xuid = readPathXuid(request, people)
    const person = findReadable({ claims: request.session, xuid, rule: crossUser, resource: 'history' }, people)
    if (person === undefined) request.hint = `The list is empty because ${NOBODY}.`
    return { xuid, person }
  }

  /** @throws 404 when package family names are all that is asked for, and no title has one of them. */
  function findNamed ({ pfns, titleIds }: NamedTitles, person: StoredUser | null, sandbox: string): HubTitle[] {
    const byPfn = titleHub.findByPfns({ person, sandbox, pfns })
    if (pfns.length > 0 && titleIds.length === 0 && byPfn.length === 0) throw notFound('No title that is published in the sandbox of the token has the package family name.')
    const known = new Set(byPfn.map(({ titleId }) => titleId))
    return [...byPfn, ...titleHub.find({ person, sandbox, titleIds: titleIds.filter((titleId) => !known.has(titleId)) })]
  }

  // Before a body is read, so that this refusal goes before those of the body.
  app.addHook('onRequest', async (request) => { readVersionHeader(request) })

  app.get<UserHubRoute>(`/users/${USER_SEGMENT}/titles/:moniker/decoration/:decorations`, (request, reply) => {
    const moniker = readTitleMoniker(request.params.moniker)
    const limit = readMaxItems(request.query)
    const { xuid, person } = findUser(request)
    const sandbox = sandboxOf(request.session)
    if (person === undefined) return sendTitles([], { request, reply, xuid, ...moniker })
    const titles = moniker.isHistory ? titleHub.listPlayed({ person, sandbox, limit }) : findNamed(moniker, person, sandbox)
    return sendTitles(titles, { request, reply, xuid, ...moniker })
  })

  app.post<UserHubRoute>(`/users/${USER_SEGMENT}/titles/batch/decoration/:decorations`, (request, reply) => {
    const named = readTitleBatch(request.body)
    const { xuid, person } = findUser(request)
    return sendTitles(person === undefined ? [] : findNamed(named, person, sandboxOf(request.session)), { request, reply, xuid })
  })

  app.get<HubRoute>('/titles/:moniker/decoration/:decorations', (request, reply) =>
    sendTitles(findNamed(readNamedTitle(request.params.moniker), null, sandboxOf(request.session)), { request, reply, xuid: null }))

  app.post<HubRoute>('/titles/batch/decoration/:decorations', (request, reply) =>
    sendTitles(findNamed(readTitleBatch(request.body), null, sandboxOf(request.session)), { request, reply, xuid: null }))
}

/**
 * The percentages in a JSON text; the quotes inside a string are escaped, so that there is none in one. The service writes
 * them with a decimal, at which a client that wants an integer fails. [titlehub]
 */
const PERCENTAGE = /"progressPercentage":\d+/g

/**
 * Sends titles with what the path asks for of them.
 *
 * @param xuid null where nobody's titles are asked for.
 */
function sendTitles (titles: readonly HubTitle[], { request, reply, xuid, isHistory = false }: {
  request: FastifyRequest<{ Params: HubParams }>, reply: FastifyReply, xuid: string | null, isHistory?: boolean
}): FastifyReply {
  const context = { decorations: readDecorations(request.params.decorations), origin: originOf(request), hasUser: xuid !== null, isHistory }
  const text = JSON.stringify({ xuid, titles: titles.map((title) => toHubTitle(title, context)) })
  return sendText(reply.type(request.headerDefaults.jsonType), text.replaceAll(PERCENTAGE, '$&.0'))
}
