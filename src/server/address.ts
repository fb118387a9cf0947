import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Where a client on this machine finds an application that listens. */
export const urlOf = (app: FastifyInstance): string => urlAt('http', app.server.address() as AddressInfo)

/** Where a client on this machine finds what listens at an address: one that means all of them is none to call. */
export function urlAt (scheme: 'http' | 'https', { address, family, port }: AddressInfo): string {
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address] ?? (family === 'IPv6' ? `[${address}]` : address)
  return `${scheme}://${host}:${port}`
}
