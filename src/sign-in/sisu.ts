import { randomUUID } from 'node:crypto'
import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { findXboxHost, LIVE_HOST } from '../http/hosts.ts'
import { originOf, type RequestAddress } from '../http/origin.ts'
import type { Services } from '../http/services.ts'
import { readProofKey } from '../model/proof-key.ts'
import { signInRefused, XblError } from '../model/refusals.ts'
import { XErr } from '../model/xerr.ts'
import { createToken } from '../operations/sessions.ts'
import { requireDevice } from '../operations/xal.ts'
import { SECRET_BODY } from './requests.ts'
import { formatTitleToken, formatUserToken, formatXstsToken } from './xal-answers.ts'
import { isForXboxLive, SisuAuthenticateBody, SisuAuthorizeBody } from './xal-requests.ts'
import { claimUser } from './xal-tokens.ts'

/** The claims of the modern gamertag. */
const MODERN_CLAIMS = ['mgt', 'mgs', 'umg']

/** sisu.xboxlive.com: `POST /authenticate` leads to the page on which a person signs in, `POST /authorize` gives all tokens at once. */
export function sisuRoutes (app: FastifyInstance, { config: { dialect }, store, operations: { run } }: Services): void {
  app.post<{ Body: Static<typeof SisuAuthenticateBody> }>('/authenticate', { ...SECRET_BODY, schema: { body: SisuAuthenticateBody } }, (request, reply) => {
    const { body, now } = request
    const sessionId = randomUUID()
    refuseAsSisu({ appId: body.AppId, sessionId }, () => requireDevice(store, body.DeviceToken, now))
    reply.header('x-sessionid', sessionId)
    return { MsaOauthRedirect: signInPageOf(request, body), MsaRequestParameters: {} }
  })

  app.post<{ Body: Static<typeof SisuAuthorizeBody> }>('/authorize', { ...SECRET_BODY, schema: { body: SisuAuthorizeBody } }, ({ body, now }) => {
    const { AccessToken: accessToken, AppId: appId, DeviceToken: deviceToken, Sandbox: sandbox, UseModernGamertag: isModern, SessionId: session = '' } = body
    // It is sent back in a header, which clients take up to a length.
    const sessionId = /^[!-~]{1,128}$/.test(session) ? session : randomUUID()
    const forXboxLive = isForXboxLive(body.RelyingParty)
    const { user, titleToken, userToken, xstsToken } = refuseAsSisu({ appId, sessionId }, () => run('sisu.authorize', {
      accessToken, appId, deviceToken, sandbox, isForXboxLive: forXboxLive, dialect, proofKey: readProofKey(body.ProofKey), titleToken: createToken(), userToken: createToken(), token: createToken(), now
    }))
    return {
      DeviceToken: deviceToken,
      TitleToken: formatTitleToken(titleToken, now),
      UserToken: formatUserToken(userToken, user, now),
      AuthorizationToken: formatXstsToken(xstsToken, [claimUser(store, user, { forXboxLive, optional: isModern ? MODERN_CLAIMS : [] })], now),
      WebPage: webPageOf(appId),
      Sandbox: sandbox,
      ...isModern && { UseModernGamertag: true }
    }
  })
}

/** The 401 of this host, when it is not known who asks: a fault. */
export const refuseOfSisu = (reason: string): XblError => signInRefused(XErr.noXboxProfile, reason, { webPage: webPageOf('unknown'), sessionId: randomUUID() })

const webPageOf = (appId: string): string => `https://sisu.xboxlive.com/client/v27/${encodeURIComponent(appId.toWellFormed())}/view/index.html`

/** Runs work whose refusals have the number in a header, too, and name a page and the session, as clients of this host expect. */
function refuseAsSisu<T> ({ appId, sessionId }: { appId: string, sessionId: string }, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw hasNumber(error) ? signInRefused(error.body.XErr, error.message, { webPage: webPageOf(appId), sessionId }) : error
  }
}

const hasNumber = (error: unknown): error is XblError & { body: { XErr: number } } =>
  error instanceof XblError && error.body !== null && 'XErr' in error.body

/**
 * The page on which a person signs in, as the service writes it: on login.live.com when this host was asked under its real
 * name, else on the emulator, at the address that the client has used.
 */
function signInPageOf (request: RequestAddress, { AppId: appId, RedirectUri: redirectUri, TokenType: type, Offers: scopes, Query: passedOn }: Static<typeof SisuAuthenticateBody>): string {
  const page = new URL('/oauth20_authorize.srf', originOf(request))
  if (findXboxHost(request.headers.host) !== undefined) {
    page.hostname = LIVE_HOST
    page.protocol = 'https:'
  }
  const parameters = {
    lw: '1', fl: 'dob,easi2', xsup: '1', ...passedOn, client_id: appId, response_type: type, scope: scopes.join(' '), redirect_uri: redirectUri, nopa: '2'
  }
  for (const [name, value] of Object.entries(parameters)) page.searchParams.set(name, value)
  return page.href
}
