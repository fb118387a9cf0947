import { Type } from '@sinclair/typebox'
import { firstJsonValue } from '../base/json-limits.ts'
import { parseJson, requireJsonBounds } from '../http/body.ts'
import { invalidRequest } from '../model/refusals.ts'

/** The requests to the sign-in hosts. Unknown members are ignored, and no message repeats a ticket or token. */

/** The longest body of a sign-in, in bytes: a ticket of the real service has about 2 kB. */
const LARGEST_BODY = 64 * 1024

/** Marks a route whose body holds tickets or tokens: the journal leaves the body out. */
export const SECRET = { hasSecretBody: true } as const

/** The options of such a route that takes a body. */
export const SECRET_BODY = { bodyLimit: LARGEST_BODY, config: SECRET }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True when the body of a request to the route must not be shown to anybody. */
    hasSecretBody?: boolean
  }
}

/** What a schema expects of a secret: messages leave out what was found. */
export const expectSecret = (errorMessage: string) => ({ errorMessage, secret: true })
export const secretText = (what: string, options = {}) => Type.String({ minLength: 1, ...expectSecret(what), ...options })

/**
 * Parses a JSON body with secrets, or the first JSON value of it: the message of a refusal repeats no part of it.
 *
 * @throws 400 when it is not JSON, nested too deeply, or too large for the memory.
 */
export function parseSecretJson (text: string): unknown {
  const first = firstJsonValue(text)
  requireJsonBounds(first)
  try {
    return parseJson(first)
  } catch {
    throw invalidRequest('The body is not JSON.')
  }
}
