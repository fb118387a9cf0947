import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { setHosts } from '../http/host-routes.ts'
import { LIVE_HOST } from '../http/hosts.ts'
import { originOf } from '../http/origin.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import { DEFAULT_SCOPE } from '../operations/oauth.ts'
import { devicePageRoutes } from './device-page.ts'
import { exchangeGrant, giveDeviceCode, readScope } from './grants.ts'
import { formatDeviceCode, formatOAuthToken } from './live-answers.ts'
import { authorizeRoutes } from './live-authorize.ts'
import { CLIENT_ID, mergeParameters, parseParameters, requireParameter } from './parameters.ts'
import { SECRET_BODY } from './requests.ts'

type ParametersRequest = FastifyRequest<{ Body: URLSearchParams | undefined, Querystring: URLSearchParams }>

/** The routes of login.live.com. (docs/decisions/0044-sign-in-flows.md) */
export function liveRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  setHosts(app, [LIVE_HOST])
  injectFaults(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseParameters(body))
  authorizeRoutes(app, services)
  tokenRoutes(app, services)
  devicePageRoutes(app, services)
}

/** What applications ask without a person: for tokens, and for a device code. */
function tokenRoutes (app: FastifyInstance, services: Services): void {
  const exchange = ({ body, query, now }: ParametersRequest): object =>
    formatOAuthToken(exchangeGrant(mergeParameters(body, query), services, now))
  app.post('/oauth20_token.srf', SECRET_BODY, exchange)
  // Some clients refresh so.
  app.get('/oauth20_token.srf', SECRET_BODY, exchange)

  app.post('/oauth20_connect.srf', SECRET_BODY, (request: ParametersRequest) => {
    const form = mergeParameters(request.body, request.query)
    const clientId = requireParameter(form, CLIENT_ID)
    const responseType = form.one('response_type', 'device_code', String) ?? 'device_code'
    if (responseType !== 'device_code') throw oauthError('unsupported_response_type', `response_type is ${formatValue(responseType)}; expected device_code.`)
    return formatDeviceCode(giveDeviceCode({ clientId, scope: readScope(form) ?? DEFAULT_SCOPE }, services, request.now), originOf(request))
  })
}
