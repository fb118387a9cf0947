import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { authorizationOf, xuidOf } from '../../bench/worlds.ts'
import type { Kind } from './limits.ts'

/** Every so many connections one is over TLS. */
const SECURE = 10
/** Every so many ms a slow client sends a byte or reads a little. */
const PACE = 200
/** A list of some hundred kB, asked for so often that the system cannot hold all of the answers. */
const LARGE = `GET /users/xuid(${xuidOf(0)})/achievements?maxItems=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorizationOf(0)}\r\nx-xbl-contract-version: 2\r\n\r\n`.repeat(60)
const SLOW = `POST /users/xuid(1)/achievements/a/update HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\nx-padding: ${'x'.repeat(10_000)}\r\n\r\n`

/** A client that is in nobody's way, one hopes. */
export interface Client {
  readonly kind: Kind
  /** When it came, and when its connection was closed, in ms; null while it is open. */
  readonly began: number
  ended: number | null
  readonly leave: () => void
}

/** Where clients connect. */
export interface Ports { readonly port: number, readonly tlsPort: number }

/** Connects; resolves once it is connected, or has failed to. */
export async function attach (kind: Kind, { port, tlsPort }: Ports, number: number): Promise<Client> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const isSecure = number % SECURE === 0
  const socket: Socket = isSecure
    ? connectTls({ host: '127.0.0.1', port: tlsPort, rejectUnauthorized: false, servername: 'achievements.xboxlive.com', ALPNProtocols: ['http/1.1'] }, resolve)
    : connect({ host: '127.0.0.1', port }, resolve)
  let timer: NodeJS.Timeout | undefined
  const client: Client = { kind, began: performance.now(), ended: null, leave: () => { socket.destroy() } }
  const end = (): void => {
    clearInterval(timer)
    client.ended ??= performance.now()
    socket.destroy()
    resolve()
  }
  // A client that does not read never hears an end; that it cannot write tells it of the reset.
  socket.on('error', end).on('close', end).on('end', end)
  await promise
  if (client.ended === null) timer = behave(kind, socket, number)
  return client
}

function behave (kind: Kind, socket: Socket, number: number): NodeJS.Timeout | undefined {
  if (kind === 'idle') {
    socket.resume()
    return undefined
  }
  if (kind === 'slow to send') {
    socket.resume()
    let at = number % SLOW.length
    socket.write(SLOW.slice(0, at))
    return setInterval(() => { if (socket.writable) socket.write(SLOW[at++] ?? 'x') }, PACE)
  }
  socket.pause()
  socket.write(LARGE)
  // Who does not read all hears of no end: a byte more tells whether anybody is there.
  return setInterval(() => {
    if (kind === 'slow to read') socket.read(1024)
    if (socket.writable) socket.write('\r\n')
  }, PACE)
}
