import type { Socket } from 'node:net'
import type { Test } from 'tap'
import { CLOSE, closeFrame, readFrames, TEXT, upgradeRequest, type Received } from '../../torture/rta/frames.ts'
import { open } from '../raw-http.ts'

/** A client of rta.xboxlive.com that sends any bytes: no library would. */

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
