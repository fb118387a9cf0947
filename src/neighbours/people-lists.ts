import type { FastifyRequest } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { StoredUser } from '../model/user.ts'
import { MOST_NAMED_USERS, readXuids } from './body.ts'
import type { Relations } from './relations.ts'
import { findSeen, type SeenUser } from './seen-user.ts'

/** How many people a list tells of: as many as a user of the live service can add. [people-rec] */
export const MOST_PEOPLE = 1000

const HIDDEN_LIST = 'The list is empty because the privacy setting of the user in the path does not let the caller see it.'

/** Which people a path asks for. */
export type PeopleGroup =
  | { readonly kind: 'social' | 'friends' | 'followers' | 'search' | 'recommendations' | 'nobody' }
  | { readonly kind: 'xuids', readonly xuids: readonly string[] }

const KINDS = ['social', 'friends', 'followers', 'search', 'recommendations'] as const

/**
 * The people that a segment of a path asks for, in any letter case.
 *
 * @throws 400 for other words, and for XUIDs that are no unsigned 64-bit integers or too many.
 */
export function readPeopleGroup (segment: string): PeopleGroup {
  const word = segment.toLowerCase()
  const kind = KINDS.find((known) => known === word)
  if (kind !== undefined) return { kind }
  if (/^(?:recentplayers|friendrequests\((?:received|sent)\))$/.test(word)) return { kind: 'nobody' }
  const [, list] = /^xuids\(([^]*)\)$/.exec(word) ?? []
  if (list === undefined) throw invalidRequest(`The people are ${formatValue(segment)}; expected ${KINDS.join(', ')} or xuids(…).`)
  const xuids = list.split(',')
  if (xuids.length > MOST_NAMED_USERS) throw invalidRequest(`The path names ${xuids.length} people; expected ${MOST_NAMED_USERS} at most.`)
  return { kind: 'xuids', xuids: readXuids(xuids.map((xuid) => xuid.trim())) }
}

type FriendLists = Pick<Services['store']['people'], 'listFollowing'>

/** Whom a user has added, at most {@link MOST_PEOPLE}; nobody, and the journal says why, when the caller may not see it. */
export function listFollowed (request: Pick<FastifyRequest, 'hint'>, owner: SeenUser, { listFollowing }: FriendLists): StoredUser[] {
  if (owner.isReadable) return listFollowing(owner).slice(0, MOST_PEOPLE)
  request.hint = HIDDEN_LIST
  return []
}

/** The XUIDs of those whom a user has added and who have added the user. */
function listMutual (user: SeenUser, { listFollowing }: FriendLists, { listFollowers }: Relations): string[] {
  const followers = new Set(listFollowers(user).map(({ xuid }) => xuid))
  return listFollowing(user).map(({ xuid }) => xuid).filter((xuid) => followers.has(xuid))
}

/** How many people a search finds, unless it asks for fewer. */
const MOST_FOUND = 100

/**
 * The XUIDs of the people that a request asks for, at most {@link MOST_PEOPLE} of a list. Lists of a user are for whom
 * the user lets see them, and empty for others.
 *
 * @throws 400 for a search without `q`, or with a `maxItems` that is no integer from 1.
 */
export function listPeople (request: FastifyRequest<{ Querystring: URLSearchParams }>, { owner, group, relations, services }: {
  owner: SeenUser, group: PeopleGroup, relations: Relations, services: Services
}): readonly string[] {
  const { store: { people } } = services
  if (group.kind === 'xuids') return group.xuids
  if (group.kind === 'search') return searchPeople(request.query, people)
  // Nobody has played with anybody, and who adds somebody asks nobody.
  if (group.kind === 'nobody') return []
  if (group.kind === 'social' || !owner.isReadable) return listFollowed(request, owner, people).map(({ xuid }) => xuid)
  if (group.kind === 'recommendations') return recommend(request, owner, services)
  const all = group.kind === 'friends' ? listMutual(owner, people, relations) : relations.listFollowers(owner).map(({ xuid }) => xuid)
  return all.slice(0, MOST_PEOPLE)
}

/** Those whose gamertag begins with the text. */
function searchPeople (parameters: URLSearchParams, { findByStart }: Pick<Services['store']['people'], 'findByStart'>): string[] {
  const query = new Query(parameters)
  const gamertag = query.one('q', 'how a gamertag begins', (text) => text === '' ? undefined : text)
  if (gamertag === undefined) throw invalidRequest('q is missing; expected how a gamertag begins.')
  const limit = query.one('maxItems', 'an integer from 1', (text) => readUnsigned32(text) || undefined) ?? MOST_FOUND
  return findByStart({ gamertag, limit: Math.min(limit, MOST_FOUND) })
}

/** How many people are recommended, and the friends of how many friends are looked through for them. */
const MOST_RECOMMENDED = 50
const MOST_ASKED = 100

/** Those whom people have added that the user has added, and the user has not. */
function recommend (request: FastifyRequest, user: SeenUser, services: Services): string[] {
  const { store: { people } } = services
  const added = people.listFollowing(user)
  const known = new Set([user.xuid, ...added.map(({ xuid }) => xuid)])
  const found = new Set<string>()
  for (const friend of added.slice(0, MOST_ASKED)) {
    if (found.size >= MOST_RECOMMENDED) break
    if (findSeen(request, friend.xuid, services)?.isReadable !== true) continue
    for (const { xuid } of people.listFollowing(friend)) if (!known.has(xuid)) found.add(xuid)
  }
  return [...found].slice(0, MOST_RECOMMENDED)
}
