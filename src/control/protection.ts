import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { forbidden, unauthorized, XblError } from '../errors.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i

/** True for an address or name of this machine alone. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host) || host === '::1'

/**
 * A page in a developer's browser must not drive the emulator: not by a request to this machine, which
 * carries the page's Origin, nor under a name of the page's own that it lets point here, which is the
 * Host.
 *
 * @throws 403 for a foreign Origin, or a Host that is neither this machine nor configured.
 */
export function requireKnownCaller ({ headers }: FastifyRequest, { host, controlHosts }: Config): void {
  const name = (headers.host ?? '').replace(/:\d+$/, '')
  const known = [host, `[${host}]`, ...controlHosts?.split(',') ?? []].map((each) => each.toLowerCase())
  if (!isLoopback(name) && !known.includes(name.toLowerCase())) {
    throw forbidden(`The control API does not answer under the name ${JSON.stringify(name)}; allow it with --control-hosts.`)
  }
  const { origin } = headers
  if (origin !== undefined && origin !== `http://${headers.host}` && origin !== `https://${headers.host}`) {
    throw forbidden('The control API does not answer pages of another origin.')
  }
}

/** @throws 401 when a control key is configured and the request does not carry it. */
export function requireControlKey ({ headers }: FastifyRequest, { controlKey }: Config): void {
  if (controlKey === null) return
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  if (timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${controlKey}`))) return
  const { message, status, code } = unauthorized('The control API expects "Authorization: Bearer <the control key>".')
  throw new XblError(status, message, { code, headers: { 'www-authenticate': 'Bearer' } })
}
