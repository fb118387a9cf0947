import { readUnsigned32, readUnsigned64 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import type { Dialect } from '../model/dialect.ts'
import { invalidRequest } from '../model/refusals.ts'

/** A GUID, in any letter case. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

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
