import type { FastifyInstance } from 'fastify'
import { formatInstant } from '../../base/instant.ts'
import { readPathUser, userPath, type UserListRoute } from '../../http/path-user.ts'
import { sendJson } from '../../http/send.ts'
import type { Services } from '../../http/services.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { PlayedTitle } from '../../model/played-title.ts'
import type { Generation } from '../../model/title.ts'
import { requireReadable, sandboxOf } from '../../rules/access.ts'
import { explainEmptyList } from '../../rules/empty-list.ts'
import type { HistoryScope } from '../../store/lists/history.ts'
import { toRareUnlocks } from '../../rules/rarity.ts'
import { toPlayedTitle, toPlayedTitleV1, toTitleHistory } from '../answers/title-history.ts'
import { readContract } from '../request/contract-version.ts'
import { readHistoryQuery } from '../request/list-query.ts'
import { writeNextToken } from '../request/paging.ts'

/** `GET /users/xuid({xuid})/history/titles`: the titles that a user has played, and what was earned in them. */
export function listTitleHistory (app: FastifyInstance, { config: { dialect, crossUser }, store: { history, people, findTitlesAtHand } }: Services): void {
  app.get<UserListRoute>(`${userPath(dialect)}/history/titles`, (request, reply) => {
    // What is wrong with the request itself comes first, for any caller: 400, or 406 for a contract version that is not served.
    const { generation, hasRarity } = readContract(request, dialect)
    const xuid = readPathUser(request)
    const { list, paging, version: pinned } = readHistoryQuery(request.query, { xuid, generation, dialect })

    // 403 when privacy does not let the caller read it.
    const person = requireReadable({ claims: request.session, xuid, rule: crossUser, resource: 'history' }, people)

    const sandbox = sandboxOf(request.session)
    const { titles, last, totalRecords } = history.list({
      ...list, ...paging, person: person.row, sandbox, hasRarity, scope: titlesOf(generation, dialect)
    })
    const asked = { generation, titleIds: list.titleIds, sandbox }
    if (totalRecords === 0) request.hint = explainEmptyList(asked, findTitlesAtHand(asked))
    const toTitle = (title: PlayedTitle) => ({
      ...generation === 'modern' ? toPlayedTitle(title, dialect) : toPlayedTitleV1(title), ...hasRarity && { rareUnlocks: toRareUnlocks(title.unlocks) }
    })
    const token = writeNextToken({ last, count: titles.length }, { list, paging, dialect })
    const page = { items: titles.map(toTitle), totalRecords }
    if (generation === 'modern') return sendJson(reply, toTitleHistory({ ...page, continuationToken: token }))

    // Every page of V1 has the version of the first one; in the live dialect the token carries it. [recorded]
    const version = pinned ?? formatInstant(request.now)
    const continuationToken = token !== null && dialect === 'live' ? `${token},${version}` : token
    return sendJson(reply, { ...toTitleHistory({ ...page, continuationToken }), version })
  })
}

/**
 * Which titles are listed: under V1 those that were played; under V2 those in which something was unlocked
 * or begun [history], in the live dialect those in which something was unlocked [recorded].
 */
const titlesOf = (generation: Generation, dialect: Dialect): HistoryScope => generation === 'xbox360' ? 'played' : dialect === 'live' ? 'unlocked' : 'begun'
