import { createHash } from 'node:crypto'
import { formatInstant } from '../base/instant.ts'
import { oauthError } from '../model/refusals.ts'
import type { CodeChallenge } from '../model/session.ts'
import type { Profile } from '../model/user.ts'
import type { SignInToken } from '../store/sign-in-tokens.ts'
import type { Store, Transaction } from '../store/store.ts'
import { issueToken, LIFETIMES, type IssuedToken } from './sign-in.ts'

/**
 * The grants of OAuth: what an application is given to sign a user in, and what it exchanges that for. All that is
 * refused is an `OAuthRefusal`, which each host answers in its own form. (docs/specification.md, Sign-in)
 */

/** What is granted to an application that names no scope. */
export const DEFAULT_SCOPE = 'XboxLive.signin XboxLive.offline_access'

/** The scope that applications with a client id of Microsoft's ask for. Their access tokens last a day. */
const OWN_SCOPE = /::MBI_SSL\b/i
const OWN_LIFETIME = 24 * LIFETIMES.access

/** What login.microsoftonline.com calls that for which a code or refresh token is refused. [aadsts] */
const GRANT_NUMBERS = { expired: 70008, redirect: 500112, verifier: 501481 } as const

export interface CodeInput {
  readonly xuid: string
  readonly clientId: string
  /** Where the sign-in leads back to, as it was asked for. */
  readonly redirectUri: string
  readonly scope: string
  /** Null: whoever has the code may exchange it. */
  readonly codeChallenge: CodeChallenge | null
  /** Made at random by the caller, like all tokens in the inputs of operations. */
  readonly token: string
  readonly now: number
}

/** The two tokens that an application gets, and the instant at which it gets them. */
interface NewTokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly now: number
}

export interface TokensInput extends NewTokens {
  readonly xuid: string
  readonly clientId: string
  readonly scope: string
}

export interface CodeExchangeInput extends NewTokens {
  readonly code: string
  readonly clientId: string
  /** Null: the request names none. */
  readonly redirectUri: string | null
  readonly codeVerifier: string | null
  /** Null: that of the code. */
  readonly scope: string | null
}

export interface RefreshInput extends NewTokens {
  /** The one that is exchanged. */
  readonly credential: string
  readonly clientId: string
  readonly scope: string | null
}

/** What an application is given. */
export interface GrantedTokens {
  readonly user: Profile
  readonly access: IssuedToken
  /** How long the access token can be used, in s. */
  readonly expiresIn: number
  readonly refresh: IssuedToken
  readonly scope: string
}

/** Issues an authorization code for a user: to the application that asked, and for where it leads back to. */
export function issueCode (transaction: Transaction, { xuid, token, now, ...grant }: CodeInput): IssuedToken {
  return issueToken(transaction, { kind: 'code', xuid, token, now, grant })
}

/** Issues the tokens of a user. @throws `access_denied` when there is no such user. */
export function issueTokens (transaction: Transaction, { xuid, clientId, scope, accessToken, refreshToken, now }: TokensInput): GrantedTokens {
  const settings = transaction.store.people.findSettings(xuid)
  if (settings === undefined) throw oauthError('access_denied', `There is no user ${xuid} any more.`)
  const lifetime = OWN_SCOPE.test(scope) ? OWN_LIFETIME : LIFETIMES.access
  const grant = { clientId, scope }
  return {
    user: { xuid, gamertag: settings.gamertag },
    access: issueToken(transaction, { kind: 'access', xuid, token: accessToken, now, grant, lifetime }),
    expiresIn: lifetime / 1000,
    refresh: issueToken(transaction, { kind: 'refresh', xuid, token: refreshToken, now, grant }),
    scope
  }
}

/**
 * Exchanges an authorization code, which can be used once. One that was not issued here may name a user.
 *
 * @throws `invalid_grant` when it names nobody, has expired, or was issued to another application, for another
 *   redirect_uri or with a challenge that the verifier does not meet; `access_denied` when the user is gone.
 */
export function exchangeCode (transaction: Transaction, input: CodeExchangeInput): GrantedTokens {
  const { code, clientId, redirectUri, codeVerifier, scope } = input
  const { xuid, token } = requireGranted(transaction.store, { ...input, kind: 'code', credential: code })
  if (token !== undefined) {
    if (token.redirectUri !== null && token.redirectUri !== redirectUri) throw oauthError('invalid_grant', redirectUri === null ? 'redirect_uri is missing; expected that of the sign-in.' : 'redirect_uri is not that of the sign-in.', GRANT_NUMBERS.redirect)
    requireVerifier(token.codeChallenge, codeVerifier)
    transaction.write.signInTokens.remove(code)
  }
  return issueTokens(transaction, { ...input, xuid, clientId, scope: scope ?? token?.scope ?? DEFAULT_SCOPE })
}

/**
 * Exchanges a refresh token, which stays. One that was not issued here may name a user.
 *
 * @throws `invalid_grant` when it names nobody, has expired or was issued to another application; `access_denied` when
 *   the user is gone.
 */
export function refreshTokens (transaction: Transaction, input: RefreshInput): GrantedTokens {
  const { xuid, token } = requireGranted(transaction.store, { ...input, kind: 'refresh' })
  return issueTokens(transaction, { ...input, xuid, scope: input.scope ?? token?.scope ?? DEFAULT_SCOPE })
}

/** The user for whom a code or refresh token was issued, or whose gamertag or XUID it is: then it has no token. */
function requireGranted ({ people, signInTokens }: Store, { kind, credential, clientId, now }: {
  kind: 'code' | 'refresh', credential: string, clientId: string, now: number
}): { xuid: string, token: SignInToken | undefined } {
  const what = kind === 'code' ? 'code' : 'refresh token'
  const token = signInTokens.find(kind, credential)
  if (token === undefined) {
    const named = people.findNamed(credential)
    if (named === undefined) throw oauthError('invalid_grant', `The ${what} was not issued here${kind === 'code' ? ', or was used already' : ''}, and no user has it as XUID or gamertag.`)
    return { xuid: named.xuid, token }
  }
  if (token.clientId !== null && !isSameClient(token.clientId, clientId)) throw oauthError('invalid_grant', `The ${what} was issued to another client_id.`)
  if (token.expires <= formatInstant(now)) throw oauthError('invalid_grant', `The ${what} expired at ${token.expires}.`, GRANT_NUMBERS.expired)
  return { xuid: token.xuid, token }
}

/** Client ids are hexadecimal numbers and GUIDs, in any letter case. */
export const isSameClient = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

function requireVerifier (challenge: CodeChallenge | null, verifier: string | null): void {
  if (challenge === null) return
  if (verifier === null) throw oauthError('invalid_grant', 'code_verifier is missing; expected that of the code_challenge of the sign-in.', GRANT_NUMBERS.verifier)
  const found = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')
  if (found !== challenge.value) throw oauthError('invalid_grant', `code_verifier does not meet the code_challenge of the sign-in (${challenge.method}).`, GRANT_NUMBERS.verifier)
}
