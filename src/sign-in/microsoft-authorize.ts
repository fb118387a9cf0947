import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isCrossSite } from '../http/callers.ts'
import { Query, wordParser } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import { createToken } from '../operations/sessions.ts'
import { grantedScope, readAuthorizeRequest, repeatRequest, type AuthorizeRequest } from './authorize-request.ts'
import { findDefaultUser } from './default-user.ts'
import { describeMicrosoftError } from './microsoft-errors.ts'
import { joinNonce } from './microsoft-requests.ts'
import { sendPage } from './page.ts'
import { MISSING_PARAMETER } from './parameters.ts'
import { oauthCodeOf } from './refusal-forms.ts'
import { SECRET } from './requests.ts'
import { leadBack, noteRefusal, readReturnAddress, type ReturnAddress } from './return-address.ts'
import { findChoice, linkOfUser, SEARCHED, writeSignInPage } from './sign-in-page.ts'

/** The number of a response_mode that is not served. [aadsts] */
const WRONG_MODE = 70007

/** What OpenID Connect adds to a request. */
interface OpenIdRequest extends AuthorizeRequest {
  readonly nonce: string | null
  /** `none`: nobody may be asked. */
  readonly prompt: string | null
}

/** Who signs in; it is certain unless a person has to be asked. */
type NamedSignIn = { readonly user: Profile, readonly isCertain: true } | { readonly user: Profile | null, readonly isCertain: false }

/** Of a search of the page. */
const NOBODY_NAMED: NamedSignIn = { user: null, isCertain: false }

/** `GET /{tenant}/oauth2/v2.0/authorize`: as that of login.live.com, for a code alone, and with what OpenID Connect adds. */
export function microsoftAuthorizeRoute (app: FastifyInstance, services: Services): void {
  app.get<{ Querystring: URLSearchParams }>('/:tenant/oauth2/v2.0/authorize', { config: SECRET }, (request, reply) => {
    const query = new Query(request.query)
    const address = readReturnAddress(query, request, services)
    const inFragment = query.first('response_mode')?.toLowerCase() === 'fragment'
    try {
      const asked = readOpenIdRequest(query, address)
      const searched = query.first(SEARCHED)
      const { user, isCertain } = searched === undefined ? findNamed(asked, request, services) : NOBODY_NAMED
      if (!isCertain) return sendUsers(asked, { first: user, searched: searched ?? '', inFragment, reply }, services)
      return leadBack(reply, address, { parameters: { code: makeCode(asked, user, services, request.now) }, inFragment })
    } catch (error) {
      const refusal = noteRefusal(request, error)
      return leadBack(reply, address, { parameters: describeMicrosoftError(refusal, oauthCodeOf(refusal)), inFragment })
    }
  })
}

/** @throws 400, of which the application is told. */
function readOpenIdRequest (query: Query, address: ReturnAddress): OpenIdRequest {
  const asked = readAuthorizeRequest(query, address)
  if (asked.responseType !== 'code') throw oauthError('unsupported_response_type', 'response_type is "token"; expected code.')
  if (asked.scope === null) throw oauthError('invalid_request', 'scope is missing; expected the scopes, separated by blanks.', MISSING_PARAMETER)
  const mode = query.first('response_mode') ?? 'query'
  if (wordParser(['query', 'fragment'])(mode) === undefined) throw oauthError('invalid_request', 'response_mode is none that this host takes; expected query or fragment.', WRONG_MODE)
  return { ...asked, nonce: query.one('nonce', 'any text', String) ?? null, prompt: query.one('prompt', 'any text', String) ?? null }
}

/**
 * Whom the request names, or the configuration; null: nobody. It is certain who signs in unless a page of another site has
 * led here, which may not choose.
 *
 * @throws `login_required` when it is not, and nobody may be asked.
 */
function findNamed ({ hint, prompt }: OpenIdRequest, { headers }: FastifyRequest, services: Services): NamedSignIn {
  const user = hint === null ? findDefaultUser(services) : services.store.people.findNamed(hint) ?? null
  if (user !== null && !isCrossSite(headers)) return { user, isCertain: true }
  if (prompt?.toLowerCase() === 'none') throw oauthError('login_required', `prompt is none, and ${user === null ? 'login_hint names no user of the world' : 'a page of another site led here, which may not choose who signs in'}.`)
  return { user, isCertain: false }
}

function makeCode (asked: OpenIdRequest, { xuid }: Profile, { operations: { run } }: Services, now: number): string {
  const { clientId, redirectUri, codeChallenge, nonce } = asked
  const { token } = run('oauth.issueCode', { xuid, clientId, redirectUri, scope: grantedScope(asked), codeChallenge, token: createToken(), now })
  return joinNonce(token, nonce)
}

function sendUsers (asked: OpenIdRequest, { first, searched, inFragment, reply }: { first: Profile | null, searched: string, inFragment: boolean, reply: FastifyReply }, { store }: Services): FastifyReply {
  const repeated = repeatRequest(asked)
  if (inFragment) repeated.set('response_mode', 'fragment')
  if (asked.nonce !== null) repeated.set('nonce', asked.nonce)
  const choice = findChoice(store, { searched, first, perUser: linkOfUser('', repeated), instead: 'search for them, or name one with login_hint, a gamertag or XUID.' })
  return sendPage(reply, writeSignInPage({ clientId: asked.clientId, choice, path: '', repeated }), { hasForms: choice.searched !== null })
}
