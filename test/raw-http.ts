import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'

/** A connection to this machine, closed after the test. What becomes of it is the test's to see. */
export async function open (t: Test, port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect(port, host).on('error', () => {})
  t.teardown(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** Whether somebody listens at an address. */
export async function isOpen (url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const isOpen = await once(socket, 'connect').then(() => true, () => false)
  socket.destroy()
  return isOpen
}

export interface Raw {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends bytes and reads the one answer that comes before the server ends the connection. */
export async function exchange (t: Test, port: number, bytes: string): Promise<Raw> {
  const socket = await open(t, port)
  socket.write(bytes)
  return parse(await text(socket))
}

/** An answer as it was sent. */
export function parse (answer: string): Raw {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const [line = '', ...headers] = head.split('\r\n')
  return {
    status: Number(line.split(' ')[1]),
    headers: Object.fromEntries(headers.map((header) => header.split(': '))),
    body
  }
}

/** A request that asks for the end of the connection. */
export const request = (target: string, headers: Readonly<Record<string, string>> = {}): string =>
  `GET ${target} HTTP/1.1\r\n${Object.entries({ host: 'localhost', connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
