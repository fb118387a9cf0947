import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import { WebSocket, type ClientOptions } from 'ws'
import { listen } from '../control/client.ts'
import type { Emulator } from '../helper.ts'

export const PROTOCOL = 'rta.xboxlive.com.V2'

/** The end of a connection, as its client sees it. */
export interface End {
  readonly code: number
  readonly reason: string
}

/** A client that is connected. */
export interface Client {
  readonly socket: WebSocket
  /** The next text that has not been read yet. */
  readonly next: () => Promise<string>
  readonly closed: Promise<End>
}

/** Who connects, and how. */
export interface Connecting extends ClientOptions {
  /** Whose Authorization header is sent; null: none is. */
  readonly session?: string | null
  readonly protocols?: string[]
}

/** An emulator on a port of its own, for WebSockets. */
export async function listenForSockets (t: Test, options: Parameters<typeof listen>[1] = {}): Promise<Emulator & { port: number, url: string, socketUrl: string }> {
  const emulator = await listen(t, options)
  return { ...emulator, socketUrl: `ws://127.0.0.1:${emulator.port}/connect` }
}

/** A WebSocket that is being opened, ended after the test. */
export function begin (t: Test, url: string, { session = 'demo;gamer', protocols = [PROTOCOL], headers, ...options }: Connecting = {}): WebSocket {
  const socket = new WebSocket(url, protocols, { ...options, headers: { ...session !== null && { authorization: `XBL3.0 x=${session}` }, ...headers } })
  socket.on('error', () => {})
  t.teardown(() => socket.terminate())
  return socket
}

/** Connects. @throws when the connection is refused. */
export async function connect (t: Test, url: string, options?: Connecting): Promise<Client> {
  const socket = begin(t, url, options)
  const texts: string[] = []
  socket.on('message', (data) => { texts.push(String(data)) })
  const closed = new Promise<End>((resolve) => { socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })) })
  await once(socket, 'open')
  return {
    socket,
    closed,
    next: async () => {
      while (texts.length === 0) await once(socket, 'message')
      return texts.shift() as string
    }
  }
}

/** Connects, and expects to be refused. */
export async function refused (t: Test, url: string, options?: Connecting): Promise<{ status: number | undefined, headers: object, body: string }> {
  const socket = begin(t, url, options)
  const [, response] = await Promise.race([once(socket, 'unexpected-response'), once(socket, 'open').then(() => { throw new Error('it is connected') })])
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

/** Waits until so many connections are open: the server notices an end a moment later. */
export async function untilOpen ({ realTime }: Pick<Emulator['emulator'], 'realTime'>, count: number): Promise<void> {
  while (realTime.sockets.list().length !== count) await setImmediate()
}
