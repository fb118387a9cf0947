import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { noControlKey } from '../model/refusals.ts'

/** @throws 401 when a control key is configured and the request does not carry it. */
export function requireControlKey ({ headers }: FastifyRequest, { controlKey }: Config): void {
  if (controlKey === null) return
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  if (timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${controlKey}`))) return
  throw noControlKey()
}
