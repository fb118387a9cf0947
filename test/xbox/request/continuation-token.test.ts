import { hash } from 'node:crypto'
import t from 'tap'
import { LAST_DATE, ZERO_DATE } from '../../../src/base/instant.ts'
import type { ListPosition } from '../../../src/model/list.ts'
import { readContinuationToken, writeContinuationToken } from '../../../src/xbox/request/continuation-token.ts'

const LIST = 'a list'

t.test('a token of 32 characters contains any position', async (t) => {
  const positions: ListPosition[] = [
    { snapshot: 0, key: null, row: 1 },
    { snapshot: 0, key: 4294967295, row: 4294967295 },
    { snapshot: 9007199254740991, key: ZERO_DATE, row: 7 },
    { snapshot: LAST_DATE, key: LAST_DATE, row: 7 },
    { snapshot: '2013-01-17T03:19:00.3087016Z', key: null, row: 7 }
  ]
  for (const position of positions) {
    const token = writeContinuationToken(position, LIST)
    t.match(token, /^[\w-]{32}$/)
    t.strictSame(readContinuationToken(token, LIST), position)
    t.equal(readContinuationToken(token, 'another list'), undefined)
  }
})

t.test('a token with any one bit changed is refused', async (t) => {
  const token = Buffer.from(writeContinuationToken({ snapshot: 0, key: 5, row: 1 }, LIST), 'base64url')
  for (let bit = 0; bit < token.length * 8; bit++) {
    const changed = Buffer.from(token)
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ 1 << (bit & 7), bit >> 3)
    t.equal(readContinuationToken(changed.toString('base64url'), LIST), undefined)
  }
})

t.test('a forged token with a valid checksum is refused when it contains no valid position', async (t) => {
  const forge = (snapshot: bigint, key: bigint): string => {
    const bytes = Buffer.alloc(20)
    bytes.writeBigUInt64BE(snapshot, 0)
    bytes.writeBigUInt64BE(key, 8)
    return Buffer.concat([bytes, hash('sha256', Buffer.concat([bytes, Buffer.from(JSON.stringify(LIST))]), 'buffer').subarray(0, 4)]).toString('base64url')
  }
  const none = 2n ** 64n - 1n
  const tooLate = 2n ** 63n + 3_155_378_976_000_000_000n
  t.strictSame(readContinuationToken(forge(0n, none), LIST), { snapshot: 0, key: null, row: 0 }, 'the checksum is valid')
  t.equal(readContinuationToken(forge(none, none), LIST), undefined)
  t.equal(readContinuationToken(forge(tooLate, none), LIST), undefined)
  t.equal(readContinuationToken(forge(0n, tooLate), LIST), undefined)
})
