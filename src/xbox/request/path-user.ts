import type { FastifyRequest } from 'fastify'
import { isMe, readPathXuid } from '../../http/ids.ts'
import { requireUser } from '../../rules/access.ts'

/**
 * The canonical XUID of the user in the path; that of the caller for `me`.
 *
 * @throws 400 when it is not an unsigned 64-bit integer; 403 for `me` when the token carries no user claim.
 */
export function readPathUser ({ params: { user }, session }: FastifyRequest<{ Params: { user: string } }>): string {
  return isMe(user) ? requireUser(session) : readPathXuid(user)
}
