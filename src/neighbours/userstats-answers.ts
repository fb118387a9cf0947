import { Type, type Static } from '@sinclair/typebox'
import { guid, literals, object, string } from '../http/answer-schema.ts'
import { STAT_TYPES, type UserStat } from '../model/user-details.ts'
import type { AskedStat } from './userstats-requests.ts'

const xuid = Type.String({ pattern: '^[0-9]+$', description: 'The user.' })
const decimal = Type.String({ pattern: '^[0-9]+$', description: 'The title, where it was asked for by title.' })
const type = literals(STAT_TYPES, 'What the value is.')
const value = string('Always a string.')
const noMembers = (description: string) => Type.Object({}, { additionalProperties: false, description })
const configuration = guid('The service configuration.')

const arranged = <T extends Parameters<typeof Type.Array>[0]>(stat: T) => Type.Array(object({
  arrangebyfield: literals(['xuid'], 'By what the statistics are arranged.'),
  arrangebyfieldid: xuid,
  stats: Type.Array(stat, { description: 'Those that have a value; none of a user whom the caller may not look at.' })
}), { description: 'For each user one entry, in the order asked.' })

const groupMembers = { xuid, scid: configuration, name: string('Its name.'), type, value }

/** What contract 2 and 3 answer to `GET …/stats/{names}`. [stats-rec] */
export const UserStatsAnswer = object({
  statlistscollection: arranged(object({ ...groupMembers, properties: noMembers('Always empty.') }, { title: 'UserStat' }))
}, { title: 'UserStats' })

const GroupProperties = object({
  Ordinal: string('Its place in the group, from 1 on.'),
  SortOrder: literals(['Descending'], 'Which value is best.'),
  DisplayName: string('How it is called.'),
  DisplayFormat: type,
  DisplaySemantic: literals(['Best'], 'What the value stands for.')
}, { title: 'StatGroupProperties' })

/** What contract 2 and 3 answer to `POST /batch`. [stats-rec] */
export const StatsBatch = object({
  groups: Type.Array(object({
    name: string('As it was asked.'),
    titleid: Type.Optional(decimal),
    scid: Type.Optional(configuration),
    statlistscollection: arranged(object({ groupproperties: GroupProperties, ...groupMembers, properties: object({ DisplayName: string('How it is called.') }) }, { title: 'GroupedStat' }))
  }), { description: 'The groups, in the order asked.' }),
  statlistscollection: arranged(object({
    groupproperties: noMembers('Always empty.'),
    xuid,
    scid: configuration,
    titleid: Type.Optional(decimal),
    name: string('Its name.'),
    type,
    value,
    properties: noMembers('Always empty.')
  }, { title: 'BatchedStat' }))
}, { title: 'StatsBatch' })

const StatV1 = object({ statname: string('Its name.'), type, value }, { title: 'UserStatV1' })
const shownGamertag = string('Empty for a user whom the caller may not look at.')

/** What contract 1 answers to `GET …/stats/{names}`. [stats][xsapi] */
export const UserStatsV1 = object({ user: object({ xuid, gamertag: shownGamertag, stats: Type.Array(StatV1) }) }, { title: 'UserStatsV1' })

/** What contract 1 answers to `POST /batch`. [stats][xsapi] */
export const StatsBatchV1 = object({
  users: Type.Array(object({ gamertag: shownGamertag, xuid, scids: Type.Array(object({ scid: configuration, stats: Type.Array(StatV1) })) }))
}, { title: 'StatsBatchV1' })

/** A statistic of a user, and how it was asked for. */
export interface FoundStat {
  readonly asked: AskedStat
  readonly stat: UserStat
}

/** What was found of a user. */
export interface UserFindings {
  readonly xuid: string
  /** Empty for one whom the caller may not look at. */
  readonly gamertag: string
  readonly stats: readonly FoundStat[]
}

const arrangedOf = <T>(xuid: string, stats: T[]) => ({ arrangebyfield: 'xuid' as const, arrangebyfieldid: xuid, stats })

/** A user's statistics under contract 2 and 3. */
export const formatUserStats = ({ xuid, stats }: UserFindings): Static<typeof UserStatsAnswer> => ({
  statlistscollection: [arrangedOf(xuid, stats.map(({ stat }) => ({ ...membersOf(xuid, stat), properties: {} })))]
})

const membersOf = (xuid: string, { serviceConfigId, name, type, value }: UserStat) => ({ xuid, scid: serviceConfigId, name, type, value })

/** The part of a batch that is no group. A statistic that was asked for by title says which: clients go by it. [stats-clients] */
export const formatStatLists = (users: readonly UserFindings[]): Static<typeof StatsBatch>['statlistscollection'] =>
  users.map(({ xuid, stats }) => arrangedOf(xuid, stats.map(({ asked, stat: { serviceConfigId: scid, titleId, name, type, value } }) => ({
    groupproperties: {}, xuid, scid, ...asked.titleId !== null && { titleid: String(titleId) }, name, type, value, properties: {}
  }))))

/** A group of a batch: the statistics of each user that belong to it. */
export const formatStatGroup = ({ name, titleId, scid }: AskedStat, users: ReadonlyArray<{ readonly xuid: string, readonly stats: readonly UserStat[] }>): Static<typeof StatsBatch>['groups'][number] => ({
  name,
  ...titleId === null ? { scid } : { titleid: String(titleId) },
  statlistscollection: users.map(({ xuid, stats }) => arrangedOf(xuid, stats.map((stat, index) => ({
    groupproperties: { Ordinal: String(index + 1), SortOrder: 'Descending' as const, DisplayName: stat.name, DisplayFormat: stat.type, DisplaySemantic: 'Best' as const },
    ...membersOf(xuid, stat),
    properties: { DisplayName: stat.name }
  }))))
})

const toStatV1 = ({ stat: { name, type, value } }: FoundStat): Static<typeof StatV1> => ({ statname: name, type, value })

/** A user's statistics under contract 1. */
export const formatUserStatsV1 = ({ xuid, gamertag, stats }: UserFindings): Static<typeof UserStatsV1> => ({ user: { xuid, gamertag, stats: stats.map(toStatV1) } })

/** A batch under contract 1. */
export const formatStatsBatchV1 = (users: ReadonlyArray<Omit<UserFindings, 'stats'> & { readonly scids: ReadonlyArray<{ readonly scid: string, readonly stats: readonly FoundStat[] }> }>): Static<typeof StatsBatchV1> => ({
  users: users.map(({ xuid, gamertag, scids }) => ({ gamertag, xuid, scids: scids.map(({ scid, stats }) => ({ scid, stats: stats.map(toStatV1) })) }))
})
