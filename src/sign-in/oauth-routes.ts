import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Profile } from '../model/user.ts'
import { invalidRequest } from '../model/refusals.ts'
import { isLedHere } from '../http/callers.ts'
import { oneOf, Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { accountIdOf } from './answers.ts'
import { listedUsers, PAGE_HEADERS, writePage } from './page.ts'
import { readRedirectUri } from './redirect-uri.ts'
import { createToken } from '../operations/sessions.ts'
import { LIFETIMES, requireNamed } from '../operations/sign-in.ts'
import { LARGEST_BODY, SECRET } from './secret-body.ts'

const filled = (text: string): string | undefined => text === '' ? undefined : text

/** What the two routes cannot do without. */
const GRANT_TYPE = { name: 'grant_type', expected: 'authorization_code or refresh_token', read: oneOf(['authorization_code', 'refresh_token']) }
const RESPONSE_TYPE = { name: 'response_type', expected: 'code', read: oneOf(['code']) }
const CLIENT_ID = { name: 'client_id', expected: 'the id of the application', read: filled }
const CODE = { name: 'code', expected: 'the authorization code', read: filled }
const REFRESH_TOKEN = { name: 'refresh_token', expected: 'the refresh token', read: filled }
const REDIRECT_URI = { name: 'redirect_uri', expected: 'where the sign-in leads back to', read: filled }

const MOST_PARAMETERS = 100

const DEFAULT_SCOPE = 'XboxLive.signin XboxLive.offline_access'

/** What login.live.com does: `GET /oauth20_authorize.srf` and `POST /oauth20_token.srf`. */
export function oauthRoutes (app: FastifyInstance, { config, store, operations: { run } }: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseForm(body))

  app.get<{ Querystring: URLSearchParams }>('/oauth20_authorize.srf', (request, reply) => {
    const { clientId, redirectUri, hint, again } = readAuthorize(request.query, config.redirectUris?.split(',') ?? [])
    const hinted = hint === '' ? undefined : requireNamed(store, hint)
    // A page elsewhere may lead a person here, and may not sign in for that person.
    if (hinted !== undefined && !isLedHere(request.headers)) {
      const { token } = run('signInToken.issue', { kind: 'code', xuid: hinted.xuid, token: createToken(), now: request.now })
      return redirect(reply, redirectUri, { code: token, state: again['state'] })
    }
    const link = `?${new URLSearchParams(again)}&login_hint=`
    const users = putFirst(hinted, store.people.list(listedUsers(link)))
    return reply.headers(PAGE_HEADERS).send(writePage({ clientId, users, others: store.catalogue.count().users - users.length, link }))
  })

  app.post<{ Body: URLSearchParams | undefined }>('/oauth20_token.srf', { bodyLimit: LARGEST_BODY, config: SECRET }, ({ body, now }) => {
    const form = new Query(body ?? new URLSearchParams())
    const grant = demand(form, GRANT_TYPE)
    demand(form, CLIENT_ID)
    const scope = form.one('scope', 'scopes', filled) ?? DEFAULT_SCOPE
    const given = grant === 'refresh_token'
      ? { kind: 'refresh', credential: demand(form, REFRESH_TOKEN) } as const
      : { kind: 'code', credential: demand(form, CODE) } as const
    const { user, access, refresh } = run('signInToken.exchange', { ...given, accessToken: createToken(), refreshToken: createToken(), now })
    return {
      token_type: 'bearer',
      expires_in: LIFETIMES.access / 1000,
      scope,
      access_token: access.token,
      refresh_token: refresh.token,
      user_id: accountIdOf(user)
    }
  })
}

/** @throws 400 for a form of very many parameters: no client sends more than ten. */
function parseForm (text: string): URLSearchParams {
  if (text.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS) throw invalidRequest(`The form has more than ${MOST_PARAMETERS} parameters; expected ${MOST_PARAMETERS} at most.`)
  return new URLSearchParams(text)
}

function putFirst (hinted: Profile | undefined, users: readonly Profile[]): readonly Profile[] {
  return hinted === undefined ? users : [hinted, ...users.filter(({ xuid }) => xuid !== hinted.xuid)]
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
