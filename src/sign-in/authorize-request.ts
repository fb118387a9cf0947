import { formatValue } from '../base/validation.ts'
import { wordParser, type Query } from '../http/query.ts'
import { oauthError } from '../model/refusals.ts'
import type { CodeChallenge } from '../model/session.ts'
import { DEFAULT_SCOPE } from '../operations/oauth.ts'
import { notEmpty, requireParameter, SCOPE, storable } from './parameters.ts'
import type { ReturnAddress } from './return-address.ts'

/** What an application asks for. */
export interface AuthorizeRequest extends ReturnAddress {
  /** `token`: the tokens at once, in the fragment of the address. */
  readonly responseType: 'code' | 'token'
  /** Null: the application names none. */
  readonly scope: string | null
  readonly codeChallenge: CodeChallenge | null
  /** A gamertag or XUID; null when there is none. */
  readonly hint: string | null
}

/** What RFC 7636 demands of a challenge, and the `=` that some encoders of base64 put at its end. */
const CHALLENGE = /^[\w.~-]{1,128}=*$/

/** @throws 400 for all that is wrong besides where the answer leads: the application is told. */
export function readAuthorizeRequest (query: Query, address: ReturnAddress): AuthorizeRequest {
  const responseType = requireParameter(query, { name: 'response_type', expected: 'code or token', read: notEmpty })
  const known = wordParser(['code', 'token'])(responseType)
  if (known === undefined) throw oauthError('unsupported_response_type', `response_type is ${formatValue(responseType)}; expected code or token.`)
  query.one('state', 'any text', String)
  const hint = query.one('login_hint', 'a gamertag or XUID', String)
  return { ...address, responseType: known, scope: query.one(SCOPE.name, SCOPE.expected, storable(SCOPE.name)) || null, codeChallenge: readChallenge(query), hint: hint || null }
}

function readChallenge (query: Query): CodeChallenge | null {
  const challenge = query.one('code_challenge', 'a challenge of up to 128 letters, digits, "-", ".", "_" and "~"', (text) => CHALLENGE.test(text) ? text : undefined)
  const method = query.one('code_challenge_method', 'S256 or plain', wordParser(['S256', 'plain'] as const)) ?? 'plain'
  return challenge === undefined ? null : { value: challenge.replace(/=+$/, ''), method }
}

/** The scopes that are granted. */
export const grantedScope = ({ scope }: AuthorizeRequest): string => scope ?? DEFAULT_SCOPE

/** The parameters of the same request, without a user. */
export function repeatRequest ({ clientId, responseType, redirectUri, scope, state, codeChallenge }: AuthorizeRequest): URLSearchParams {
  return new URLSearchParams({
    client_id: clientId,
    response_type: responseType,
    redirect_uri: redirectUri,
    ...scope !== null && { scope },
    ...state !== undefined && { state },
    ...codeChallenge !== null && { code_challenge: codeChallenge.value, code_challenge_method: codeChallenge.method }
  })
}
