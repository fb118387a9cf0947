import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { wordParser, type Query } from '../http/query.ts'
import { redact } from '../http/redact.ts'
import { oauthError, OAuthRefusal, type XblError } from '../model/refusals.ts'
import type { CodeChallenge } from '../model/session.ts'
import { DEFAULT_SCOPE } from '../operations/oauth.ts'
import { CLIENT_ID, notEmpty, REDIRECT_URI, requireParameter, SCOPE, storable } from './parameters.ts'
import { readRedirectUri } from './redirect-uri.ts'

/** Where an answer to `GET /oauth20_authorize.srf` leads, and what is repeated there. */
export interface ReturnAddress {
  readonly clientId: string
  /** As it was asked for. */
  readonly redirectUri: string
  readonly to: URL
  readonly state: string | undefined
}

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

/**
 * Read first: nobody is sent to an address, or shown a page that links to it, before it is known to be allowed.
 *
 * @throws 400 when redirect_uri or client_id are missing or given twice, or when the sign-in may not lead there.
 */
export function readReturnAddress (query: Query, { configured, origin }: { configured: readonly string[], origin: string }): ReturnAddress {
  const redirectUri = requireParameter(query, REDIRECT_URI)
  const clientId = requireParameter(query, CLIENT_ID)
  return { clientId, redirectUri, to: readRedirectUri(redirectUri, { configured, clientId, origin }), state: query.first('state') }
}

/** @throws 400 for all else that is wrong: the application is told. */
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

/** The address to which a code leads. */
export function addressWithCode ({ to, state }: ReturnAddress, code: string): string {
  to.searchParams.set('code', code)
  if (state !== undefined) to.searchParams.set('state', state)
  return to.href
}

/** The address to which tokens lead: they are in its fragment, which no server sees. */
export function addressWithTokens (address: ReturnAddress, tokens: Readonly<Record<string, unknown>>): string {
  address.to.searchParams.set('lc', '1033')
  return withFragment(address, tokens)
}

/** Notes why a request is refused of which the application is told by a redirect: for the log and the journal. */
export function noteRefusal (request: FastifyRequest, refusal: XblError): void {
  refusal.message = redact(refusal.message)
  request.refusal = { reason: refusal.message, trace: randomUUID() }
}

/** The address that tells an application why it gets nothing; where the tokens would be, if it has asked for them. */
export function addressWithError (address: ReturnAddress, { refusal, isImplicit }: { refusal: XblError, isImplicit: boolean }): string {
  const error = { error: refusal instanceof OAuthRefusal ? refusal.error : 'invalid_request', error_description: refusal.message }
  if (isImplicit) return withFragment(address, error)
  for (const [name, value] of Object.entries({ ...error, ...address.state !== undefined && { state: address.state } })) address.to.searchParams.set(name, value)
  return address.to.href
}

function withFragment ({ to, state }: ReturnAddress, members: Readonly<Record<string, unknown>>): string {
  to.hash = ''
  const parts = Object.entries({ ...members, ...state !== undefined && { state } })
  // As the live host writes the scope, with its colons.
  return `${to.href}#${parts.map(([name, value]) => `${name}=${encodeURIComponent(String(value)).replaceAll('%3A', ':')}`).join('&')}`
}
