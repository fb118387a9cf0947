import { Type } from '@sinclair/typebox'
import { numberText } from '../base/exact-json.ts'
import { readXuid } from '../http/ids.ts'

/** How many users one request may name. It is documented of presence alone; the other hosts have the same limit here. [people] */
export const MOST_NAMED_USERS = 1100

const EXPECTED_USERS = `a list of at most ${MOST_NAMED_USERS} XUIDs`

/** The schema of the users whom a body names. */
export const userList = (description: string) =>
  Type.Array(Type.Union([Type.String(), Type.Integer()], { errorMessage: 'a XUID' }), { maxItems: MOST_NAMED_USERS, description, errorMessage: EXPECTED_USERS })

/**
 * A body in whose list of a name all numbers are texts: XUIDs are sent with quotes and without [people-clients], and JavaScript
 * rounds a number of 64 bits, but its digits are still known here.
 *
 * @param body with the names of its members in lower case.
 */
export function quoteNumbers (body: unknown, name: string): unknown {
  const list = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  return Array.isArray(list) ? { ...body as object, [name]: list.map((item) => numberText(item) ?? item) } : body
}

/**
 * The canonical XUIDs of a list, each once, in the order of the list.
 *
 * @throws 400 for the first that is no unsigned 64-bit integer.
 */
export const readXuids = (list: ReadonlyArray<string | number>): string[] => [...new Set(list.map((item) => readXuid(String(item))))]
