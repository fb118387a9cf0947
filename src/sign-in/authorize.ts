import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { isCrossSite } from '../http/callers.ts'
import { originOf } from '../http/origin.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { oauthError, XblError } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import { createToken } from '../operations/sessions.ts'
import {
  addressWithCode, addressWithError, addressWithTokens, grantedScope, noteRefusal, readAuthorizeRequest, readReturnAddress, repeatRequest,
  type AuthorizeRequest, type ReturnAddress
} from './authorize-request.ts'
import { findDefaultUser } from './default-user.ts'
import { formatOAuthToken } from './oauth-answers.ts'
import { countListed, sendPage, writeSignInPage } from './page.ts'
import { notEmpty, requireParameter } from './parameters.ts'
import { createPageTokens, type PageTokens } from './ppft.ts'
import { DESKTOP_PATH } from './redirect-uri.ts'
import { LARGEST_BODY, SECRET } from './requests.ts'

const PPFT = { name: 'PPFT', expected: 'that of the page', read: notEmpty }
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
  const configured = services.config.redirectUris?.split(',') ?? []
  const readAddress = (request: FastifyRequest): { query: Query, address: ReturnAddress } => {
    const query = new Query(unpackQuery(request.query as URLSearchParams))
    return { query, address: readReturnAddress(query, { configured, origin: originOf({ protocol: request.protocol, headers: request.headers, socket: request.socket }) }) }
  }

  app.get('/oauth20_authorize.srf', { config: SECRET }, (request, reply) => {
    const { query, address } = readAddress(request)
    const context = { services, tokens, request, reply }
    try {
      return answerAuthorize(readAuthorizeRequest(query, address), context)
    } catch (error) {
      if (!(error instanceof XblError)) throw error
      noteRefusal(request, error)
      return redirect(reply, addressWithError(address, { refusal: error, isImplicit: query.first('response_type')?.toLowerCase() === 'token' }))
    }
  })

  app.post<{ Body: URLSearchParams | undefined }>(PASSWORD_PATH, { bodyLimit: LARGEST_BODY, config: SECRET }, (request, reply) => {
    const { query, address } = readAddress(request)
    return answerPassword(readAuthorizeRequest(query, address), new Query(request.body ?? new URLSearchParams()), { services, tokens, request, reply })
  })

  // Where applications without a server wait for the address of the page.
  app.get(DESKTOP_PATH, { config: SECRET }, (_request, reply) => sendPage(reply, '', { hasForms: false }))
}

/** Leads straight back for whom the request, or the configuration, names; otherwise asks a person. */
function answerAuthorize (asked: AuthorizeRequest, context: AuthorizeContext): FastifyReply {
  const { services, request } = context
  const named = asked.hint === null ? findDefaultUser(services) : requireHinted(services, asked.hint)
  // Another site's page may lead a person here, but may not choose who signs in.
  if (named !== null && !isCrossSite(request.headers)) return returnSignedIn(asked, named, context)
  return sendChoice(asked, { first: named }, context)
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
function sendChoice (asked: AuthorizeRequest, { first = null, problem }: { first?: Profile | null, problem?: string }, { services: { store }, tokens, request, reply }: AuthorizeContext): FastifyReply {
  const repeated = repeatRequest(asked).toString()
  const link = `/oauth20_authorize.srf?${repeated}&login_hint=`
  const listed = store.people.list(countListed(link))
  const users = first === null ? listed : [first, ...listed.filter(({ xuid }) => xuid !== first.xuid)]
  const origin = originOf({ protocol: request.protocol, headers: request.headers, socket: request.socket })
  reply.header('set-cookie', PAGE_COOKIE)
  return sendPage(reply, writeSignInPage({
    clientId: asked.clientId,
    users,
    others: store.catalogue.count().users - users.length,
    link,
    form: {
      url: `${origin}${PASSWORD_PATH}?${repeated}`,
      olderUrl: `${origin}${PASSWORD_PATH}?${PACKED}=${Buffer.from(repeated).toString('base64url')}`,
      token: tokens.issue(repeated, request.now)
    },
    ...problem !== undefined && { problem }
  }), { hasForms: false })
}

/** Leads back with what was asked for: a code, or the tokens. */
function returnSignedIn (asked: AuthorizeRequest, { xuid }: Profile, { services: { operations: { run } }, request: { now }, reply }: AuthorizeContext): FastifyReply {
  const { clientId, redirectUri, codeChallenge } = asked
  const scope = grantedScope(asked)
  if (asked.responseType === 'code') return redirect(reply, addressWithCode(asked, run('oauth.issueCode', { xuid, clientId, redirectUri, scope, codeChallenge, token: createToken(), now }).token))
  const granted = run('oauth.issueTokens', { xuid, clientId, scope, accessToken: createToken(), refreshToken: createToken(), now })
  return redirect(reply, addressWithTokens(asked, formatOAuthToken(granted)))
}

const redirect = (reply: FastifyReply, address: string): FastifyReply => reply.code(302).header('location', address).send()
