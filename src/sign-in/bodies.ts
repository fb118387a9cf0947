import { Type } from '@sinclair/typebox'
import { PATTERNS } from '../world/schema.ts'

/** What user.auth and xsts.auth take. Members that they do not know are ignored, and no message repeats a ticket or token. */

const secret = (errorMessage: string) => ({ errorMessage, secret: true })
const only = <const T extends string>(value: T) => Type.Literal(value, { errorMessage: `"${value}"` })
const token = (what: string, options = {}) => Type.String({ minLength: 1, ...secret(what), ...options })

export const UserTokenBody = Type.Object({
  RelyingParty: only('http://auth.xboxlive.com'),
  TokenType: only('JWT'),
  Properties: Type.Object({
    AuthMethod: only('RPS'),
    SiteName: only('user.auth.xboxlive.com'),
    RpsTicket: token('a ticket', { description: 'An access token, or a gamertag or XUID; after `d=` or `t=`, or alone.' })
  }, secret('an object with AuthMethod, SiteName and RpsTicket'))
}, { title: 'UserTokenRequest', ...secret('an object with RelyingParty, TokenType and Properties') })

export const XstsTokenBody = Type.Object({
  RelyingParty: only('http://xboxlive.com'),
  TokenType: only('JWT'),
  Properties: Type.Object({
    UserTokens: Type.Array(token('a user token'), { minItems: 1, maxItems: 1, description: 'One user token.', ...secret('a list of one user token') }),
    SandboxId: Type.String({ pattern: PATTERNS.sandbox, default: 'RETAIL', description: 'The sandbox claim.', errorMessage: 'a sandbox id, e.g. "RETAIL"' }),
    TitleToken: Type.Union([Type.String(), Type.Null()], { default: null, description: 'The title claim: the decimal id of a title of the world. Null: none.', ...secret('a title token, or null') })
  }, secret('an object with UserTokens'))
}, { title: 'XstsTokenRequest', ...secret('an object with RelyingParty, TokenType and Properties') })
