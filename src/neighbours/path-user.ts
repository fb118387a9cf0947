import type { FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { readXuid } from '../http/ids.ts'
import { notFound } from '../model/refusals.ts'
import { requireUser } from '../rules/access.ts'
import type { Store } from '../store/store.ts'

/** The route parameter for the user of a path: `xuid(…)`, `gt(…)` with a gamertag, or `me`. What is in the brackets is checked later. */
export const USER_SEGMENT = ':user(^(?:(?:[xX][uU][iI][dD]|[gG][tT])\\([^]*\\)|[mM][eE])$)'

/** How a route of these hosts begins that is about a user. */
export interface PathUserRoute { Params: { user: string }, Querystring: URLSearchParams }

/**
 * The canonical XUID of the user in the path, who need not exist; that of the caller for `me`.
 *
 * @throws 400 for a malformed XUID, 403 for `me` when the token carries no user claim, 404 for a gamertag that nobody has.
 */
export function readPathXuid ({ params: { user }, session }: FastifyRequest<PathUserRoute>, { findXuid }: Pick<Store['people'], 'findXuid'>): string {
  if (user.toLowerCase() === 'me') return requireUser(session)
  const text = user.slice(user.indexOf('(') + 1, -1)
  if (/^xuid/i.test(user)) return readXuid(text)
  const xuid = findXuid(text)
  if (xuid === undefined) throw notFound(`No user has the gamertag ${formatValue(text)}.`)
  return xuid
}
