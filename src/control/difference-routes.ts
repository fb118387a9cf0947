import type { FastifyInstance } from 'fastify'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { DIFFERENCE_KINDS, type Difference, type DifferenceCounts, type DifferenceKind } from '../model/difference.ts'
import { readPageLimit } from './page.ts'

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
    query.requireKnown(['kind', 'user', 'limit', 'after'])
    const range = {
      kind: query.one('kind', `one of ${DIFFERENCE_KINDS.join(', ')}`, readDifferenceKind) ?? null,
      user: query.one('user', 'a XUID or a gamertag', String) ?? null,
      limit: readPageLimit(query),
      after: query.one('after', '`next` of the page before', (text) => DIFFERENCE_PAGE_START.test(text) ? text : undefined) ?? null
    }
    return read(() => ({ ...world.listDifferences(range), counts: world.countDifferences() }))
  })
}

const readDifferenceKind = (text: string): DifferenceKind | undefined => DIFFERENCE_KINDS.find((kind) => kind === text)
