import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readServiceConfigId } from '../http/ids.ts'
import type { Services } from '../http/services.ts'
import type { Caller } from '../model/session.ts'
import { MINUTES_PLAYED, type UserStat } from '../model/user-details.ts'
import { findReadable, requireUser, sandboxOf } from '../rules/access.ts'
import { readPathXuid, USER_SEGMENT, type PathUserRoute } from './path-user.ts'
import { formatStatGroup, formatStatLists, formatStatsBatchV1, formatUserStats, formatUserStatsV1, type FoundStat, type UserFindings } from './userstats-answers.ts'
import { readStatNames, readStatsBatch, readStatsBatchV1, readStatsContract, type AskedStat } from './userstats-requests.ts'

/** The group that a title shows of itself: all of its statistics but the one that the service itself counts. */
const HERO_GROUP = /^hero$/i

/**
 * userstats.xboxlive.com: statistics of users in the sandbox of the token. What was not found, and what the caller may
 * not see, is left out.
 */
export function userstatsRoutes (app: FastifyInstance, services: Services): void {
  const onRequest = async (request: FastifyRequest): Promise<void> => { readStatsContract(request) }

  app.post('/batch', { onRequest }, (request) => {
    const isV1 = readStatsContract(request) === 1
    return isV1 ? readBatchV1(request, services) : readBatch(request, services)
  })

  interface StatsRoute extends PathUserRoute { Params: { user: string, scid: string, names: string } }
  app.get<StatsRoute>(`/users/${USER_SEGMENT}/scids/:scid/stats/:names`, { onRequest }, (request) => {
    const xuid = readPathXuid(request, services.store.people)
    const asked = readStatNames(request.params.names, readServiceConfigId(request.params.scid, 'documented'))
    const user = createStatReader(services, request.session)(xuid, asked)
    const found = { ...user, stats: selectStats(asked, user) }
    return readStatsContract(request) === 1 ? formatUserStatsV1(found) : formatUserStats(found)
  })
}

function readBatch ({ body, session }: FastifyRequest, services: Services) {
  const { xuids, stats, groups } = readStatsBatch(body)
  const readUser = createStatReader(services, session)
  const users = xuids.map((xuid) => readUser(xuid, [...stats, ...groups]))
  return {
    groups: groups.map((group) => formatStatGroup(group, users.map((user) => ({ xuid: user.xuid, stats: HERO_GROUP.test(group.name) ? heroStatsOf(group, user) : [] })))),
    statlistscollection: formatStatLists(users.map((user) => ({ ...user, stats: selectStats(stats, user) })))
  }
}

function readBatchV1 ({ body, session }: FastifyRequest, services: Services) {
  const { xuids, stats, configurations } = readStatsBatchV1(body)
  const readUser = createStatReader(services, session)
  return formatStatsBatchV1(xuids.map((xuid) => {
    const user = readUser(xuid, stats)
    return { ...user, scids: configurations.map(({ scid, stats }) => ({ scid, stats: selectStats(stats, user) })) }
  }))
}

/** What is known of a user, and of which titles that is. */
interface KnownStats extends Omit<UserFindings, 'stats'> {
  readonly known: readonly UserStat[]
  readonly titleIdsOf: (asked: AskedStat) => readonly number[]
}

/**
 * Makes what reads the statistics of users in the titles that are asked for. Whom the caller may not look at is like
 * somebody who does not exist: without a gamertag, and with nothing known.
 *
 * @throws 403 when the token carries no user claim.
 */
function createStatReader ({ config: { crossUser: rule }, store }: Services, session: Caller): (xuid: string, asked: readonly AskedStat[]) => KnownStats {
  requireUser(session)
  const titlesOfConfigurations = new Map<string, readonly number[]>()
  const titleIdsOf = ({ titleId, scid }: AskedStat): readonly number[] => {
    if (titleId !== null) return [titleId]
    let titleIds = titlesOfConfigurations.get(scid)
    if (titleIds === undefined) titlesOfConfigurations.set(scid, titleIds = store.catalogue.findTitleIds(scid))
    return titleIds
  }
  return (xuid, asked) => {
    const person = findReadable({ claims: session, xuid, rule, resource: 'history' }, store.people)
    const gamertag = person && store.people.findSettings(xuid)?.gamertag
    if (person === undefined || gamertag === undefined) return { xuid, gamertag: '', known: [], titleIdsOf }
    const titleIds = [...new Set(asked.flatMap(titleIdsOf))]
    return { xuid, gamertag, known: store.stats.find({ person, sandbox: sandboxOf(session), titleIds }), titleIdsOf }
  }
}

/**
 * The statistics that were asked for and have a value, in the order asked, each once. Of a service configuration that
 * titles share it is that of the first title that has one.
 */
function selectStats (asked: readonly AskedStat[], { known, titleIdsOf }: KnownStats): FoundStat[] {
  const keyOf = (titleId: number, name: string): string => `${titleId} ${name.toLowerCase()}`
  const stats = new Map(known.map((stat) => [keyOf(stat.titleId, stat.name), stat]))
  const found = new Map<UserStat, FoundStat>()
  for (const each of asked) {
    const stat = titleIdsOf(each).map((titleId) => stats.get(keyOf(titleId, each.name))).find((stat) => stat !== undefined)
    if (stat !== undefined && !found.has(stat)) found.set(stat, { asked: each, stat })
  }
  return [...found.values()]
}

function heroStatsOf (group: AskedStat, { known, titleIdsOf }: KnownStats): UserStat[] {
  const titleIds = titleIdsOf(group)
  return known.filter(({ titleId, name }) => titleIds.includes(titleId) && name !== MINUTES_PLAYED)
}
