import type { FastifyRequest } from 'fastify'
import { readUnsigned64 } from '../base/integers.ts'
import { readXuid } from './ids.ts'
import type { Dialect } from '../model/dialect.ts'
import { requireUser } from '../rules/access.ts'

/**
 * The route parameter for the user of a path: `xuid(…)` with any text inside, so that a malformed XUID is
 * refused as one and not as an unknown path, and in the live dialect also `me`. [decision]
 */
const USER_SEGMENTS: Readonly<Record<Dialect, string>> = {
  documented: ':user(^[xX][uU][iI][dD]\\([^]*\\)$)',
  live: ':user(^(?:[xX][uU][iI][dD]\\([^]*\\)|[mM][eE])$)'
}

/** How every route of a user's achievements begins. */
export const userPath = (dialect: Dialect): string => `/users/${USER_SEGMENTS[dialect]}`

/** What the routes that list something of a user read of a request. */
export interface UserListRoute { Params: { user: string }, Querystring: URLSearchParams }

const textInBrackets = (segment: string): string => segment.slice('xuid('.length, -1)

/**
 * The canonical XUID of the user in the path; that of the caller for `me`.
 *
 * @throws 400 when it is not an unsigned 64-bit integer; 403 for `me` when the token carries no user claim.
 */
export function readPathUser ({ params: { user }, session }: FastifyRequest<{ Params: { user: string } }>): string {
  return user.toLowerCase() === 'me' ? requireUser(session) : readXuid(textInBrackets(user))
}

/** The canonical XUID of a path segment; undefined for `me` and `gt(…)`, and for anything but an unsigned 64-bit integer. */
export const findPathXuid = (segment: string): string | undefined => /^xuid\(/i.test(segment) ? readUnsigned64(textInBrackets(segment)) : undefined
