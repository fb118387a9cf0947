import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isCrossSite } from '../http/callers.ts'
import { Query, wordParser } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { OAuthRefusal, oauthError } from '../model/refusals.ts'
import type { CodeChallenge } from '../model/session.ts'
import type { Profile } from '../model/user.ts'
import { createToken } from '../operations/sessions.ts'
import { describeRefusal } from './microsoft-errors.ts'
import { joinNonce, optional, requireGiven } from './microsoft-requests.ts'
import { countListed, PAGE_HEADERS, writePage } from './page.ts'
import { readRedirectUri } from './requests.ts'

/** What the page's links repeat of a request. */
const REPEATED = ['client_id', 'response_type', 'redirect_uri', 'scope', 'state', 'response_mode', 'nonce', 'code_challenge', 'code_challenge_method'] as const

/** The number of a response_mode that is not served. [aadsts] */
const WRONG_MODE = 70007

/** How the person is led back. */
interface Return {
  readonly to: URL
  readonly isFragment: boolean
  readonly state: string | null
}

/** What an application asks a code for. */
interface Asked {
  readonly clientId: string
  readonly redirectUri: string
  readonly scope: string
  readonly codeChallenge: CodeChallenge | null
}

/** `GET /{tenant}/oauth2/v2.0/authorize`: as that of login.live.com, with a nonce, and with errors that lead back. */
export function microsoftAuthorizeRoute (app: FastifyInstance, { config, store, operations: { run } }: Services): void {
  const configured = config.redirectUris?.split(',') ?? []
  app.get<{ Querystring: URLSearchParams }>('/:tenant/oauth2/v2.0/authorize', (request, reply) => {
    const query = new Query(request.query)
    const redirectUri = requireGiven(query, 'redirect_uri')
    // Checked first: nobody is sent to an address, or shown a page that links to it, before it is known to be allowed.
    const to = readRedirectUri(redirectUri, configured)
    const clientId = requireGiven(query, 'client_id')
    const back: Return = { to, isFragment: optional(query, 'response_mode')?.toLowerCase() === 'fragment', state: optional(query, 'state') }
    try {
      const asked = readAsked(query, { clientId, redirectUri })
      const hinted = findHinted(request, query, store.people.findNamed)
      if (hinted === undefined) return showUsers(query, reply, { clientId, store })
      const { token } = run('oauth.issueCode', { ...asked, xuid: hinted.xuid, token: createToken(), now: request.now })
      return leadBack(reply, back, { code: joinNonce(token, optional(query, 'nonce')) })
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error
      return leadBack(reply, back, describeRefusal(error))
    }
  })
}

/** @throws an OAuthRefusal, of which the application is told. */
function readAsked (query: Query, application: Pick<Asked, 'clientId' | 'redirectUri'>): Asked {
  if (requireGiven(query, 'response_type') !== 'code') throw oauthError('unsupported_response_type', 'response_type is none that this host takes; expected code.')
  if (!/^(?:query|fragment)?$/i.test(optional(query, 'response_mode') ?? '')) throw oauthError('invalid_request', 'response_mode is none that this host takes; expected query or fragment.', WRONG_MODE)
  return { ...application, scope: requireGiven(query, 'scope'), codeChallenge: readChallenge(query) }
}

function readChallenge (query: Query): CodeChallenge | null {
  const value = optional(query, 'code_challenge')
  if (value === null) return null
  const given = optional(query, 'code_challenge_method') ?? 'plain'
  const method = wordParser(['S256', 'plain'])(given)
  if (method === undefined) throw oauthError('invalid_request', 'code_challenge_method is none that this host takes; expected S256 or plain.')
  return { value, method }
}

/**
 * The user whom the request names, and who signs in without being asked; another site's page may lead a person here,
 * but may not choose who signs in.
 *
 * @throws `login_required` when nobody may be asked.
 */
function findHinted ({ headers }: FastifyRequest, query: Query, findNamed: (name: string) => Profile | undefined): Profile | undefined {
  const hint = optional(query, 'login_hint')
  const hinted = hint === null || isCrossSite(headers) ? undefined : findNamed(hint)
  if (hinted === undefined && optional(query, 'prompt')?.toLowerCase() === 'none') throw oauthError('login_required', 'prompt is none, and login_hint names no user of the world.')
  return hinted
}

function showUsers (query: Query, reply: FastifyReply, { clientId, store }: { clientId: string, store: Services['store'] }): FastifyReply {
  const repeated = REPEATED.flatMap((name) => {
    const value = optional(query, name)
    return value === null ? [] : [[name, value] as [string, string]]
  })
  const link = `?${new URLSearchParams(repeated)}&login_hint=`
  const users = store.people.list(countListed(link))
  return reply.headers(PAGE_HEADERS).send(writePage({ clientId, users, others: store.catalogue.count().users - users.length, link }))
}

function leadBack (reply: FastifyReply, { to, isFragment, state }: Return, answer: Record<string, string>): FastifyReply {
  const parameters = { ...answer, ...state !== null && { state } }
  if (isFragment) to.hash = String(new URLSearchParams(parameters))
  else for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value)
  return reply.code(302).header('location', to.href).send()
}
