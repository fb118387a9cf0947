import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { authorizationOf, xuidOf } from '../../bench/worlds.ts'
import type { Kind } from './limits.ts'

/** One of how many connections is over TLS. */
const SECURE = 10
/** How often a slow client sends a byte or reads a little, in ms. */
const PACE = 200
/** Requests for a list of some hundred kB: so many that the answers do not fit into the system's buffers. */
const LARGE = `GET /users/xuid(${xuidOf(0)})/achievements?maxItems=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorizationOf(0)}\r\nx-xbl-contract-version: 2\r\n\r\n`.repeat(60)
const SLOW = `POST /users/xuid(1)/achievements/a/update HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\nx-padding: ${'x'.repeat(10_000)}\r\n\r\n`

/** A client that holds a connection and does little. */
export interface Client {
  readonly kind: Kind
  /** When it connected, and when its connection was closed, in ms; null while it is open. */
  readonly began: number
  ended: number | null
  readonly leave: () => void
}

/** Where clients connect. */
export interface Ports { readonly port: number, readonly tlsPort: number }

/** Connects a client. Resolves once it is connected, or could not connect. */
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
  // A client that does not read gets no event when the connection ends; when it writes, it gets an error.
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
  // A client that does not read all gets no event at the end, so it sends a byte now and then.
  return setInterval(() => {
    if (kind === 'slow to read') socket.read(1024)
    if (socket.writable) socket.write('\r\n')
  }, PACE)
}
