import { hash } from 'node:crypto'
import { cacheKey, type JsonInput } from '../../base/cache-key.ts'
import { fromTicks, LAST_DATE, toTicks } from '../../base/instant.ts'
import type { ListPosition } from '../../model/list.ts'

/**
 * A continuation token contains the position of an item, so that a page deep inside a list costs as much
 * as the first one, and is not shifted by what is unlocked in the meantime. It has 24 bytes, 32 characters
 * of base64url, which is the most that is documented for a token:
 *
 *     0  snapshot   8    Position.snapshot
 *     8  key        8    Position.key
 *     16 row        4    Position.row
 *     20 checksum   4    of the above and of the list that the token was issued for
 *
 * A number is an unsigned integer, an instant its ticks with the highest bit set, null is all ones.
 */
const BYTES = 24
const CHECKSUM_OFFSET = 20
const INSTANT_BIT = 1n << 63n
const NULL_BITS = (1n << 64n) - 1n
const LAST_TICK = toTicks(LAST_DATE)

/**
 * The token that continues after a position of a list.
 *
 * @param list the list to which the token belongs: it is refused for every other one.
 */
export function writeContinuationToken<L> (position: ListPosition, list: JsonInput<L>): string {
  const bytes = Buffer.alloc(BYTES)
  bytes.writeBigUInt64BE(toBits(position.snapshot), 0)
  bytes.writeBigUInt64BE(toBits(position.key), 8)
  bytes.writeUInt32BE(position.row, 16)
  bytes.write(checksumOf(bytes, list), CHECKSUM_OFFSET, 'hex')
  return bytes.toString('base64url')
}

/** The position that a token continues after; undefined when it was not issued for the list. */
export function readContinuationToken<L> (token: string, list: JsonInput<L>): ListPosition | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== BYTES || bytes.toString('base64url') !== token) return undefined
  if (checksumOf(bytes, list) !== bytes.toString('hex', CHECKSUM_OFFSET)) return undefined
  const snapshot = fromBits(bytes.readBigUInt64BE(0))
  const key = fromBits(bytes.readBigUInt64BE(8))
  if (snapshot === null || snapshot === undefined || key === undefined) return undefined
  return { snapshot, key, row: bytes.readUInt32BE(16) }
}

/** As hexadecimal digits, because the Buffer of a digest takes longer to create than the digest itself. */
const checksumOf = <L>(bytes: Buffer, list: JsonInput<L>): string =>
  hash('sha256', Buffer.concat([bytes.subarray(0, CHECKSUM_OFFSET), Buffer.from(cacheKey(list))]), 'hex').slice(0, 2 * (BYTES - CHECKSUM_OFFSET))

function toBits (value: number | string | null): bigint {
  if (value === null) return NULL_BITS
  return typeof value === 'string' ? INSTANT_BIT | toTicks(value) : BigInt(value)
}

/** Undefined for an instant that no date has: no token was issued with it. */
function fromBits (bits: bigint): number | string | null | undefined {
  if (bits === NULL_BITS) return null
  if (bits < INSTANT_BIT) return Number(bits)
  const ticks = bits & ~INSTANT_BIT
  return ticks > LAST_TICK ? undefined : fromTicks(ticks)
}
