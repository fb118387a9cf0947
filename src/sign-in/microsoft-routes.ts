import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { setHosts } from '../http/host-routes.ts'
import { originOf } from '../http/origin.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { oauthError } from '../model/refusals.ts'
import { createToken } from '../operations/sessions.ts'
import { formatMicrosoftDeviceCode, formatMicrosoftToken } from './microsoft-answers.ts'
import { microsoftAuthorizeRoute } from './microsoft-authorize.ts'
import { formatInstanceDiscovery, formatOpenIdConfiguration } from './microsoft-discovery.ts'
import { MICROSOFT_HOST } from './microsoft-errors.ts'
import { createIdTokens } from './microsoft-id-token.ts'
import { exchange, requireGiven, requireTenant } from './microsoft-requests.ts'
import { LARGEST_BODY, parseForm, SECRET } from './requests.ts'

interface Tenant { Params: { tenant: string } }
interface Form extends Tenant { Body: URLSearchParams | undefined }

/** The routes of login.microsoftonline.com. */
export function microsoftRoutes (app: FastifyInstance, services: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseForm(body))
  setHosts(app, [MICROSOFT_HOST])
  app.addHook<Tenant>('onRequest', (request, _reply, done) => {
    requireTenant(request.params.tenant ?? 'common')
    done()
  })
  microsoftAuthorizeRoute(app, services)
  grantRoutes(app, services)
}

/** Device codes, tokens, and by which keys and under which names they are given. */
function grantRoutes (app: FastifyInstance, { operations: { run } }: Services): void {
  const idTokens = createIdTokens()
  const options = { bodyLimit: LARGEST_BODY, config: SECRET }

  app.post<Form>('/:tenant/oauth2/v2.0/token', options, (request) => {
    const form = new Query(request.body ?? new URLSearchParams())
    const clientId = requireGiven(form, 'client_id')
    const shared = { clientId, accessToken: createToken(), refreshToken: createToken(), now: request.now }
    const { granted, nonce } = exchange(form, shared, run)
    const clientInfo = form.one('client_info', 'any text', String) === '1'
    return formatMicrosoftToken(granted, { clientId, nonce, clientInfo }, { idTokens, origin: originOf(request), now: request.now })
  })

  app.post<Form>('/:tenant/oauth2/v2.0/devicecode', options, (request) => {
    const form = new Query(request.body ?? new URLSearchParams())
    const asked = { clientId: requireGiven(form, 'client_id'), scope: requireGiven(form, 'scope') }
    const code = run('deviceCode.create', { ...asked, deviceCode: createToken(), userCode: createUserCode(), xuid: null, now: request.now })
    return formatMicrosoftDeviceCode(code, originOf(request))
  })

  app.get<Tenant>('/:tenant/v2.0/.well-known/openid-configuration', (request) => formatOpenIdConfiguration(originOf(request), request.params.tenant.toLowerCase()))
  app.get('/:tenant/discovery/v2.0/keys', () => idTokens.keys())
  app.get<{ Querystring: URLSearchParams }>('/common/discovery/instance', (request) => {
    const endpoint = requireGiven(new Query(request.query), 'authorization_endpoint')
    const discovered = formatInstanceDiscovery(originOf(request), endpoint)
    if (discovered === undefined) throw oauthError('invalid_instance', 'authorization_endpoint is none of this host; expected one as https://login.microsoftonline.com/common/oauth2/v2.0/authorize.')
    return discovered
  })
}

const createUserCode = (): string => randomBytes(5).toString('hex').slice(0, 8).toUpperCase()
