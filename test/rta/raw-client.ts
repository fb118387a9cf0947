import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import type { Test } from 'tap'
import { open } from '../raw-http.ts'

/** A client of rta.xboxlive.com that sends any bytes: no library would. */

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
function * readFrames (bytes: Buffer): Generator<Received> {
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

/** A connection on which any bytes are sent. */
export class RawClient {
  readonly socket: Socket
  #bytes = Buffer.alloc(0)
  #hasEnded = false
  #notice = (): void => {}

  constructor (socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes])
      // As RFC 6455, section 5.5.1, demands of it.
      if (this.frames().some(({ opcode }) => opcode === CLOSE)) socket.end(closeFrame(1000))
      this.#notice()
    }).on('close', () => {
      this.#hasEnded = true
      this.#notice()
    })
  }

  send (...bytes: readonly Buffer[]): void { this.socket.write(Buffer.concat(bytes)) }

  /** The head of the answer to the request with which it began. */
  async head (): Promise<string> {
    while (!this.#bytes.includes('\r\n\r\n')) await this.#change('an answer')
    return this.#bytes.subarray(0, this.#bytes.indexOf('\r\n\r\n')).toString()
  }

  /** All that came, as text. */
  received (): string { return this.#bytes.toString() }

  frames (): Received[] {
    return [...readFrames(this.#bytes.subarray(this.#bytes.indexOf('\r\n\r\n') + 4))]
  }

  texts (): string[] {
    return this.frames().filter(({ opcode }) => opcode === TEXT).map(({ payload }) => payload.toString())
  }

  /** Waits until so many frames have come. */
  async untilFrames (count: number): Promise<Received[]> {
    while (this.frames().length < count) await this.#change(`${count} frames`)
    return this.frames()
  }

  /** Waits until the connection is closed. @returns the code and reason of the server's close frame; null for none. */
  async closed (): Promise<[code: number, reason: string] | null> {
    while (!this.#hasEnded) await this.#change('the end', true)
    const close = this.frames().find(({ opcode }) => opcode === CLOSE)
    return close === undefined ? null : [close.payload.readUInt16BE(0), close.payload.subarray(2).toString()]
  }

  async #change (expected: string, orEnd = false): Promise<void> {
    if (this.#hasEnded && !orEnd) throw new Error(`the connection has ended; expected ${expected}`)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#notice = resolve
    await promise
  }
}

/** Opens a connection and asks for the WebSocket. */
export async function connectRaw (t: Test, { port }: { port: number }, request: Parameters<typeof upgradeRequest>[0] = {}): Promise<RawClient> {
  const client = new RawClient(await open(t, port))
  client.socket.write(upgradeRequest(request))
  return client
}

/** The same, once it is accepted. */
export async function openRaw (t: Test, emulator: { port: number }, request: Parameters<typeof upgradeRequest>[0] = {}): Promise<RawClient> {
  const client = await connectRaw(t, emulator, request)
  const head = await client.head()
  if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(head)
  return client
}
