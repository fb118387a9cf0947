import { Buffer } from 'node:buffer'

/** Frames of RFC 6455, right and wrong, as no library would send them. */

export const TEXT = 1
export const BINARY = 2
export const CLOSE = 8
export const PING = 9
export const PONG = 10

/** The key of RFC 6455, section 1.3, which a client may use for each connection. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='

/** The request with which a connection begins. */
export const upgradeRequest = ({ session = 'demo;gamer', target = '/connect', more = '' }: { session?: string | null, target?: string, more?: string } = {}): string =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n` +
  `Sec-WebSocket-Protocol: rta.xboxlive.com.V2\r\n${session === null ? '' : `Authorization: XBL3.0 x=${session}\r\n`}${more}\r\n`

interface FrameOptions {
  readonly opcode?: number
  readonly isLast?: boolean
  readonly isMasked?: boolean
  /** The three bits after the first one. */
  readonly reserved?: number
  /** The length that the frame says; by default that of the payload. */
  readonly length?: number
}

/** A frame of RFC 6455, section 5.2, with a mask of zeros. */
export function frame (payload: string | Buffer, { opcode = TEXT, isLast = true, isMasked = true, reserved = 0, length }: FrameOptions = {}): Buffer {
  const bytes = Buffer.from(payload as string)
  const size = length ?? bytes.length
  const head = Buffer.alloc(10)
  head[0] = (isLast ? 0x80 : 0) | reserved << 4 | opcode
  const mask = isMasked ? 0x80 : 0
  if (size < 126) head[1] = mask | size
  else if (size < 65_536) head[1] = mask | 126
  else head[1] = mask | 127
  const end = size < 126 ? 2 : size < 65_536 ? 4 : 10
  if (end === 4) head.writeUInt16BE(size, 2)
  if (end === 10) head.writeBigUInt64BE(BigInt(size), 2)
  return Buffer.concat([head.subarray(0, end), isMasked ? Buffer.alloc(4) : Buffer.alloc(0), bytes])
}

export const closeFrame = (code: number, reason = ''): Buffer => frame(Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]), { opcode: CLOSE })

/** A frame of the server. */
export interface Received {
  readonly opcode: number
  readonly payload: Buffer
}

/** What the server sent: the frames that are whole. */
export function * readFrames (bytes: Buffer): Generator<Received> {
  for (let at = 0; at + 2 <= bytes.length;) {
    const short = (bytes[at + 1] as number) & 127
    const begin = at + (short === 126 ? 4 : short === 127 ? 10 : 2)
    if (begin > bytes.length) return
    const size = short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short
    if (begin + size > bytes.length) return
    yield { opcode: (bytes[at] as number) & 15, payload: bytes.subarray(begin, begin + size) }
    at = begin + size
  }
}
