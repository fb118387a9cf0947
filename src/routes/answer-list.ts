import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Achievement, Person } from '../domain.ts'
import { formatInstant } from '../instant.ts'
import type { Context } from '../representation/context.ts'
import { writeContinuationToken } from '../request/continuation-token.ts'
import type { ListQuery } from '../request/list-query.ts'
import { sandboxOf } from '../rules/access.ts'
import type { Contract } from '../rules/contract.ts'
import type { Envelope } from '../representation/pages.ts'
import type { Services } from '../services.ts'
import { prepareContexts } from './context.ts'

/**
 * Reads a page of achievements and represents each.
 *
 * @param represent an achievement as the answer's contract has it.
 */
export function answerList<T> (
  { request, reply, services }: { request: FastifyRequest, reply: FastifyReply, services: Services },
  { person, query, contract }: { person: Person, query: ListQuery, contract: Contract },
  represent: (achievement: Achievement, context: Context) => T
): Envelope<T> {
  const page = services.store.achievements.list({
    ...query, person, sandbox: sandboxOf(request.session), generation: contract.generation, now: formatInstant(request.now)
  })
  const contexts = prepareContexts(request, services, contract)
  const items = page.achievements.map((achievement) => represent(achievement, contexts.of(achievement)))
  contexts.describe(reply)
  return { items, continuationToken: page.last && writeContinuationToken(page.last, query.list), totalRecords: page.totalRecords }
}
