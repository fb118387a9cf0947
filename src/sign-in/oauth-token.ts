import { randomInt } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { originOf } from '../http/origin.ts'
import { wordParser, type Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import { DEVICE_CODE_LIFETIME, DEVICE_POLLING_INTERVAL } from '../operations/device-codes.ts'
import { DEFAULT_SCOPE, type GrantedTokens } from '../operations/oauth.ts'
import { createToken } from '../operations/sessions.ts'
import { findDefaultUser } from './default-user.ts'
import { DEVICE_PATH } from './device-page.ts'
import { splitNonce } from './microsoft-requests.ts'
import { formatOAuthToken } from './oauth-answers.ts'
import { CLIENT_ID, mergeParameters, notEmpty, requireParameter, SCOPE } from './parameters.ts'
import { LARGEST_BODY, SECRET } from './requests.ts'

const GRANT_TYPES = ['authorization_code', 'refresh_token', 'device_code', 'urn:ietf:params:oauth:grant-type:device_code'] as const
const GRANT_TYPES_EXPECTED = 'authorization_code, refresh_token or urn:ietf:params:oauth:grant-type:device_code'

const GRANT_TYPE = { name: 'grant_type', expected: GRANT_TYPES_EXPECTED, read: notEmpty }
const CODE = { name: 'code', expected: 'the authorization code', read: notEmpty }
const REFRESH_TOKEN = { name: 'refresh_token', expected: 'the refresh token', read: notEmpty }
const DEVICE_CODE = { name: 'device_code', expected: 'the device code', read: notEmpty }

/** The characters of a user code: none of them looks like another. */
const USER_CODE_CHARACTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789'

/** What a person enters: it is short, because it only says which device is meant. */
export const createUserCode = (): string => Array.from({ length: 8 }, () => USER_CODE_CHARACTERS[randomInt(USER_CODE_CHARACTERS.length)]).join('')

type ParametersRequest = FastifyRequest<{ Body: URLSearchParams | undefined, Querystring: URLSearchParams }>

/** The routes of login.live.com that applications ask without a person: for a device code, and for tokens. */
export function oauthTokenRoutes (app: FastifyInstance, services: Services): void {
  const options = { bodyLimit: LARGEST_BODY, config: SECRET }
  const exchange = ({ body, query, now }: ParametersRequest): object =>
    formatOAuthToken(exchangeGrant(mergeParameters(body, query), services, now))
  app.post('/oauth20_token.srf', options, exchange)
  // Some clients refresh so.
  app.get('/oauth20_token.srf', options, exchange)

  app.post('/oauth20_connect.srf', options, (request: ParametersRequest) => {
    const { now, protocol, headers, socket } = request
    const form = mergeParameters(request.body, request.query)
    const clientId = requireParameter(form, CLIENT_ID)
    const responseType = form.one('response_type', 'device_code', String) ?? 'device_code'
    if (responseType !== 'device_code') throw oauthError('unsupported_response_type', `response_type is ${formatValue(responseType)}; expected device_code.`)
    const { deviceCode, userCode } = services.operations.run('deviceCode.create', {
      clientId, scope: readScope(form) ?? DEFAULT_SCOPE, deviceCode: createToken(), userCode: createUserCode(), xuid: findDefaultUser(services)?.xuid ?? null, now
    })
    return {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: `${originOf({ protocol, headers, socket })}${DEVICE_PATH}`,
      interval: DEVICE_POLLING_INTERVAL,
      expires_in: DEVICE_CODE_LIFETIME
    }
  })
}

const readScope = (form: Query): string | null => form.one(SCOPE.name, SCOPE.expected, SCOPE.read) ?? null

/** Exchanges what a request names for tokens. @throws 400 with the code of OAuth that says what is wrong. */
export function exchangeGrant (form: Query, { operations: { run } }: Services, now: number): GrantedTokens {
  const grantType = requireParameter(form, GRANT_TYPE)
  const known = wordParser(GRANT_TYPES)(grantType)
  if (known === undefined) throw oauthError('unsupported_grant_type', `grant_type is ${formatValue(grantType)}; expected ${GRANT_TYPES_EXPECTED}.`)
  const clientId = requireParameter(form, CLIENT_ID)
  const scope = readScope(form)
  const shared = { clientId, accessToken: createToken(), refreshToken: createToken(), now }
  switch (known) {
    case 'authorization_code': return run('oauth.exchangeCode', {
      ...shared,
      scope,
      // Also one of the other host, which carries a nonce.
      code: splitNonce(requireParameter(form, CODE)).code,
      redirectUri: form.one('redirect_uri', 'that of the sign-in', String) ?? null,
      codeVerifier: form.one('code_verifier', 'that of the sign-in', String) ?? null
    })
    case 'refresh_token': return run('oauth.refresh', { ...shared, scope, credential: requireParameter(form, REFRESH_TOKEN) })
    default: return run('deviceCode.redeem', { ...shared, deviceCode: requireParameter(form, DEVICE_CODE) })
  }
}
