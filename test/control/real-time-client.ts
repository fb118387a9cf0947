import { once } from 'node:events'
import type { Test } from 'tap'
import { WebSocket } from 'ws'

/** A client of rta.xboxlive.com. */
export interface RealTimeClient {
  readonly send: (frame: unknown) => void
  /** The next frame that was not returned yet. */
  readonly next: () => Promise<string>
  /** Subscribes, and returns the answer. */
  readonly subscribe: (seq: number, resource: string) => Promise<string>
  /** Code and reason with which the connection was closed; 1006 for one that was cut. */
  readonly closed: Promise<[number, string]>
}

/** Opens a connection, which the test ends. @param url of an emulator. */
export async function connectTo (t: Test, url: string, session = 'demo;gamer', protocols = ['rta.xboxlive.com.V2']): Promise<RealTimeClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/connect`, protocols, { headers: { authorization: `XBL3.0 x=${session}` } })
  t.teardown(() => socket.terminate())
  const received: string[] = []
  const waiting: Array<(frame: string) => void> = []
  socket.on('message', (data) => {
    const frame = String(data)
    const first = waiting.shift()
    if (first === undefined) received.push(frame)
    else first(frame)
  })
  const closed = new Promise<[number, string]>((resolve) => { socket.on('close', (code, reason) => resolve([code, String(reason)])) })
  await once(socket, 'open')
  const next = (): Promise<string> => {
    const frame = received.shift()
    return frame === undefined ? new Promise((resolve) => { waiting.push(resolve) }) : Promise.resolve(frame)
  }
  const send = (frame: unknown): void => { socket.send(JSON.stringify(frame)) }
  return {
    send,
    next,
    subscribe: (seq, resource) => {
      send([1, seq, resource])
      return next()
    },
    closed
  }
}
