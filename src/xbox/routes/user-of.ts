import type { FastifyRequest } from 'fastify'
import { isMe, readUser } from '../../http/ids.ts'
import { requireUser } from '../../rules/access.ts'

/**
 * The XUID that a path names: `me` is the caller's.
 *
 * @throws 400 when it is not an unsigned 64-bit integer; 403 for `me` when the token carries no user claim.
 */
export function userOf ({ params: { user }, session }: FastifyRequest<{ Params: { user: string } }>): string {
  return isMe(user) ? requireUser(session) : readUser(user)
}
