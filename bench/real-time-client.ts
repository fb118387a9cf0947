import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A client of rta.xboxlive.com that costs little, so that thousands of them do not slow down what they measure. */

const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const [TEXT, PING, PONG] = [1, 9, 10]
const HEAD_END = '\r\n\r\n'

export interface Subscriber {
  /** Takes each text frame. */
  onText: (text: string) => void
  /** Sends a text frame of less than 64 kB. */
  readonly send: (text: string) => void
  /** Reads nothing any more. */
  readonly sleep: () => void
  readonly isOpen: () => boolean
  readonly leave: () => void
}

/** A frame of a client, with a mask of zeros. */
function frameOf (opcode: number, payload: Buffer): Buffer {
  const first = 0x80 | opcode
  const head = payload.length < 126 ? [first, 0x80 | payload.length] : [first, 0x80 | 126, payload.length >> 8, payload.length & 255]
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload])
}

/** Opens a connection. @throws when it is not accepted. */
export async function openConnection (port: number, authorization: string): Promise<Subscriber> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
  await once(socket, 'connect')
  socket.write(`GET /connect HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Protocol: rta.xboxlive.com.V2\r\nAuthorization: ${authorization}\r\n\r\n`)
  const [answer] = await once(socket, 'data') as [Buffer]
  const end = answer.indexOf(HEAD_END)
  if (!answer.toString().startsWith('HTTP/1.1 101 ') || end === -1) throw new Error(`the connection was not accepted: ${answer}`)
  const subscriber: Subscriber = {
    onText: () => {},
    send: (text) => { socket.write(frameOf(TEXT, Buffer.from(text))) },
    sleep: () => { socket.pause() },
    isOpen: () => !socket.destroyed,
    leave: () => { socket.destroy() }
  }
  read(socket, answer.subarray(end + HEAD_END.length), (text) => { subscriber.onText(text) })
  return subscriber
}

/** Calls back with the text of each frame that comes, and answers pings: whoever does not is cut after a minute. */
function read (socket: Socket, first: Buffer, onText: (text: string) => void): void {
  let rest = first
  socket.on('data', (bytes: Buffer) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    for (;;) {
      if (rest.length < 2) return
      const short = rest[1] as number
      const begin = short === 126 ? 4 : short === 127 ? 10 : 2
      if (rest.length < begin) return
      const end = begin + (short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short)
      if (rest.length < end) return
      const opcode = (rest[0] as number) & 15
      const payload = rest.subarray(begin, end)
      rest = rest.subarray(end)
      if (opcode === TEXT) onText(payload.toString())
      else if (opcode === PING) socket.write(frameOf(PONG, payload))
    }
  })
}

/** Subscribes to the achievements of a user. @throws when that is refused. */
export async function subscribe (subscriber: Subscriber, resource: string, seq = 0): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<string>()
  subscriber.onText = resolve
  subscriber.send(JSON.stringify([1, seq, resource]))
  const text = await promise
  const [type, , code, subId] = JSON.parse(text)
  if (type !== 1 || code !== 0) throw new Error(`the subscription was answered with ${text}`)
  return subId
}
