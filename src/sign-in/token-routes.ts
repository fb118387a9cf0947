import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { representUserToken, representXstsToken } from './answers.ts'
import { UserTokenBody, XstsTokenBody } from './bodies.ts'
import { LARGEST_BODY, parseSecretJson, SECRET } from './secret-body.ts'
import type { SignIn } from '../operations/sign-in.ts'

/** What user.auth and xsts.auth do: `POST /user/authenticate` and `POST /xsts/authorize`. */
export function tokenRoutes (app: FastifyInstance, signIn: SignIn): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseSecretJson(body))
  const options = { bodyLimit: LARGEST_BODY, config: SECRET }

  app.post<{ Body: Static<typeof UserTokenBody> }>('/user/authenticate', { ...options, schema: { body: UserTokenBody } }, ({ body, now }) => {
    // Applications write d=, older ones t=, and some nothing.
    const user = signIn.identify('access', body.Properties.RpsTicket.replace(/^[dt]=/, ''), now)
    return representUserToken(signIn.issue('user', user, now), user, now)
  })

  app.post<{ Body: Static<typeof XstsTokenBody> }>('/xsts/authorize', { ...options, schema: { body: XstsTokenBody } }, ({ body, now }) => {
    const { UserTokens: [userToken = ''], SandboxId: sandbox, TitleToken: titleToken } = body.Properties
    const { profile, ...issued } = signIn.issueXsts({ userToken, sandbox, titleToken, now })
    return representXstsToken(issued, profile, now)
  })
}
