import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { setHosts } from '../http/host-routes.ts'
import type { InjectFaults, Services } from '../http/services.ts'
import { noXboxProfile } from '../model/refusals.ts'
import { createToken } from '../operations/sessions.ts'
import { identify } from '../operations/sign-in.ts'
import { formatUserToken, formatXstsToken } from './answers.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { LARGEST_BODY, parseSecretJson, SECRET, UserTokenBody, XstsTokenBody } from './requests.ts'

/** The routes of the sign-in hosts. The two families of them read bodies in different ways, and so have a scope each. */
export function signInRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  injectFaults(app, { refuse: noXboxProfile })
  app.register(async (scope) => {
    setHosts(scope, ['login.live.com'])
    oauthRoutes(scope, services)
  })
  app.register(async (scope) => tokenRoutes(scope, services))
}

/** The routes of user.auth.xboxlive.com and xsts.auth.xboxlive.com: `POST /user/authenticate` and `POST /xsts/authorize`. */
function tokenRoutes (app: FastifyInstance, { store, operations: { run } }: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseSecretJson(body))
  const options = { bodyLimit: LARGEST_BODY, config: SECRET }
  setHosts(app, ['user.auth.xboxlive.com', 'xsts.auth.xboxlive.com'])

  app.post<{ Body: Static<typeof UserTokenBody> }>('/user/authenticate', { ...options, schema: { body: UserTokenBody } }, ({ body, now }) => {
    // Applications put d= before the ticket, older ones t=, and some nothing.
    const user = identify(store, { kind: 'access', credential: body.Properties.RpsTicket.replace(/^[dt]=/, ''), now })
    const issued = run('signInToken.issue', { kind: 'user', xuid: user.xuid, token: createToken(), now })
    return formatUserToken(issued, user, now)
  })

  app.post<{ Body: Static<typeof XstsTokenBody> }>('/xsts/authorize', { ...options, schema: { body: XstsTokenBody } }, ({ body, now }) => {
    const { UserTokens: [userToken = ''], SandboxId: sandbox, TitleToken: titleToken } = body.Properties
    const { user, ...issued } = run('xstsToken.issue', { userToken, sandbox, titleToken, token: createToken(), now })
    return formatXstsToken(issued, user, now)
  })
}
