import { invalidRequest } from '../model/refusals.ts'
import { parseJson, requireModest } from '../http/validate.ts'

/** No body of a sign-in comes near it, in bytes: a ticket of the real service has about 2 kB. */
export const LARGEST_BODY = 64 * 1024

/** Marks a route whose body holds tickets or tokens: the journal leaves it out. */
export const SECRET = { hasSecretBody: true } as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True when nobody may read what is sent to the route. */
    hasSecretBody?: boolean
  }
}

/**
 * Parses a body that nobody may read: the message of a refusal has no part of it.
 *
 * @throws 400 when it is not JSON, nested too deeply, or too large for the memory.
 */
export function parseSecretJson (text: string): unknown {
  requireModest(text)
  try {
    return parseJson(text)
  } catch {
    throw invalidRequest('The body is not JSON.')
  }
}
