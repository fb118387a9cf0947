import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import type { InjectFaults, Services } from '../http/services.ts'
import { noXboxProfile } from '../model/refusals.ts'
import { createToken } from '../operations/sessions.ts'
import { identifyTicket } from '../operations/sign-in.ts'
import { formatUserToken, formatXstsToken } from './answers.ts'
import { liveRoutes } from './live-routes.ts'
import { microsoftRoutes } from './microsoft-routes.ts'
import { LARGEST_BODY, parseSecretJson, SECRET, UserTokenBody, XstsTokenBody } from './requests.ts'

/** The routes of the sign-in hosts. The families of them read bodies and refuse in different ways, and so have a scope each. */
export function signInRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  app.register(async (scope) => liveRoutes(scope, services, injectFaults))
  app.register(async (scope) => microsoftRoutes(scope, services, injectFaults))
  app.register(async (scope) => {
    injectFaults(scope, { refuse: noXboxProfile })
    tokenRoutes(scope, services)
  })
}

/** The routes of user.auth.xboxlive.com and xsts.auth.xboxlive.com: `POST /user/authenticate` and `POST /xsts/authorize`. */
function tokenRoutes (app: FastifyInstance, { store, operations: { run } }: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseSecretJson(body))
  const options = { bodyLimit: LARGEST_BODY, config: SECRET }

  app.post<{ Body: Static<typeof UserTokenBody> }>('/user/authenticate', { ...options, schema: { body: UserTokenBody } }, ({ body, now }) => {
    const { user, clientId } = identifyTicket(store, { credential: body.Properties.RpsTicket, now })
    const issued = run('signInToken.issue', { kind: 'user', xuid: user.xuid, token: createToken(), now, grant: { clientId } })
    return formatUserToken(issued, user, now)
  })

  app.post<{ Body: Static<typeof XstsTokenBody> }>('/xsts/authorize', { ...options, schema: { body: XstsTokenBody } }, ({ body, now }) => {
    const { UserTokens: [userToken = ''], SandboxId: sandbox, TitleToken: titleToken } = body.Properties
    const { user, ...issued } = run('xstsToken.issue', { userToken, sandbox, titleToken, token: createToken(), now })
    return formatXstsToken(issued, user, now)
  })
}
