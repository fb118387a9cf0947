import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { connect } from '../../rta/web-socket.ts'

// Connections to rta.xboxlive.com, as clients open and use them.

/** How a client asks for a connection. */
export interface Upgrade {
  /** The host that the client has built in, and the path: `wss://…`. */
  readonly url: string
  /** The subprotocols that it asks for. */
  readonly protocols: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** An open connection. */
export interface Line {
  /** Sends a text frame, as the client writes it. */
  readonly send: (text: string) => void
  /** The next frame, as JSON. */
  readonly next: () => Promise<unknown>
}

/** Opens a connection to an application that listens. */
export async function openLine (t: Test, app: FastifyInstance, { url, protocols, headers = {} }: Upgrade): Promise<Line> {
  const { host } = new URL(url)
  const { port } = app.server.address() as AddressInfo
  // As the client writes it: URL would encode what it need not.
  const target = `ws://127.0.0.1:${port}${url.slice(url.indexOf(host) + host.length)}`
  const { socket, next } = await connect(t, target, { session: null, protocols: [...protocols], headers: { ...headers, host } })
  return {
    send: (text) => { socket.send(text) },
    next: async () => JSON.parse(await next())
  }
}
