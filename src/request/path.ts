import type { Dialect } from '../domain.ts'
import { invalidRequest } from '../errors.ts'
import { readUnsigned32, readUnsigned64 } from '../integers.ts'
import { show } from '../schema-errors.ts'

/** Guarantees a path segment `xuid(…)`, whatever is inside: what is inside is checked as a XUID. */
export const USER_SEGMENT = ':user(^[xX][uU][iI][dD]\\([^]*\\)$)'

/** A GUID, in any letter case. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The canonical XUID of a path segment `xuid(2533…)`.
 *
 * @throws 400 when it is not an unsigned 64-bit integer.
 */
export const readUser = (segment: string): string => readXuid(segment.slice('xuid('.length, -1))

/**
 * A canonical XUID.
 *
 * @throws 400 when it is not an unsigned 64-bit integer.
 */
export function readXuid (text: string): string {
  const xuid = readUnsigned64(text)
  if (xuid === undefined) {
    throw invalidRequest(`The XUID is ${show(text)}; expected an unsigned 64-bit integer in decimal.`)
  }
  return xuid
}

/**
 * A service configuration id: in lower case, or, in the live dialect, as it is, because the live
 * service compares it to the letter.
 *
 * @throws 400 when it is not a GUID.
 */
export function readServiceConfigId (segment: string, dialect: Dialect): string {
  if (!GUID.test(segment)) {
    throw invalidRequest(`The service configuration id is ${show(segment)}; expected a GUID.`)
  }
  return dialect === 'live' ? segment : segment.toLowerCase()
}

/** @throws 400 when it is not an unsigned 32-bit integer. */
export function readAchievementId (segment: string): number {
  const id = readUnsigned32(segment)
  if (id === undefined) {
    throw invalidRequest(`The achievement id is ${show(segment)}; expected an unsigned 32-bit integer in decimal.`)
  }
  return id
}
