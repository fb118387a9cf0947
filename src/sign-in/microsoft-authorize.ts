import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isCrossSite } from '../http/callers.ts'
import { originOf } from '../http/origin.ts'
import { Query, wordParser } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { oauthError, XblError } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import { createToken } from '../operations/sessions.ts'
import { grantedScope, noteRefusal, readAuthorizeRequest, readReturnAddress, repeatRequest, type AuthorizeRequest, type ReturnAddress } from './authorize-request.ts'
import { findDefaultUser } from './default-user.ts'
import { describeMicrosoftError } from './microsoft-errors.ts'
import { joinNonce } from './microsoft-requests.ts'
import { countListed, sendPage, writeSignInPage } from './page.ts'
import { MISSING_PARAMETER } from './parameters.ts'
import { oauthCodeOf } from './refusal-forms.ts'
import { SECRET } from './requests.ts'

/** The number of a response_mode that is not served. [aadsts] */
const WRONG_MODE = 70007

/** What OpenID Connect adds to a request. */
interface OpenIdRequest extends AuthorizeRequest {
  readonly nonce: string | null
  /** `none`: nobody may be asked. */
  readonly prompt: string | null
}

/** `GET /{tenant}/oauth2/v2.0/authorize`: as that of login.live.com, for a code alone, and with what OpenID Connect adds. */
export function microsoftAuthorizeRoute (app: FastifyInstance, services: Services): void {
  const configured = services.config.redirectUris?.split(',') ?? []
  app.get<{ Querystring: URLSearchParams }>('/:tenant/oauth2/v2.0/authorize', { config: SECRET }, (request, reply) => {
    const query = new Query(request.query)
    const address = readReturnAddress(query, { configured, origin: originOf(request) })
    const isFragment = query.first('response_mode')?.toLowerCase() === 'fragment'
    try {
      const asked = readOpenIdRequest(query, address)
      const user = findNamed(asked, request, services)
      if (user === null) return sendUsers(asked, { isFragment, reply }, services)
      return sendBack(reply, address, { isFragment, answer: { code: makeCode(asked, user, services, request.now) } })
    } catch (error) {
      if (!(error instanceof XblError)) throw error
      noteRefusal(request, error)
      return sendBack(reply, address, { isFragment, answer: describeMicrosoftError(error, oauthCodeOf(error)) })
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
 * The user who signs in without being asked: whom the request names, or the configuration. Another site's page may lead a
 * person here, but may not choose who signs in. Null: a person is asked.
 *
 * @throws `login_required` when nobody may be asked.
 */
function findNamed ({ hint, prompt }: OpenIdRequest, { headers }: FastifyRequest, services: Services): Profile | null {
  const named = hint === null ? findDefaultUser(services) : services.store.people.findNamed(hint) ?? null
  if (named !== null && !isCrossSite(headers)) return named
  if (prompt?.toLowerCase() === 'none') throw oauthError('login_required', 'prompt is none, and login_hint names no user of the world.')
  return null
}

function makeCode (asked: OpenIdRequest, { xuid }: Profile, { operations: { run } }: Services, now: number): string {
  const { clientId, redirectUri, codeChallenge, nonce } = asked
  const { token } = run('oauth.issueCode', { xuid, clientId, redirectUri, scope: grantedScope(asked), codeChallenge, token: createToken(), now })
  return joinNonce(token, nonce)
}

function sendUsers (asked: OpenIdRequest, { isFragment, reply }: { isFragment: boolean, reply: FastifyReply }, { store }: Services): FastifyReply {
  const repeated = repeatRequest(asked)
  if (isFragment) repeated.set('response_mode', 'fragment')
  if (asked.nonce !== null) repeated.set('nonce', asked.nonce)
  const link = `?${repeated}&login_hint=`
  const users = store.people.list(countListed(link))
  return sendPage(reply, writeSignInPage({ clientId: asked.clientId, users, others: store.catalogue.count().users - users.length, link }), { hasForms: false })
}

function sendBack (reply: FastifyReply, { to, state }: ReturnAddress, { isFragment, answer }: { isFragment: boolean, answer: Readonly<Record<string, string>> }): FastifyReply {
  const parameters = { ...answer, ...state !== undefined && { state } }
  if (isFragment) to.hash = String(new URLSearchParams(parameters))
  else for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value)
  return reply.code(302).header('location', to.href).send()
}
