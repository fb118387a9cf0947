import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Where a client on this machine finds a server that listens: an address that means all of them is none to call. */
export function urlOf (app: FastifyInstance): string {
  const { address, family, port } = app.server.address() as AddressInfo
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address] ?? (family === 'IPv6' ? `[${address}]` : address)
  return `http://${host}:${port}`
}
