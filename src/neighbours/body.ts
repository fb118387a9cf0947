import { Type } from '@sinclair/typebox'
import { readXuid } from '../http/ids.ts'

/** How the bodies of requests to these hosts name users. */

/** A user; {@link readXuids} and `readXuid` say what a XUID is. */
export const xuidText = Type.String({ errorMessage: 'a XUID' })

/** How many users one request may name. It is documented of presence alone; the other hosts have the same limit here. [people] */
export const MOST_NAMED_USERS = 1100

/** The users whom a body names. */
export const userList = (description: string) =>
  Type.Array(xuidText, { maxItems: MOST_NAMED_USERS, description, errorMessage: `a list of at most ${MOST_NAMED_USERS} XUIDs` })

/**
 * The canonical XUIDs of a list, each once, in the order of the list.
 *
 * @throws 400 for the first that is no unsigned 64-bit integer.
 */
export const readXuids = (list: readonly string[]): string[] => [...new Set(list.map(readXuid))]
