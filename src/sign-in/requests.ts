import { Type } from '@sinclair/typebox'
import { firstJsonValue } from '../base/json-limits.ts'
import { isLoopback } from '../base/loopback.ts'
import { formatValue } from '../base/validation.ts'
import { parseJson, requireJsonBounds } from '../http/body.ts'
import { invalidRequest } from '../model/refusals.ts'

/** The requests to the sign-in hosts. Unknown members are ignored, and no message repeats a ticket or token. */

/** The longest body of a sign-in, in bytes: a ticket of the real service has about 2 kB. */
export const LARGEST_BODY = 64 * 1024

const MOST_PARAMETERS = 100

/** Marks a route whose body holds tickets or tokens: the journal leaves the body out. */
export const SECRET = { hasSecretBody: true } as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True when the body of a request to the route must not be shown to anybody. */
    hasSecretBody?: boolean
  }
}

/** What a schema expects of a secret: messages leave out what was found. */
export const expectSecret = (errorMessage: string) => ({ errorMessage, secret: true })
export const exactly = <const T extends string>(value: T) => Type.Literal(value, { errorMessage: `"${value}"` })
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

/** @throws 400 for a form of very many parameters: no client sends more than ten. */
export function parseForm (text: string): URLSearchParams {
  if (text.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS) throw invalidRequest(`The form has more than ${MOST_PARAMETERS} parameters; expected ${MOST_PARAMETERS} at most.`)
  return new URLSearchParams(text)
}

/** Matches an address that every browser reads as it is written: of visible ASCII characters, and without a backslash, which browsers read as a slash. */
const ADDRESS_CHARACTERS = /^[!-[\]-~]+$/

/**
 * Where a sign-in may lead back to: this machine, or exactly an address that is configured. With any other
 * address a link to the emulator could send whoever follows it elsewhere.
 *
 * @throws 400 for any other address.
 */
export function readRedirectUri (text: string, configured: readonly string[]): URL {
  const url = ADDRESS_CHARACTERS.test(text) ? URL.parse(text) : null
  if (url !== null && (isOfThisMachine(url) || configured.includes(text))) return url
  throw invalidRequest(`redirect_uri is ${formatValue(text)}; expected an http or https address of this machine, or one of --redirect-uris.`)
}

function isOfThisMachine ({ protocol, username, password, hostname, hash }: URL): boolean {
  return /^https?:$/.test(protocol) && `${username}${password}${hash}` === '' && isLoopback(hostname)
}
