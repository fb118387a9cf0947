import { Type, type Static } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { requireValid, wrongInput } from '../http/body.ts'
import { readVersionHeader } from '../http/contract-header.ts'
import { invalidRequest, notAcceptable } from '../model/refusals.ts'
import { nullable } from '../world/schema-parts.ts'
import { PATTERNS } from '../world/schema-strings.ts'
import { readXuids, xuidText } from './body.ts'
import { anyCase, requireTitleId, titleIdText } from '../http/lenient-body.ts'

/** How many users one request may ask for. */
const MOST_USERS = 100
/** How many statistics and groups it may ask for, those of each user counted. */
const MOST_STATS = 10_000

const nullableList = <T extends Parameters<typeof Type.Array>[0]>(item: T, description: string, expected: string) =>
  Type.Union([Type.Array(item), Type.Null()], { default: [], description, errorMessage: expected })

const xuids = (description: string) => Type.Array(xuidText, {
  minItems: 1, maxItems: MOST_USERS, description, errorMessage: `a list of 1 to ${MOST_USERS} XUIDs`
})
const STAT_NAME = { minLength: 1, errorMessage: 'the name of a statistic' }
const statName = Type.String(STAT_NAME)
const scid = Type.String({ pattern: PATTERNS.guid, description: 'The service configuration.', errorMessage: 'a service configuration id, a GUID' })
const byTitleOrConfiguration = (name: string, description: string) => Type.Object({
  name: Type.String({ ...STAT_NAME, description: name }),
  titleid: Type.Optional(nullable(titleIdText, 'The title; in quotes or not.')),
  scid: Type.Optional(nullable(scid, 'Or the service configuration.'))
}, { description, errorMessage: 'an object with name, and titleid or scid' })

/** The body of `POST /batch` under contract 2 and 3; the names of its members are matched in any letter case. */
export const StatsBatchBody = Type.Object({
  arrangebyfield: anyCase(['xuid'], { default: 'xuid', description: 'xuid is all there is.', errorMessage: '"xuid"' }),
  xuids: xuids('The users; in quotes or not.'),
  stats: nullableList(byTitleOrConfiguration('E.g. MinutesPlayed.', 'A statistic.'), 'The statistics.', 'a list of statistics'),
  groups: nullableList(byTitleOrConfiguration('E.g. Hero.', 'The statistics that a title shows.'), 'Groups of statistics.', 'a list of groups')
}, { title: 'StatsBatchRequest', errorMessage: 'an object with xuids and stats' })

/** The body of `POST /batch` under contract 1. [stats] */
export const StatsBatchV1Body = Type.Object({
  requestedusers: xuids('The users; in quotes or not.'),
  requestedscids: Type.Array(Type.Object({ scid, requestedstats: Type.Array(statName, { errorMessage: 'a list of names of statistics' }) }, { errorMessage: 'an object with scid and requestedstats' }), {
    errorMessage: 'a list of service configurations'
  })
}, { title: 'StatsBatchRequestV1', errorMessage: 'an object with requestedusers and requestedscids' })

/** A statistic, or a group of them, of a title or of the titles of a service configuration. */
export interface AskedStat {
  readonly name: string
  /** Null when the service configuration was named. */
  readonly titleId: number | null
  /** In lower case; empty when the title was named. */
  readonly scid: string
}

/** What a batch asks for. */
export interface AskedStats {
  /** Canonical, each once. */
  readonly xuids: readonly string[]
  readonly stats: readonly AskedStat[]
  readonly groups: readonly AskedStat[]
}

/** @throws 400 for a body that is none, and for one that asks for too much. */
export function readStatsBatch (sent: unknown): AskedStats {
  const body = requireValid(StatsBatchBody, sent)
  const xuids = readXuids(body.xuids)
  const [stats, groups] = (['stats', 'groups'] as const).map((list) => (body[list] ?? []).map((each, index) => readAsked(each, `/${list}/${index}`)))
  return requireModest({ xuids, stats: stats as AskedStat[], groups: eachOnce(groups as AskedStat[]) })
}

/** What a batch under contract 1 asks for; its service configurations in lower case. @throws as {@link readStatsBatch}. */
export function readStatsBatchV1 (sent: unknown): AskedStats & { readonly configurations: ReadonlyArray<{ readonly scid: string, readonly stats: readonly AskedStat[] }> } {
  const body = requireValid(StatsBatchV1Body, sent)
  const configurations = body.requestedscids.map(({ scid, requestedstats }) => ({ scid: scid.toLowerCase(), stats: requestedstats.map((name) => askOf(name, scid)) }))
  return { ...requireModest({ xuids: readXuids(body.requestedusers), stats: configurations.flatMap(({ stats }) => stats), groups: [] }), configurations }
}

/** The statistics in a path, comma-delimited. @throws 400 when one has no name, or there are too many. */
export function readStatNames (segment: string, scid: string): AskedStat[] {
  const names = segment.split(',')
  if (names.includes('') || names.length > MOST_STATS) throw invalidRequest(`The names of the statistics are ${formatValue(segment)}; expected 1 to ${MOST_STATS} names, comma-delimited.`)
  return names.map((name) => askOf(name, scid))
}

const askOf = (name: string, scid: string): AskedStat => ({ name, titleId: null, scid: scid.toLowerCase() })

/** A group is long, and its name in another letter case the same. */
const eachOnce = (groups: readonly AskedStat[]): AskedStat[] => [...new Map(groups.map((group) => [`${group.titleId} ${group.scid} ${group.name.toLowerCase()}`, group])).values()]

function readAsked ({ name, titleid, scid }: Static<ReturnType<typeof byTitleOrConfiguration>>, path: string): AskedStat {
  if (titleid != null) return { name, titleId: requireTitleId(titleid, `${path}/titleid`), scid: '' }
  if (scid == null) throw wrongInput('The body', { path, message: 'found neither titleid nor scid, expected one of them' })
  return askOf(name, scid)
}

function requireModest (asked: AskedStats): AskedStats {
  const { xuids, stats, groups } = asked
  const total = xuids.length * (stats.length + groups.length)
  if (total > MOST_STATS) {
    throw invalidRequest(`The body asks for ${stats.length} statistics and ${groups.length} groups of ${xuids.length} users, which is ${total} in all; expected ${MOST_STATS} at most.`)
  }
  return asked
}

/** The contract versions that are served: 1 has a shape of its own. */
const STATS_CONTRACTS = [1, 2, 3]

/**
 * The contract version of a request: 1, which is documented, when it is absent.
 *
 * @throws 400 when it is no number, 406 for one that is not served.
 */
export function readStatsContract (request: Pick<FastifyRequest, 'headers'>): number {
  const version = readVersionHeader(request) ?? 1
  if (!STATS_CONTRACTS.includes(version)) throw notAcceptable(`x-xbl-contract-version is ${version}; served are 1 to 3.`)
  return version
}
