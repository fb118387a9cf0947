import { sign, type KeyObject } from 'node:crypto'
import type { SignedRequest } from '../../src/rules/request-signature.ts'

/** 100-ns units from 1601 to 1970. */
const UNTIL_1970 = 116_444_736_000_000_000n

/**
 * The Signature header of a request, written from the published formula: base64 of a version, a FILETIME and an ECDSA
 * signature with P-256 of version, FILETIME, method, target, Authorization and the first 8192 bytes of the body, each
 * with a zero byte behind it.
 */
export function signRequest (privateKey: KeyObject, { method, target, authorization, body }: SignedRequest): string {
  const head = Buffer.alloc(12)
  head.writeUInt32BE(1)
  head.writeBigUInt64BE(UNTIL_1970 + BigInt(Date.UTC(2020, 5, 15, 12)) * 10_000n, 4)
  const text = Buffer.concat([
    head.subarray(0, 4), Buffer.from('\0'), head.subarray(4), Buffer.from(`\0${method}\0${target}\0${authorization}\0`), body.subarray(0, 8192), Buffer.from('\0')
  ])
  return Buffer.concat([head, sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' })]).toString('base64')
}
