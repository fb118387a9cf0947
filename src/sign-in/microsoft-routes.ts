import type { FastifyInstance, FastifyRequest } from 'fastify'
import { setHosts } from '../http/host-routes.ts'
import { MICROSOFT_HOST } from '../http/hosts.ts'
import { originOf } from '../http/origin.ts'
import { Query } from '../http/query.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import { exchangeGrant, giveDeviceCode } from './grants.ts'
import { formatMicrosoftDeviceCode, formatMicrosoftToken } from './microsoft-answers.ts'
import { microsoftAuthorizeRoute } from './microsoft-authorize.ts'
import { formatInstanceDiscovery, formatOpenIdConfiguration } from './microsoft-discovery.ts'
import { createIdTokens, type IdTokens } from './microsoft-id-token.ts'
import { requireTenant, splitNonce, TENANTS } from './microsoft-requests.ts'
import { CLIENT_ID, mergeParameters, notEmpty, parseParameters, requireParameter, SCOPE } from './parameters.ts'
import { SECRET_BODY } from './requests.ts'

const AUTHORIZATION_ENDPOINT = { name: 'authorization_endpoint', expected: 'an address of the host', read: notEmpty }

interface Form { Params: { tenant: string }, Body: URLSearchParams | undefined, Querystring: URLSearchParams }

/** The routes of login.microsoftonline.com. (docs/decisions/0046-microsoftonline.md) */
export function microsoftRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  setHosts(app, [MICROSOFT_HOST])
  app.addHook('onRoute', (route) => { if (route.url.includes('/:tenant/')) route.config = { ...route.config, served: { parameter: 'tenant', values: TENANTS } } })
  injectFaults(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseParameters(body))
  app.addHook('onRequest', (request, _reply, done) => {
    const { tenant } = request.params as { tenant?: string }
    if (tenant !== undefined) requireTenant(tenant)
    done()
  })
  const idTokens = createIdTokens()
  microsoftAuthorizeRoute(app, services)
  grantRoutes(app, services, idTokens)
  discoveryRoutes(app, idTokens)
}

/** Device codes, and tokens. */
function grantRoutes (app: FastifyInstance, services: Services, idTokens: IdTokens): void {
  app.post('/:tenant/oauth2/v2.0/token', SECRET_BODY, (request: FastifyRequest<Form>) => {
    const { body, query, now } = request
    const parameters = mergeParameters(body, query)
    const { nonce } = splitNonce(parameters.first('code') ?? '')
    const granted = exchangeGrant(parameters, services, now)
    const clientInfo = parameters.first('client_info') === '1'
    return formatMicrosoftToken(granted, { clientId: requireParameter(parameters, CLIENT_ID), nonce, clientInfo }, { idTokens, origin: originOf(request), now })
  })

  app.post('/:tenant/oauth2/v2.0/devicecode', SECRET_BODY, (request: FastifyRequest<Form>) => {
    const { body, query, now } = request
    const parameters = mergeParameters(body, query)
    const asked = { clientId: requireParameter(parameters, CLIENT_ID), scope: requireParameter(parameters, SCOPE) }
    return formatMicrosoftDeviceCode(giveDeviceCode(asked, services, now), originOf(request))
  })
}

/** What the host says of itself. */
function discoveryRoutes (app: FastifyInstance, idTokens: IdTokens): void {
  app.get<Form>('/:tenant/v2.0/.well-known/openid-configuration', (request) => formatOpenIdConfiguration(originOf(request), request.params.tenant.toLowerCase()))

  app.get('/:tenant/discovery/v2.0/keys', () => idTokens.keys())

  app.get<Form>('/common/discovery/instance', (request) => {
    const endpoint = requireParameter(new Query(request.query), AUTHORIZATION_ENDPOINT)
    const discovered = formatInstanceDiscovery(originOf(request), endpoint)
    if (discovered === undefined) throw oauthError('invalid_instance', `authorization_endpoint is of another host; expected one as https://${MICROSOFT_HOST}/common/oauth2/v2.0/authorize.`)
    return discovered
  })
}
