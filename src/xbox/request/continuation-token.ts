import { hash } from 'node:crypto'
import type { Position } from '../../model/list.ts'
import { fromTicks, LAST_DATE, toTicks } from '../../base/instant.ts'
import { keyOf, type Plain } from '../../base/cache-key.ts'

/**
 * A continuation token holds the place after an item, so that a page deep inside a list costs what
 * the first one costs and nothing that is unlocked in between shifts it. 24 bytes, 32 characters of
 * base64url, which is the most that is documented for a token:
 *
 *     0  snapshot   8    Position.snapshot
 *     8  key        8    Position.key
 *     16 row        4    Position.row
 *     20 check      4    of the above and of the list that the token was issued for
 *
 * A number is written as it is, an instant as ticks with the highest bit set, null as all ones.
 */
const BYTES = 24
const CHECKED = 20
const INSTANT = 1n << 63n
const NULL = (1n << 64n) - 1n
const LAST_TICK = toTicks(LAST_DATE)

/**
 * The token that continues after a position of a list.
 *
 * @param list all that makes the list what it is: the token is of no use for another one.
 */
export function writeContinuationToken<L> (position: Position, list: Plain<L>): string {
  const bytes = Buffer.alloc(BYTES)
  bytes.writeBigUInt64BE(toBits(position.snapshot), 0)
  bytes.writeBigUInt64BE(toBits(position.key), 8)
  bytes.writeUInt32BE(position.row, 16)
  bytes.write(check(bytes, list), CHECKED, 'hex')
  return bytes.toString('base64url')
}

/** The position that a token continues after; undefined when it was not issued for the list. */
export function readContinuationToken<L> (token: string, list: Plain<L>): Position | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== BYTES || bytes.toString('base64url') !== token) return undefined
  if (check(bytes, list) !== bytes.toString('hex', CHECKED)) return undefined
  const snapshot = fromBits(bytes.readBigUInt64BE(0))
  const key = fromBits(bytes.readBigUInt64BE(8))
  if (snapshot === null || snapshot === undefined || key === undefined) return undefined
  return { snapshot, key, row: bytes.readUInt32BE(16) }
}

/** Written as digits: to make a Buffer of a digest takes longer than the digest. */
const check = <L>(bytes: Buffer, list: Plain<L>): string =>
  hash('sha256', Buffer.concat([bytes.subarray(0, CHECKED), Buffer.from(keyOf(list))]), 'hex').slice(0, 2 * (BYTES - CHECKED))

function toBits (value: number | string | null): bigint {
  if (value === null) return NULL
  return typeof value === 'string' ? INSTANT | toTicks(value) : BigInt(value)
}

/** Undefined for an instant after the last one: no position writes it. */
function fromBits (bits: bigint): number | string | null | undefined {
  if (bits === NULL) return null
  if (bits < INSTANT) return Number(bits)
  const ticks = bits & ~INSTANT
  return ticks > LAST_TICK ? undefined : fromTicks(ticks)
}
