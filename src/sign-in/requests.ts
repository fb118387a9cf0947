import { Type } from '@sinclair/typebox'
import { parseJson, requireJsonBounds } from '../http/body.ts'
import { invalidRequest } from '../model/refusals.ts'
import { PATTERNS } from '../world/schema.ts'

/** The requests to the sign-in hosts. Unknown members are ignored, and no message repeats a ticket or token. */

/** The longest body of a sign-in, in bytes: a ticket of the real service has about 2 kB. */
export const LARGEST_BODY = 64 * 1024

/** Marks a route whose body holds tickets or tokens: the journal leaves the body out. */
export const SECRET = { hasSecretBody: true } as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True when the body of a request to the route must not be shown to anybody. */
    hasSecretBody?: boolean
  }
}

const secretExpected = (errorMessage: string) => ({ errorMessage, secret: true })
const literal = <const T extends string>(value: T) => Type.Literal(value, { errorMessage: `"${value}"` })
const tokenText = (what: string, options = {}) => Type.String({ minLength: 1, ...secretExpected(what), ...options })

/** The body of `POST /user/authenticate`. */
export const UserTokenBody = Type.Object({
  RelyingParty: literal('http://auth.xboxlive.com'),
  TokenType: literal('JWT'),
  Properties: Type.Object({
    AuthMethod: literal('RPS'),
    SiteName: literal('user.auth.xboxlive.com'),
    RpsTicket: tokenText('a ticket', { description: 'An access token, or a gamertag or XUID; after `d=` or `t=`, or alone.' })
  }, secretExpected('an object with AuthMethod, SiteName and RpsTicket'))
}, { title: 'UserTokenRequest', ...secretExpected('an object with RelyingParty, TokenType and Properties') })

/** The body of `POST /xsts/authorize`. */
export const XstsTokenBody = Type.Object({
  RelyingParty: literal('http://xboxlive.com'),
  TokenType: literal('JWT'),
  Properties: Type.Object({
    UserTokens: Type.Array(tokenText('a user token'), { minItems: 1, maxItems: 1, description: 'One user token.', ...secretExpected('a list of one user token') }),
    SandboxId: Type.String({ pattern: PATTERNS.sandbox, default: 'RETAIL', description: 'The sandbox claim.', errorMessage: 'a sandbox id, e.g. "RETAIL"' }),
    TitleToken: Type.Union([Type.String(), Type.Null()], { default: null, description: 'The title claim: the decimal id of a title of the world. Null: none.', ...secretExpected('a title token, or null') })
  }, secretExpected('an object with UserTokens'))
}, { title: 'XstsTokenRequest', ...secretExpected('an object with RelyingParty, TokenType and Properties') })

/**
 * Parses a JSON body with secrets: the message of a refusal repeats no part of it.
 *
 * @throws 400 when it is not JSON, nested too deeply, or too large for the memory.
 */
export function parseSecretJson (text: string): unknown {
  requireJsonBounds(text)
  try {
    return parseJson(text)
  } catch {
    throw invalidRequest('The body is not JSON.')
  }
}
