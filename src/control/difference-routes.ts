import type { FastifyInstance } from 'fastify'
import { parseBoolean, Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { DIFFERENCE_KINDS, type Difference, type DifferenceCounts, type DifferenceKind } from '../model/difference.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { WorldDescription } from '../store/world/description.ts'
import { readPageLimit } from './page.ts'

/** Up to how many users a merged world is compared without being asked to: more take a second or several, in which nothing else is answered. */
const MOST_COMPARED_USERS = 5000

/** A page of what differs from the start. */
export interface DifferenceList {
  readonly differences: readonly Difference[]
  readonly counts: DifferenceCounts
  readonly next: string | null
}

/** As `next` of a page has it: a kind and the key of a row, or a place in a list. */
const DIFFERENCE_PAGE_START = /^(?:\d{1,15}|(?:user|session),\d{1,15}|friend,\d{1,15},\d{1,15}|(?:play|progress),\d{1,15},[A-Za-z\d.]{1,32},\d{1,15})$/

/** What is otherwise than at the start: after a reset there is nothing. */
export function differenceRoutes (app: FastifyInstance, { store: { read, world } }: Services): void {
  app.get<{ Querystring: URLSearchParams }>('/_emulator/world/differences', (request): DifferenceList => {
    const query = new Query(request.query)
    query.requireKnown(['kind', 'user', 'limit', 'after', 'slow'])
    const range = {
      kind: query.one('kind', `one of ${DIFFERENCE_KINDS.join(', ')}`, readDifferenceKind) ?? null,
      user: query.one('user', 'a XUID or a gamertag', String) ?? null,
      limit: readPageLimit(query),
      after: query.one('after', '`next` of the page before', (text) => DIFFERENCE_PAGE_START.test(text) ? text : undefined) ?? null
    }
    if (query.one('slow', 'true or false', parseBoolean) !== true) requireQuick(world.describe())
    return read(() => ({ ...world.listDifferences(range), counts: world.countDifferences() }))
  })
}

/** @throws 400 when the comparison takes as long as there are users, and there are many. */
function requireQuick ({ isMerged, world: { users } }: WorldDescription): void {
  if (isMerged && users > MOST_COMPARED_USERS) throw invalidRequest(`Something was merged into this world, which has ${users} users: to compare it with the start takes seconds, in which nothing else is answered. Expected slow=true with more than ${MOST_COMPARED_USERS} users.`)
}

const readDifferenceKind = (text: string): DifferenceKind | undefined => DIFFERENCE_KINDS.find((kind) => kind === text)
