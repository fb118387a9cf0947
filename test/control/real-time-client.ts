import type { Test } from 'tap'
import { connect, type Client } from '../rta/web-socket.ts'

/** A client of rta.xboxlive.com that subscribes. */
export interface RealTimeClient extends Pick<Client, 'next'> {
  readonly send: (frame: unknown) => void
  /** Subscribes, and returns the answer. */
  readonly subscribe: (seq: number, resource: string) => Promise<string>
  /** Code and reason with which the connection was closed; 1006 for one that was cut. */
  readonly closed: Promise<[number, string]>
}

/** Opens a connection, which the test ends. @param url of an emulator. */
export async function connectTo (t: Test, url: string, session?: string, protocols?: string[]): Promise<RealTimeClient> {
  const { socket, next, closed } = await connect(t, `${url.replace(/^http/, 'ws')}/connect`, { ...session !== undefined && { session }, ...protocols && { protocols } })
  const send = (frame: unknown): void => { socket.send(JSON.stringify(frame)) }
  return {
    send,
    next,
    subscribe: (seq, resource) => {
      send([1, seq, resource])
      return next()
    },
    closed: closed.then(({ code, reason }) => [code, reason])
  }
}
