import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { isCrossSite } from '../http/callers.ts'
import { originOf } from '../http/origin.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import { createToken } from '../operations/sessions.ts'
import { grantedScope, readAuthorizeRequest, repeatRequest, type AuthorizeRequest } from './authorize-request.ts'
import { findDefaultUser } from './default-user.ts'
import { formatOAuthToken } from './live-answers.ts'
import { sendPage } from './page.ts'
import { notEmpty, requireParameter } from './parameters.ts'
import { createPageTokens, type PageTokens } from './ppft.ts'
import { DESKTOP_PATH } from './redirect-uri.ts'
import { oauthCodeOf } from './refusal-forms.ts'
import { SECRET, SECRET_BODY } from './requests.ts'
import { leadBack, noteRefusal, readReturnAddress, type ReturnAddress } from './return-address.ts'
import { findChoice, linkOfUser, SEARCHED, writeSignInPage } from './sign-in-page.ts'

const PPFT = { name: 'PPFT', expected: 'that of the page', read: notEmpty }
const AUTHORIZE_PATH = '/oauth20_authorize.srf'
const PASSWORD_PATH = '/ppsecure/post.srf'

/** The parameter that holds the others in base64url: an older client reads an address of a page up to the first percent sign. */
const PACKED = 'request'

function unpackQuery (query: URLSearchParams): URLSearchParams {
  const packed = query.get(PACKED)
  return packed === null ? query : new URLSearchParams(Buffer.from(packed, 'base64url').toString())
}

/** What clients without a browser send back with the form; nothing depends on it. */
const PAGE_COOKIE = 'MSPRequ=emulator; Path=/; HttpOnly; SameSite=Lax'

interface AuthorizeContext {
  readonly services: Services
  readonly tokens: PageTokens
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The routes of login.live.com on which a person, or a client for one, says who signs in. */
export function authorizeRoutes (app: FastifyInstance, services: Services): void {
  const tokens = createPageTokens()
  const readAddress = (request: FastifyRequest): { query: Query, address: ReturnAddress } => {
    const query = new Query(unpackQuery(request.query as URLSearchParams))
    return { query, address: readReturnAddress(query, request, services) }
  }

  app.get(AUTHORIZE_PATH, { config: SECRET }, (request, reply) => {
    const { query, address } = readAddress(request)
    try {
      return answerAuthorize(readAuthorizeRequest(query, address), query.first(SEARCHED), { services, tokens, request, reply })
    } catch (error) {
      const refusal = noteRefusal(request, error)
      const parameters = { error: oauthCodeOf(refusal), error_description: refusal.message }
      return leadBack(reply, address, { parameters, inFragment: query.first('response_type')?.toLowerCase() === 'token' })
    }
  })

  app.post<{ Body: URLSearchParams | undefined }>(PASSWORD_PATH, SECRET_BODY, (request, reply) => {
    const { query, address } = readAddress(request)
    return answerPassword(readAuthorizeRequest(query, address), new Query(request.body ?? new URLSearchParams()), { services, tokens, request, reply })
  })

  // Where applications without a server wait for the address of the page.
  app.get(DESKTOP_PATH, { config: SECRET }, (_request, reply) => sendPage(reply, '', { hasForms: false }))
}

/** Leads straight back for whom the request, or the configuration, names; otherwise asks a person. */
function answerAuthorize (asked: AuthorizeRequest, searched: string | undefined, context: AuthorizeContext): FastifyReply {
  const { services, request } = context
  const named = asked.hint === null ? findDefaultUser(services) : requireHinted(services, asked.hint)
  // Another site's page may lead a person here, but may not choose who signs in.
  if (named !== null && searched === undefined && !isCrossSite(request.headers)) return returnSignedIn(asked, named, context)
  return sendChoice(asked, searched === undefined ? { first: named } : { searched }, context)
}

function requireHinted ({ store }: Services, hint: string): Profile {
  const user = store.people.findNamed(hint)
  if (user === undefined) throw oauthError('access_denied', `login_hint is ${formatValue(hint)}; expected the gamertag or XUID of a user of the world.`)
  return user
}

/** Signs a user in whose name and password a client has sent. Any password will do but an empty one. */
function answerPassword (asked: AuthorizeRequest, form: Query, context: AuthorizeContext): FastifyReply {
  const { services: { store }, tokens, request } = context
  if (!tokens.isFor(requireParameter(form, PPFT), repeatRequest(asked).toString(), request.now)) throw oauthError('invalid_request', 'PPFT was not issued here for this request, or is older than an hour; expected that of the page.')
  const login = form.one('login', 'a gamertag, XUID or address', String) ?? form.one('loginfmt', 'a gamertag, XUID or address', String) ?? ''
  const password = form.one('passwd', 'a password', String) ?? ''
  const user = store.people.findNamed(login) ?? store.people.findNamed(login.replace(/@[^@]*$/, ''))
  if (user === undefined) return sendChoice(asked, { problem: `No user is called ${formatValue(login)}: a gamertag or XUID is one, and an address in which one stands before the @.` }, context)
  if (password === '') return sendChoice(asked, { problem: 'The password is empty; any other will do.' }, context)
  return returnSignedIn(asked, user, context)
}

/** Sends the page on which a person chooses. */
function sendChoice (asked: AuthorizeRequest, { first = null, searched = '', problem }: { first?: Profile | null, searched?: string, problem?: string }, { services: { store }, tokens, request, reply }: AuthorizeContext): FastifyReply {
  const repeated = repeatRequest(asked)
  const choice = findChoice(store, { searched, first, perUser: linkOfUser(AUTHORIZE_PATH, repeated), instead: 'search for them, or name one with login_hint, a gamertag or XUID.' })
  const origin = originOf(request)
  reply.header('set-cookie', PAGE_COOKIE)
  return sendPage(reply, writeSignInPage({
    clientId: asked.clientId,
    choice,
    path: AUTHORIZE_PATH,
    repeated,
    form: {
      url: `${origin}${PASSWORD_PATH}?${repeated}`,
      olderUrl: `${origin}${PASSWORD_PATH}?${PACKED}=${Buffer.from(String(repeated)).toString('base64url')}`,
      token: tokens.issue(String(repeated), request.now)
    },
    ...problem !== undefined && { problem }
  }), { hasForms: choice.searched !== null })
}

/** Leads back with what was asked for: a code, or the tokens. */
function returnSignedIn (asked: AuthorizeRequest, { xuid }: Profile, { services: { operations: { run } }, request: { now }, reply }: AuthorizeContext): FastifyReply {
  const { clientId, redirectUri, codeChallenge } = asked
  const scope = grantedScope(asked)
  if (asked.responseType === 'code') {
    const { token: code } = run('oauth.issueCode', { xuid, clientId, redirectUri, scope, codeChallenge, token: createToken(), now })
    return leadBack(reply, asked, { parameters: { code }, inFragment: false })
  }
  const granted = run('oauth.issueTokens', { xuid, clientId, scope, accessToken: createToken(), refreshToken: createToken(), now })
  asked.to.searchParams.set('lc', '1033')
  return leadBack(reply, asked, { parameters: formatOAuthToken(granted), inFragment: true })
}
