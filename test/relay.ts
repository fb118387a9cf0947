import { connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'
import { listenOnFreePort } from './free-port.ts'

/** An address that stays while what answers there is started anew. */
export interface Relay {
  readonly url: string
  /** Leads to an emulator; null: to none, and who connects is cut off. */
  readonly leadTo: (url: string | null) => void
}

/**
 * Stands before emulators that follow each other under one address. A second one on the port of the first
 * might find that somebody else has the port by then.
 */
export async function startRelay (t: Test): Promise<Relay> {
  let to: string | null = null
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const other = to === null ? undefined : connect(Number(new URL(to).port), '127.0.0.1')
    for (const [one, another] of [[socket, other], [other, socket]] as const) {
      if (one === undefined) continue
      sockets.add(one)
      one.on('error', () => {}).once('close', () => {
        sockets.delete(one)
        another?.destroy()
      })
    }
    if (other === undefined) socket.destroy()
    else socket.pipe(other).pipe(socket)
  })
  t.teardown(() => { for (const socket of sockets) socket.destroy() })
  return { url: `http://127.0.0.1:${await listenOnFreePort(t, server)}`, leadTo: (url) => { to = url } }
}
