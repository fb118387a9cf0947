import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Profile } from '../domain.ts'
import { invalidRequest } from '../errors.ts'
import { oneOf, Query } from '../request/query.ts'
import type { Services } from '../services.ts'
import { LISTED_USERS, PAGE_HEADERS, writePage } from './page.ts'
import { readRedirectUri } from './redirect-uri.ts'
import { ACCESS_SECONDS, accountIdOf, type SignIn } from './sign-in.ts'
import { LARGEST_BODY, SECRET } from './secret-body.ts'

const filled = (text: string): string | undefined => text === '' ? undefined : text

/** What the two routes cannot do without. */
const GRANT_TYPE = { name: 'grant_type', expected: 'authorization_code or refresh_token', read: oneOf(['authorization_code', 'refresh_token']) }
const RESPONSE_TYPE = { name: 'response_type', expected: 'code', read: oneOf(['code']) }
const CLIENT_ID = { name: 'client_id', expected: 'the id of the application', read: filled }
const CODE = { name: 'code', expected: 'the authorization code', read: filled }
const REFRESH_TOKEN = { name: 'refresh_token', expected: 'the refresh token', read: filled }
const REDIRECT_URI = { name: 'redirect_uri', expected: 'where the sign-in leads back to', read: filled }

const DEFAULT_SCOPE = 'XboxLive.signin XboxLive.offline_access'

/** What login.live.com does: `GET /oauth20_authorize.srf` and `POST /oauth20_token.srf`. */
export function oauthRoutes (app: FastifyInstance, { config, store }: Services, signIn: SignIn): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => new URLSearchParams(body))

  app.get<{ Querystring: URLSearchParams }>('/oauth20_authorize.srf', (request, reply) => {
    const { clientId, redirectUri, hint, again } = readAuthorize(request.query, config.redirectUris?.split(',') ?? [])
    if (hint !== '') return redirect(reply, redirectUri, { code: signIn.issue('code', signIn.named(hint), request.now).token, state: again['state'] })
    const linkOf = ({ xuid }: Profile): string => `?${new URLSearchParams({ ...again, login_hint: xuid })}`
    const users = store.people.list(LISTED_USERS)
    return reply.headers(PAGE_HEADERS).send(writePage({ clientId, users, others: store.catalogue.count().users - users.length, linkOf }))
  })

  app.post<{ Body: URLSearchParams | undefined }>('/oauth20_token.srf', { bodyLimit: LARGEST_BODY, config: SECRET }, ({ body, now }) => {
    const form = new Query(body ?? new URLSearchParams())
    const grant = demand(form, GRANT_TYPE)
    demand(form, CLIENT_ID)
    const scope = form.one('scope', 'scopes', filled) ?? DEFAULT_SCOPE
    const { user, access, refresh } = grant === 'refresh_token'
      ? signIn.exchange('refresh', demand(form, REFRESH_TOKEN), now)
      : signIn.exchange('code', demand(form, CODE), now)
    return {
      token_type: 'bearer',
      expires_in: ACCESS_SECONDS,
      scope,
      access_token: access.token,
      refresh_token: refresh.token,
      user_id: accountIdOf(user)
    }
  })
}

/** The value of a parameter that has to be there; none of a message's words are those of a code or token. */
function demand<T> (query: Query, { name, expected, read }: { name: string, expected: string, read: (text: string) => T | undefined }): T {
  const value = query.one(name, expected, read)
  if (value === undefined) throw invalidRequest(`${name} is missing; expected ${expected}.`)
  return value
}

function readAuthorize (parameters: URLSearchParams, configured: readonly string[]) {
  const query = new Query(parameters)
  // First: nobody is led anywhere, or told anything on a page, before it is known where that leads.
  const redirect = demand(query, REDIRECT_URI)
  const redirectUri = readRedirectUri(redirect, configured)
  const clientId = demand(query, CLIENT_ID)
  demand(query, RESPONSE_TYPE)
  const state = query.one('state', 'any text', String)
  const again: Record<string, string> = { client_id: clientId, response_type: 'code', redirect_uri: redirect, ...state !== undefined && { state } }
  return { clientId, redirectUri, hint: query.one('login_hint', 'a gamertag or XUID', String) ?? '', again }
}

function redirect (reply: FastifyReply, to: URL, { code, state }: { code: string, state: string | undefined }): FastifyReply {
  to.searchParams.set('code', code)
  if (state !== undefined) to.searchParams.set('state', state)
  return reply.code(302).header('location', to.href).send()
}
