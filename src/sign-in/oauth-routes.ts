import type { FastifyInstance, FastifyReply } from 'fastify'
import { isCrossSite } from '../http/callers.ts'
import { wordParser, Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import { createToken } from '../operations/sessions.ts'
import { DEFAULT_SCOPE } from '../operations/oauth.ts'
import { requireNamed } from '../operations/sign-in.ts'
import { accountIdOf } from './answers.ts'
import { countListed, PAGE_HEADERS, writePage } from './page.ts'
import { LARGEST_BODY, parseForm, readRedirectUri, SECRET } from './requests.ts'

const notEmpty = (text: string): string | undefined => text === '' ? undefined : text

// The required parameters of the two routes.
const GRANT_TYPE = { name: 'grant_type', expected: 'authorization_code or refresh_token', read: wordParser(['authorization_code', 'refresh_token']) }
const RESPONSE_TYPE = { name: 'response_type', expected: 'code', read: wordParser(['code']) }
const CLIENT_ID = { name: 'client_id', expected: 'the id of the application', read: notEmpty }
const CODE = { name: 'code', expected: 'the authorization code', read: notEmpty }
const REFRESH_TOKEN = { name: 'refresh_token', expected: 'the refresh token', read: notEmpty }
const REDIRECT_URI = { name: 'redirect_uri', expected: 'where the sign-in leads back to', read: notEmpty }

/** The routes of login.live.com: `GET /oauth20_authorize.srf` and `POST /oauth20_token.srf`. */
export function oauthRoutes (app: FastifyInstance, { config, store, operations: { run } }: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseForm(body))

  app.get<{ Querystring: URLSearchParams }>('/oauth20_authorize.srf', (request, reply) => {
    const { clientId, redirectUri, hint, repeated } = readAuthorize(request.query, config.redirectUris?.split(',') ?? [])
    const hinted = hint === '' ? undefined : requireNamed(store, hint)
    // Another site's page may lead a person here, but may not choose who signs in.
    if (hinted !== undefined && !isCrossSite(request.headers)) {
      const { token } = run('oauth.issueCode', { xuid: hinted.xuid, clientId, redirectUri: repeated['redirect_uri'] as string, scope: DEFAULT_SCOPE, codeChallenge: null, token: createToken(), now: request.now })
      return redirect(reply, redirectUri, { code: token, state: repeated['state'] })
    }
    const link = `?${new URLSearchParams(repeated)}&login_hint=`
    const users = putFirst(hinted, store.people.list(countListed(link)))
    return reply.headers(PAGE_HEADERS).send(writePage({ clientId, users, others: store.catalogue.count().users - users.length, link }))
  })

  app.post<{ Body: URLSearchParams | undefined }>('/oauth20_token.srf', { bodyLimit: LARGEST_BODY, config: SECRET }, ({ body, now }) => {
    const form = new Query(body ?? new URLSearchParams())
    const grant = requireParameter(form, GRANT_TYPE)
    const clientId = requireParameter(form, CLIENT_ID)
    const shared = { clientId, scope: form.one('scope', 'scopes', notEmpty) ?? null, accessToken: createToken(), refreshToken: createToken(), now }
    const { user, access, expiresIn, refresh, scope } = grant === 'refresh_token'
      ? run('oauth.refresh', { ...shared, credential: requireParameter(form, REFRESH_TOKEN) })
      : run('oauth.exchangeCode', { ...shared, code: requireParameter(form, CODE), redirectUri: form.one('redirect_uri', 'x', notEmpty) ?? null, codeVerifier: null })
    return {
      token_type: 'bearer',
      expires_in: expiresIn,
      scope,
      access_token: access.token,
      refresh_token: refresh.token,
      user_id: accountIdOf(user)
    }
  })
}

function putFirst (hinted: Profile | undefined, users: readonly Profile[]): readonly Profile[] {
  return hinted === undefined ? users : [hinted, ...users.filter(({ xuid }) => xuid !== hinted.xuid)]
}

/** @throws 400 when a parameter is missing or wrong; the message repeats no code or token. */
function requireParameter<T> (query: Query, { name, expected, read }: { name: string, expected: string, read: (text: string) => T | undefined }): T {
  const value = query.one(name, expected, read)
  if (value === undefined) throw invalidRequest(`${name} is missing; expected ${expected}.`)
  return value
}

function readAuthorize (parameters: URLSearchParams, configured: readonly string[]) {
  const query = new Query(parameters)
  // Checked first: nobody is sent to an address, or shown a page that links to it, before it is known to be allowed.
  const redirect = requireParameter(query, REDIRECT_URI)
  const redirectUri = readRedirectUri(redirect, configured)
  const clientId = requireParameter(query, CLIENT_ID)
  requireParameter(query, RESPONSE_TYPE)
  const state = query.one('state', 'any text', String)
  const repeated: Record<string, string> = { client_id: clientId, response_type: 'code', redirect_uri: redirect, ...state !== undefined && { state } }
  return { clientId, redirectUri, hint: query.one('login_hint', 'a gamertag or XUID', String) ?? '', repeated }
}

function redirect (reply: FastifyReply, to: URL, { code, state }: { code: string, state: string | undefined }): FastifyReply {
  to.searchParams.set('code', code)
  if (state !== undefined) to.searchParams.set('state', state)
  return reply.code(302).header('location', to.href).send()
}
