import type { Dialect } from '../model/dialect.ts'
import { invalidRequest } from '../model/refusals.ts'
import { readUnsigned32, readUnsigned64 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'

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

/** A GUID, in any letter case. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** True for the path segment that stands for the caller. */
export const isMe = (segment: string): boolean => segment.toLowerCase() === 'me'

const textInBrackets = (segment: string): string => segment.slice('xuid('.length, -1)

/**
 * The canonical XUID of a path segment `xuid(2533…)`.
 *
 * @throws 400 when it is not an unsigned 64-bit integer.
 */
export const readPathXuid = (segment: string): string => readXuid(textInBrackets(segment))

/** The canonical XUID of a path segment, or undefined when it is not an unsigned 64-bit integer, as that of `me` is not. */
export const findPathXuid = (segment: string): string | undefined => readUnsigned64(textInBrackets(segment))

/**
 * A XUID in canonical form: without leading zeros.
 *
 * @throws 400 when it is not an unsigned 64-bit integer.
 */
export function readXuid (text: string): string {
  const xuid = readUnsigned64(text)
  if (xuid === undefined) {
    throw invalidRequest(`The XUID is ${formatValue(text)}; expected an unsigned 64-bit integer in decimal.`)
  }
  return xuid
}

/**
 * A service configuration id. It is put into lower case, except in the live dialect, because the live
 * service compares it in the letter case in which it was sent.
 *
 * @throws 400 when it is not a GUID.
 */
export function readServiceConfigId (segment: string, dialect: Dialect): string {
  if (!GUID.test(segment)) {
    throw invalidRequest(`The service configuration id is ${formatValue(segment)}; expected a GUID.`)
  }
  return dialect === 'live' ? segment : segment.toLowerCase()
}

/** @throws 400 when it is not an unsigned 32-bit integer. */
export function readAchievementId (segment: string): number {
  const id = readUnsigned32(segment)
  if (id === undefined) {
    throw invalidRequest(`The achievement id is ${formatValue(segment)}; expected an unsigned 32-bit integer in decimal.`)
  }
  return id
}
